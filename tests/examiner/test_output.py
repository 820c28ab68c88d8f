"""What a submission prints is cut while it arrives."""

from __future__ import annotations

from autograder.examiner.output import OutputBudget


def stream(text: str) -> dict[str, str]:
    return {"name": "stdout", "text": text}


def test_text_is_cut_once_per_cell() -> None:
    budget = OutputBudget(text=10, rich=100, total=1000)
    first, second, third = stream("12345678"), stream("12345678"), stream("12345678")
    assert budget.admit("stream", first) and first["text"] == "12345678" and not budget.is_cut
    assert budget.admit("stream", second) and second["text"] == "12\n... Output truncated ...\n" and budget.is_cut
    assert not budget.admit("stream", third)
    budget.begin_cell()
    assert budget.admit("stream", stream("12345678")) and not budget.is_cut


def test_bytes_count_not_letters() -> None:
    content = stream("ééééé")
    OutputBudget(text=5, rich=100, total=1000).admit("stream", content)
    assert content["text"].startswith("éé\n")


def test_an_error_is_always_kept() -> None:
    budget = OutputBudget(text=10, rich=100, total=1000)
    budget.admit("stream", stream("x" * 30_000_000))
    content = {"ename": "ValueError", "evalue": "x" * 30_000_000, "traceback": ["y" * 30_000_000] * 3}
    assert budget.admit("error", content)
    assert content["ename"] == "ValueError"
    assert len(str(content)) < 1000


def test_rich_output_is_kept_whole_or_not_at_all() -> None:
    budget = OutputBudget(text=10, rich=100, total=1000)
    assert budget.admit("display_data", {"data": {"image/png": "x" * 80}})
    assert not budget.admit("display_data", {"data": {"image/png": "x" * 80}})
    assert budget.is_cut


def test_the_notebook_as_a_whole_has_a_limit() -> None:
    budget = OutputBudget(text=10, rich=100, total=250)
    kept = 0
    for _cell in range(10):
        budget.begin_cell()
        kept += budget.admit("display_data", {"data": {"image/png": "x" * 100}})
    assert kept == 2
