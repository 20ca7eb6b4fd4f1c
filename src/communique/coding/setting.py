"""Under which instrument an event stands, and the passage that tells it: from its own sentence only."""

from __future__ import annotations

from communique.coding.parse import Parse
from communique.coding.propose import Candidate
from communique.records import Evidence

_MOST_WORDS = 78
_WITH_INSTRUMENT = frozenset(
    {"agreement", "exercise", "sanction", "concede", "reject", "cooperation", "mobilize", "arms_program"}
)


def instrument_of(candidate: Candidate, parse: Parse) -> str | None:
    """The named agreement, resolution or exercise of the event's sentence, nearest to its word, or None."""
    if candidate.kind not in _WITH_INSTRUMENT:
        return None
    sentence = candidate.sentence
    named = [
        m for m in parse.mentions_in(sentence.start_char, sentence.end_char) if m.entry.kind == "instrument"
    ]
    if not named:
        return None
    return min(named, key=lambda m: (abs(m.start - candidate.word.idx), m.start)).text


def evidence_of(candidate: Candidate, parse: Parse) -> Evidence:
    """The sentence that tells the event; of a very long one the words around the event's."""
    sentence = candidate.sentence
    words = [t for t in sentence if not t.is_space]
    if len(words) > _MOST_WORDS:
        at = next((n for n, t in enumerate(words) if t.i >= candidate.word.i), 0)
        first = max(0, min(at - _MOST_WORDS // 2, len(words) - _MOST_WORDS))
        words = words[first : first + _MOST_WORDS]
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    return Evidence(start=start, end=end, text=parse.document.text[start:end])
