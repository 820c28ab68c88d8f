"""What a notebook shows of a sitting, made of ipywidgets."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from markdown_it import MarkdownIt

from autograder.curriculum import Curriculum
from autograder.drill.questions import MOST_POINTS, Kind, Question
from autograder.drill.schedule import Rating, interval_text
from autograder.drill.session import Review, Session, Step
from autograder.drill.summary import Link, summary_markdown
from autograder.drill.wording import time_taken
from autograder.progress.database import ProgressUnavailable

_CLASS = "course-drill"
# The colours are JupyterLab's own, so that they fit every theme.
_STYLE = f"""<style>
.{_CLASS} {{ max-width: 46em; padding: 0.5em 1em; border: 1px solid var(--jp-border-color1, #888); }}
.{_CLASS}, .{_CLASS} .widget-html-content {{ color: var(--jp-content-font-color1, inherit); line-height: 1.5; }}
.{_CLASS} .widget-checkbox label, .{_CLASS} .widget-label-basic {{
  height: auto; white-space: normal; line-height: 1.5; align-items: baseline; overflow: visible; }}
.{_CLASS} .widget-checkbox {{ height: auto; overflow: visible; padding: 2px; }}
.{_CLASS} button:focus-visible, .{_CLASS} input:focus-visible, .{_CLASS} textarea:focus-visible {{
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px; }}
</style>"""
_MARKDOWN = MarkdownIt("commonmark")


class DrillPanel:
    """What the learner sees of a sitting; every widget is made once and shown when it is needed.

    Attributes:
        box: the widget to display.
    """

    def __init__(
        self,
        session: Session,
        intro: str,
        warning: str,
        keep: Callable[[Review], None],
        link: Link,
        curriculum: Curriculum,
    ):
        """Show what will be asked, and wait for the learner to begin.

        Args:
            session: the sitting.
            intro: what it will ask.
            warning: why nothing can be kept, "" if all is well.
            keep: keeps a review; called at once after each.
            link: makes the addresses of the summary.
            curriculum: knows the lessons' titles.
        """
        self._session, self._keep, self._link, self._curriculum = session, keep, link, curriculum
        self._intro, self._warning = intro, warning
        self._status = widgets.HTML()
        self._ask = widgets.Output()
        self._own = widgets.Textarea(
            description="Your answer",
            placeholder="Say it aloud, or type it here.",
            continuous_update=False,
            rows=4,
            layout={"width": "100%"},
            style={"description_width": "initial"},
        )
        self._timer = widgets.Play(min=0, max=round(session.seconds or 0), interval=1000, layout={"display": "none"})
        self._time_bar = widgets.IntProgress(
            min=0, max=round(session.seconds or 0), description="Time", bar_style="info", layout={"width": "100%"}
        )
        widgets.jslink((self._timer, "value"), (self._time_bar, "value"))
        self._begin = widgets.Button(description="Begin", button_style="primary")
        self._show = widgets.Button(description="Show answer", button_style="primary")
        self._end = widgets.Button(description="End", layout={"width": "auto"})
        self._answer = widgets.Output()
        self._points = [widgets.Checkbox(indent=False, layout={"width": "100%"}) for _ in range(MOST_POINTS)]
        self._ratings = {rating: widgets.Button(layout={"width": "auto"}) for rating in Rating}
        self._next = widgets.Button(description="Next question", button_style="primary")
        self._points_title = widgets.HTML("<b>Which of these did you have?</b>")
        self._ratings_title = widgets.HTML("<b>How well did you know it?</b>")
        self._assessing = widgets.VBox([self._answer, self._points_title, *self._points, self._ratings_title])
        self._buttons = widgets.HBox(
            [self._begin, self._show, *self._ratings.values(), self._next, self._end], layout={"flex_flow": "row wrap"}
        )
        self.box = widgets.VBox(
            [
                widgets.HTML(_STYLE),
                self._status,
                self._timer,
                self._ask,
                self._own,
                self._time_bar,
                self._assessing,
                self._buttons,
            ]
        )
        self.box.add_class(_CLASS)
        self._begin.on_click(lambda _button: self.begin())
        self._show.on_click(lambda _button: self.reveal())
        self._end.on_click(lambda _button: self.end())
        self._next.on_click(lambda _button: self.assess(None))
        for rating, button in self._ratings.items():
            button.on_click(lambda _button, rating=rating: self.assess(rating))
        for point in self._points:
            point.observe(lambda _change: self._mark_suggestion(), names="value")
        self._timer.observe(self._on_tick, names="value")
        self._show_step()

    def begin(self) -> None:
        """Ask the first question."""
        if self._session.step is Step.READY:
            self._session.begin()
            self._show_step()

    def reveal(self) -> None:
        """Show the answer; a second click that was under way is ignored."""
        if self._session.step is Step.ASKED:
            self._session.reveal()
            self._show_step()
            self._points[0].focus()

    def assess(self, rating: Rating | None) -> None:
        """Keep the assessment and show what follows.

        Args:
            rating: how well it was known; None to take what the key points suggest.
        """
        if self._session.step is not Step.REVEALED:
            return
        review = self._session.assess(self._ticked(), rating)
        if not self._warning:
            try:
                self._keep(review)
            except ProgressUnavailable as error:
                self._warning = f"Your answers are not kept. {error}"
        self._show_step()

    def end(self) -> None:
        """Stop here and show how it went."""
        self._session.end()
        self._show_step()

    def _show_step(self) -> None:
        step = self._session.step
        self._timer.playing = step is Step.ASKED and bool(self._session.seconds)
        is_revealed, is_mock = step is Step.REVEALED, self._session.is_mock
        _show_if(self._begin, step is Step.READY)
        _show_if(self._own, step is Step.ASKED or is_revealed)
        _show_if(self._buttons, step is not Step.OVER)
        _show_if(self._end, step is not Step.READY)
        _show_if(self._time_bar, step is Step.ASKED and bool(self._session.seconds))
        _show_if(self._show, step is Step.ASKED)
        _show_if(self._assessing, is_revealed)
        _show_if(self._next, is_revealed and is_mock)
        for widget in (self._ratings_title, *self._ratings.values()):
            _show_if(widget, is_revealed and not is_mock)
        if step is Step.READY:
            self._say("")
            _fill(self._ask, self._intro)
        elif step is Step.OVER:
            self._say("")
            _fill(self._ask, self._over_text())
        elif step is Step.ASKED:
            self._show_question(self._session.question)
        else:
            self._show_answer(self._session.question)

    def _show_question(self, question: Question) -> None:
        self._own.value = ""
        self._timer.value = 0
        self._time_bar.bar_style = "info"
        code = f"\n\n```python\n{question.code}\n```" if question.code else ""
        _fill(self._ask, question.ask + code)
        self._say("")
        self._own.focus()

    def _show_answer(self, question: Question) -> None:
        output = f"It prints:\n\n```text\n{question.output}\n```\n\n" if question.kind is Kind.PREDICT else ""
        _fill(self._answer, f"**Answer**\n\n{output}{question.answer}")
        for position, box in enumerate(self._points):
            box.value = False
            _show_if(box, position < len(question.points))
        for box, point in zip(self._points, question.points, strict=False):
            box.description = _plain(point)  # ipywidgets copies it into a tooltip, which would show tags
        for rating, interval in self._session.intervals().items():
            self._ratings[rating].description = f"{rating.name} · {interval_text(interval)}"
        self._mark_suggestion()
        self._say(time_taken(self._session))

    def _over_text(self) -> str:
        summary = self._session.summary()
        if not summary.asked:
            return self._intro
        text = summary_markdown(summary, self._session.seconds, self._link, self._curriculum)
        return f"{text}\n\nRun the cell again for the next sitting."

    def _mark_suggestion(self) -> None:
        if self._session.step is not Step.REVEALED:
            return
        suggested = self._session.suggested(self._ticked())
        for rating, button in self._ratings.items():
            button.button_style = "primary" if rating is suggested else ""
            button.tooltip = "Suggested by the key points that you ticked" if rating is suggested else rating.name

    def _ticked(self) -> set[int]:
        number = len(self._session.question.points)
        return {position for position, box in enumerate(self._points[:number]) if box.value}

    def _on_tick(self, change: dict[str, Any]) -> None:
        if self._session.step is Step.ASKED and self._session.seconds and change["new"] >= self._timer.max:
            self._timer.playing = False
            self._time_bar.bar_style = "warning"
            self._say("Time is up. Finish your sentence, then show the answer.")

    def _say(self, text: str) -> None:
        """Set the line above the question, which screen readers read out when it changes."""
        session = self._session
        place = "Drill" if session.step is Step.READY else "The sitting is over"
        if session.step in (Step.ASKED, Step.REVEALED):
            title = self._curriculum.lesson(session.question.lesson).title
            place = f"Question {session.number} of {session.total} · {title} · {session.question.kind}"
        lines = [f"<b>{html.escape(place)}</b>", *map(html.escape, filter(None, [text, self._warning]))]
        self._status.value = f'<div role="status">{"<br>".join(lines)}</div>'


def _fill(output: widgets.Output, markdown: str) -> None:
    """Let the notebook's own renderer show Markdown: its colours, its links."""
    data = {"text/markdown": markdown, "text/plain": markdown}
    output.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)


def _plain(markdown: str) -> str:
    """Return one line of Markdown without its marks."""
    return "".join(token.content for token in _MARKDOWN.parseInline(markdown)[0].children or [])


def _show_if(widget: widgets.DOMWidget, is_shown: bool) -> None:
    widget.layout.display = None if is_shown else "none"
