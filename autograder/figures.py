"""Show a Matplotlib figure in a notebook together with a text alternative."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
from IPython.display import Image, display
from matplotlib.figure import Figure


def show(figure: Figure, alt: str, *, dpi: int = 110) -> None:
    """Display ``figure`` as a PNG on white, readable in light and dark themes, and close it.

    Args:
        figure: the figure; its layout is tightened first.
        alt: what a reader who cannot see the figure must know: what is drawn and what it shows.
        dpi: pixels per inch of the PNG; the page shows it at the size that the figure states.

    Raises:
        ValueError: if ``alt`` is blank.
    """
    if not alt.strip():
        raise ValueError("A figure needs a text alternative: say what is drawn and what it shows.")
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=dpi, bbox_inches="tight", facecolor="white")
    plt.close(figure)
    display(Image(png.getvalue(), format="png", alt=alt))
