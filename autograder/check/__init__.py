"""Check an exercise while it is being solved: the lesson's tests on the learner's own objects, and what they say."""
