"""Which state an office belongs to where the phrase does not say: outlet, dateline, sentence."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

from communique.coding.parse import Parse
from communique.coding.people.vocabulary import office_vocabulary
from communique.coding.quotations import Quotation, find_quotations
from communique.knowledge.gazetteer import Mention
from communique.knowledge.knowledge import default_knowledge

_DATELINE = re.compile(
    r"^[A-Z][A-Z ,.'/-]{2,40}[A-Z](?:,? [A-Z][a-z]+\.? \d{1,2}| \([A-Z][\w ]+\))?(?:,? ?(?:-|--|—|–)|\. (?=[A-Z]))",
    re.M,
)
_NEAR = 160  # characters before an office in which a state named counts as its own


class HomeStates:
    """The state that a document's bare titles ("the president") belong to, by its outlet and dateline."""

    def __init__(self, parse: Parse, outlet_state: str | None) -> None:
        self.parse = parse
        self.outlet = outlet_state
        self.dateline = self._dateline()

    @property
    def home(self) -> str | None:
        """The outlet's state if it is a national one, else the dateline's."""
        return self.outlet or self.dateline

    def _dateline(self) -> str | None:
        """The state of the dateline, if the text below names it too: from Nairobi, agencies tell of Djibouti."""
        match = _DATELINE.search(self.parse.document.text[:600])
        if match is None:
            return None
        found = self.parse.mentions_in(match.start(), match.end())
        code = next((c for m in found if (c := state_code(m)) is not None), None)
        return (
            code
            if any(state_code(m) == code for m in self.parse.mentions if m.start >= match.end())
            else None
        )

    def near(self, start: int, floor: int) -> str | None:
        """The state named last between `floor` (the sentence's start) and `start`.

        Not one that is named in a quotation between them: who says "we call on China" is seldom China.
        """
        found = self.parse.mentions_in(max(floor, start - _NEAR), start)
        outside = (m for m in reversed(found) if not self._is_quoted_before(m, start))
        return next((c for m in outside if (c := state_code(m)) is not None), None)

    def _is_quoted_before(self, mention: Mention, offset: int) -> bool:
        return any(q.start <= mention.start < q.end <= offset for q in self._quotations)

    @cached_property
    def _quotations(self) -> tuple[Quotation, ...]:
        return tuple(find_quotations(self.parse.document.text))

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The states that the document names, the most frequent first, of equals the first named."""
        found = (state_code(m) for m in self.parse.mentions)
        return tuple(code for code, _ in Counter(c for c in found if c is not None).most_common())


def state_code(mention: Mention) -> str | None:
    """The code of the state that a mention names or lies in, or None."""
    entry = mention.entry
    return entry.code or None if entry.kind in ("state", "place") else None


@lru_cache(maxsize=1024)
def outlet_state(outlet: str | None) -> str | None:
    """The state of a national outlet by the knowledge tables; None for a wire service and an unknown one."""
    if not outlet:
        return None
    if any(wire in outlet for wire in office_vocabulary().wires):
        return None
    found = default_knowledge().gazetteer.find(outlet)
    said = outlet.rfind("(")  # "ABC News (Australia)"
    found.sort(key=lambda m: said < 0 or m.start < said)
    return next((m.entry.code for m in found if m.entry.kind in ("outlet", "state") and m.entry.code), None)
