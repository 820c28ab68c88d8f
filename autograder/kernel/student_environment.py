"""What a student's kernel finds in ``os.environ``, and which libraries are loaded before it is forked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder import UNATTENDED
from autograder.sandbox.command import HOME

# Libraries that take long to import and change nothing by being imported early.
PRELOADED = (
    "numpy",
    "numpy.testing",
    "cv2",
    "PIL.Image",
    "PIL.PngImagePlugin",
    "PIL.JpegImagePlugin",
    "torch",
    "torch.utils.data",
    "transformers",
    "transformers.modeling_utils",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "autograder.examiner.answer",
    "autograder.expect",
    "autograder.figures",
)

ENVIRONMENT = {
    "HOME": HOME,
    "USER": "learner",
    "LOGNAME": "learner",
    "PATH": os.pathsep.join([str(Path(sys.prefix, "bin")), "/usr/local/bin", "/usr/bin", "/bin"]),
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # As in every other run of the course's notebooks: no hub is asked for models, hashing is repeatable,
    # and `%check` does nothing.
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    UNATTENDED: "1",
    # One thread per library: many submissions run side by side, and a pool of threads does not survive a fork.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
