"""What a learner does with a lesson: check it, get hints, start over, take in a new release."""
