"""The answer bank: right answers that must pass, wrong ones that must show their own message."""
