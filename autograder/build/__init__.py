"""From a lesson's source to the notebooks that learners open and instructors grade with."""
