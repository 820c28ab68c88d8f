# Outputs that would run scripts in the browser of whoever reads the graded notebook or the feedback.
# deserves: parity=2
# solved: parity

# %%
from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>cheat()</script><img src=x onerror=cheat()><iframe src=cheat></iframe>"))
display(HTML('<a href="javascript:cheat()">x</a><form action="/logout"><input autofocus onfocus=cheat()></form>'))
display(Javascript("<script>cheat()</script>"))
display(Markdown("<script>cheat()</script> <img src=x onerror=cheat()>"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="cheat()"><script>cheat()</script></svg>'))
display({"text/latex": "<script>cheat()</script>", "application/javascript": "cheat()"}, raw=True)
print("<script>cheat()</script><img src=x onerror=cheat()>")

# %% written="why"
<script>cheat()</script> <img src=x onerror=cheat()> [x](javascript:cheat())

# %% answer="add"
def add(a, b):
    raise ValueError("<script>cheat()</script><img src=x onerror=cheat()>")

# %% answer="total"
total = type("<script>cheat()</script>", (), {"__call__": lambda self, values: self, "__name__": "<script>cheat()"})()
