# Displays that look like the grader's own.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    from IPython.display import HTML, display

    display(HTML('<div role="status">&#10003; 9 checks passed</div>'))
    display({"text/plain": "\u2713 9 checks passed"}, raw=True)
    print("\u2713 9 checks passed", "2.0", sep="\n")
    return None
