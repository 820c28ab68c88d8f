"""The drill questions of a lesson as a page, the answers folded."""

from __future__ import annotations

from autograder.drill.questions import Question

_INTRODUCTION = """Answer aloud, then unfold. Count the key points that you said. In the notebooks, `course drill` and
`%drill` ask these questions again when you are about to forget them."""


def questions_page(title: str, lesson: str, questions: tuple[Question, ...], anchors: dict[str, str]) -> str:
    """Return the page in MyST Markdown.

    Args:
        title: the lesson's title.
        lesson: the lesson's name; its page stands beside this one.
        questions: its questions.
        anchors: the anchors of the lesson's headings, by heading.
    """
    texts = [f"# Questions: {title}", _INTRODUCTION]
    for number, question in enumerate(questions, 1):
        texts.append(f"## {number}. {question.kind.value.capitalize()} ({question.question})")
        texts.append(question.ask)
        if question.code:
            texts.append(f"```python\n{question.code}\n```")
        texts.append("<details><summary>Answer</summary>")
        if question.output:
            texts.append(f"It prints:\n\n```text\n{question.output}\n```")
        texts.append(question.answer)
        texts.append("**Key points**\n\n" + "\n".join(f"- {point}" for point in question.points))
        if question.section:
            texts.append(f"Read again: [{question.section}](<{lesson}.ipynb#{anchors[question.section]}>)")
        texts.append("</details>")
    return "\n\n".join(texts) + "\n"
