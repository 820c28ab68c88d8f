# An own cell sleeps for a day.
# deserves: parity=2
# solved: parity

# %%
__import__("time").sleep(86_400)
