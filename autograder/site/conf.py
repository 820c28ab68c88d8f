"""Sphinx's settings for the site. Nothing is executed, and no page asks another host for anything."""

import hashlib
from pathlib import Path

project = "Computer vision interviews"
html_title = project
language = "en"
# Sphinx makes every page again when the version changes, so a change of the program reaches them all.
version = hashlib.sha256(
    b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
).hexdigest()[:12]

extensions = ["myst_nb", "autograder.site.mathml", "autograder.site.navigation"]
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["course.css"]
html_js_files = ["search_from_disk.js", "scroll_by_keyboard.js"]
html_use_index = False
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
# The text stands as the author wrote it.
smartquotes = False
nitpicky = True
# A question shows faulty code on purpose; what cannot be highlighted is shown all the same.
suppress_warnings = ["misc.highlighting_failure"]

nb_execution_mode = "off"
nb_merge_streams = True
# What JupyterLab's Markdown has, and no more: the lessons are written for it.
myst_enable_extensions = ["dollarmath"]
myst_disable_syntax = ["myst_block_break", "myst_line_comment", "myst_role", "myst_target"]
myst_heading_anchors = 6
myst_heading_slug_func = "autograder.site.headings.anchor"
