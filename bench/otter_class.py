"""Grade every notebook of ``submitted/`` with otter-grader; run in that folder, by the Python that has otter."""

import json
from pathlib import Path

from otter.api import grade_submission

scores = {}
for path in sorted(Path("submitted").glob("*/*.ipynb")):
    results = grade_submission(str(path.resolve()), str(Path("autograder.zip").resolve()), quiet=True)
    scores[path.parent.name] = {name: result.score for name, result in results.results.items()}
Path("scores.json").write_text(json.dumps(scores), encoding="utf-8")
