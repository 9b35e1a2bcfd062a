"""Programs that answer what a test says."""

from __future__ import annotations

from app.system.programs import Answer, Question, Told


class SaidPrograms:
    """Answers when the test says so; what is not listed is not installed."""

    def __init__(self, answers: dict[Question, Answer] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[Question, Told]] = []
        self.stopped = False

    def ask(self, question: Question, told: Told) -> None:
        self.asked.append((question, told))

    def stop(self) -> None:
        self.stopped = True
        self.asked.clear()

    def answer(self) -> None:
        asked, self.asked = self.asked, []
        for question, told in asked:
            told(self.answers.get(question, Answer()))


def said(text: str, status: int = 0) -> Answer:
    return Answer(there=True, status=status, said=text)
