"""What grading costs: this project beside plain nbgrader and otter-grader, on the same class in the same run.

``python -m bench`` makes a class (:mod:`bench.classroom`), lets each tool (:mod:`bench.tools`) grade it while all its
processes are watched (:mod:`bench.meter`), compares the grades, and writes ``bench/results.json``, ``bench/results.md``
and a plot. The floor (:mod:`bench.floor`) is what running the very same cells costs when nothing is started at all.
"""
