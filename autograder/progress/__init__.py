"""What a learner has done, kept in one small file of theirs."""
