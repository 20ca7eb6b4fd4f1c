"""Progress of a coding pass on standard error: documents done, rate, time left; failures and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from communique.cli.terminal import complain

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from communique.runs import Outcome


class Progress:
    """Tells of each outcome; draws a bar where `shown`. The total is counted first, unless it streams in."""

    def __init__(self, inputs: Sequence[str], *, shown: bool) -> None:
        self._inputs = inputs
        self._bar: Bar | None = _bar() if shown else None
        self._task: TaskID | None = None

    def tell(self, outcome: Outcome) -> None:
        """Take note of an input that is done with; complain where it failed or was given another id."""
        if outcome.failure:
            complain(f"{outcome.failure.origin}: {outcome.failure.reason}")
        elif outcome.renamed_from and outcome.state != "known":
            taken = f"the id {outcome.renamed_from} is another document's"
            complain(f"{outcome.origin}: {taken}: kept as {outcome.doc_id}")
        for refusal in outcome.external.refused if outcome.external else ():
            complain(f"{outcome.origin}: a record is not taken: {refusal.reason}")
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._task = self._bar.add_task("coding", total=_total(self._inputs))
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _total(inputs: Sequence[str]) -> int | None:
    if "-" in inputs:
        return None
    from communique.sources import open_sources

    return sum(1 for _ in open_sources(inputs))


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "-/s")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeLeft())
    return Progress(*columns, console=Console(stderr=True))
