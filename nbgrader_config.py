"""How nbgrader works on this course: read by every ``nbgrader`` command, by formgrader and by Validate."""

import os
import sysconfig
import warnings

from sqlalchemy.exc import SAWarning

from autograder.grading.preprocessors import ForgiveStderrDuringRun

c = get_config()  # noqa: F821 - defined by whoever reads this file

# To make a gradebook, nbgrader calls the program `alembic`, which is not found if the environment is not activated.
os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])

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

# Submissions are read tolerantly, run guarded, and judged by errors alone.
c.Autograde.exporter_class = "autograder.grading.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "autograder.grading.preprocessors.OverwriteMetadata",
    "autograder.grading.preprocessors.UseCourseKernel",
    "autograder.grading.preprocessors.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.execute.ExecuteSubmission",
    "autograder.grading.preprocessors.ForgiveStderr",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "autograder.grading.preprocessors.RecordGrading",
]
c.OverwriteCells.add_missing_cells = True
c.ExecutePreprocessor.kernel_manager_class = "autograder.kernel.manager.GuardedKernelManager"

# Settings of both autograde and Validate. Seconds are per cell.
c.Execute.timeout = 60
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "This cell was stopped, because it did not finish within the time limit.",
    "traceback": ["CellTimeoutError: This cell was stopped, because it did not finish within the time limit."],
}
c.Execute.raise_on_iopub_timeout = False  # a cell whose output never ends fails alone, not the whole notebook
c.Execute.shutdown_kernel = "immediate"  # nobody needs what a submission does on leaving
c.Execute.store_widget_state = False  # it would be kept in full, however large
c.Execute.on_cell_start = ForgiveStderrDuringRun()
c.LimitOutput.max_lines = 500
