"""How nbgrader works on this course: read by every ``nbgrader`` command, by formgrader and by Validate."""

import os
import sysconfig
import warnings

from sqlalchemy.exc import SAWarning

from autograder.grading.preprocessors import ForgiveStderrDuringRun

c = get_config()  # noqa: F821 - defined by whoever reads this file

# To make a gradebook, nbgrader calls the program `alembic`, which is not found if the environment is not activated.
# This file may be read many times in one process.
_scripts, _path = sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)
if _path.split(os.pathsep)[0] != _scripts:
    os.environ["PATH"] = os.pathsep.join([_scripts, _path])

# nbgrader links a new submission before it adds it to the session; it is added right after, so nothing is lost.
warnings.filterwarnings("ignore", message="Object of type .* not in session", category=SAWarning)

# The repository is nbgrader's course folder; the solved notebooks are its source. submitted/, autograded/,
# feedback/ and gradebook.db have nbgrader's own names.
c.CourseDirectory.course_id = "vision-interview-course"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# What a released exercise looks like. The build reads these settings too.
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# Submissions are read tolerantly, run in a sandbox, and judged by tests that run outside it.
c.Autograde.exporter_class = "autograder.grading.exporter.SubmissionExporter"
c.SubmissionExporter.optimistic_validation = True  # once, after all steps
c.Autograde.sanitize_preprocessors = ["autograder.grading.preprocessors.PrepareSubmission"]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.execute.ExecuteSubmission",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.grading.preprocessors.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "autograder.feedback.inert.MakeInert",
    "autograder.grading.preprocessors.RecordGrading",
]

# What one submission may use. One that needs more is stopped, and the feedback says so.
c.ExecuteSubmission.seconds_per_cell = 60
c.ExecuteSubmission.seconds_per_call = 30

# Validate, which runs a learner's own notebook. Seconds are per cell.
c.ExecutePreprocessor.kernel_manager_class = "autograder.kernel.manager.GuardedKernelManager"
c.Execute.timeout = 60
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "This cell was stopped, because it did not finish within the time limit.",
    "traceback": ["CellTimeoutError: This cell was stopped, because it did not finish within the time limit."],
}
c.Execute.raise_on_iopub_timeout = False  # a cell whose output never ends fails alone, not the whole notebook
c.Execute.shutdown_kernel = "immediate"
c.Execute.store_widget_state = False
c.Execute.on_cell_start = ForgiveStderrDuringRun()
c.LimitOutput.max_lines = 500

# What students get back: one page without tests, scripts or anything from outside.
# c.FeedbackExporter.show_tests = True shows the tests, hidden ones included, and tracebacks.
c.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"
c.GenerateFeedback.preprocessors = []  # the exporter reads the gradebook itself

# Formgrader: a notebook whose grading was broken off is made harmless before it is shown.
c.HTMLExporter.preprocessors = ["autograder.feedback.inert.MakeInert"]

# grades.csv: no cell that a spreadsheet would run, every cell quoted where it must be.
c.ExportApp.plugin_class = "autograder.grading.export.SafeCsvExport"
