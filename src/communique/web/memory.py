"""Remembers what is costly to count as long as the archive has not changed: facets, counts, charts of everything."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from communique.archive import Archive
from communique.archive.pages import Watch

T = TypeVar("T")
_KEPT: Final = 256
"""How many answers are remembered of one archive."""


class Memory:
    """Answers by question, forgotten as soon as the archive changes; of too many the oldest goes first."""

    def __init__(self, archive: Archive) -> None:
        self._watch = Watch(archive.path)
        self._lock = threading.Lock()
        self._state = -1
        self._known: OrderedDict[Hashable, Any] = OrderedDict()

    def ask(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to the question: the remembered one, or else what `answer` gives.

        The state is looked at before `answer` reads, so what is remembered is never older than it.
        """
        state = self._watch.state()
        with self._lock:
            if state != self._state:
                self._known.clear()
                self._state = state
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]  # type: ignore[no-any-return]
        found = answer()
        with self._lock:
            if state == self._state:
                self._known[question] = found
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()


_MEMORIES: WeakKeyDictionary[Archive, Memory] = WeakKeyDictionary()
_LOCK = threading.Lock()


def remembered(archive: Archive, question: Hashable, answer: Callable[[], T]) -> T:
    """What `answer` gives, worked out once as long as the archive has not changed.

    The question names what is asked ("facets", the filter): equal questions must have equal answers.
    """
    with _LOCK:
        memory = _MEMORIES.get(archive)
        if memory is None:
            memory = _MEMORIES[archive] = Memory(archive)
    return memory.ask(question, answer)


def forget(archive: Archive) -> None:
    """Let go of all that is remembered of an archive, before it is closed."""
    with _LOCK:
        memory = _MEMORIES.pop(archive, None)
    if memory is not None:
        memory.close()
