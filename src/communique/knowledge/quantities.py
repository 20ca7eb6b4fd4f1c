"""The equipment of a text: each designation or noun with the quantity and the value that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from communique.knowledge.counts import Quantity, Value, find_quantities, find_values
from communique.knowledge.gazetteer import Entry, Mention
from communique.knowledge.materiel import without_noun
from communique.records import Materiel

__all__ = ["Quantity", "Value", "find_quantities", "find_values", "materiel_in"]

_CLAUSE_END = re.compile(r"[;\n]|[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]\.(?:[A-Z]\.)*|\b(?:Gen|Lt|Col|Maj|Brig|Adm|Sgt|Dr|Mr|Mrs|No|St)\.)\s+$"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Adjacent mentions that name one thing ("T-90s tanks"): the name is that of its designation."""

    start: int
    end: int
    mention: Mention
    entry: Entry


def materiel_in(text: str, mentions: Iterable[Mention]) -> tuple[Materiel, ...]:
    """The equipment that the mentions of a text name, in order, each once a clause.

    A designation stands for the nouns beside it; a noun of the same category elsewhere in the clause is
    left out unless it has a quantity of its own. A quantity belongs to the things of its noun phrase, a
    sum of US dollars to the nearest thing in its clause. Mentions of other kinds are passed over.
    """
    pieces = _pieces(text, mentions)
    quantities, values = find_quantities(text), find_values(text)
    found: list[Materiel] = []
    for start, end in _clauses(text):
        within = [piece for piece in pieces if start <= piece.start < end]
        sums = _sums(within, [v for v in values if start <= v.start < end])
        for piece in _told(within, quantities):
            found.append(
                Materiel(
                    name=_name(piece),
                    quantity=_pieces_counted(piece, quantities),
                    value_usd=sums.get(piece.start),
                )
            )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16)
def _clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a text, as far as their marks tell: at a semicolon, a line's end, a sentence's end."""
    ends = [
        match.end()
        for match in _CLAUSE_END.finditer(text)
        if _ABBREVIATED.search(text, max(0, match.start() - 8), match.end()) is None
    ]
    return tuple(zip([0, *ends], [*ends, len(text)], strict=True))


def _pieces(text: str, mentions: Iterable[Mention]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        entry = next((e for e in mention.entries if e.kind == "materiel"), None)
        if entry is None:
            continue
        piece = _Piece(mention.start, mention.end, mention, entry)
        last = pieces[-1] if pieces else None
        if last is not None and _are_one(text[last.end : piece.start], last, piece):
            head = max(last, piece, key=_rank)
            pieces[-1] = _Piece(last.start, piece.end, head.mention, head.entry)
        else:
            pieces.append(piece)
    return pieces


def _are_one(between: str, one: _Piece, other: _Piece) -> bool:
    """True for a designation and its noun side by side, and for a name with its short form in brackets."""
    if between in (" ", "-"):
        return "generic" in (one.entry.form, other.entry.form)
    return between == " (" and one.entry.code == other.entry.code


def _rank(piece: _Piece) -> int:
    return {"generic": 0, "name": 2}.get(piece.entry.form, 1)


def _told(pieces: list[_Piece], quantities: tuple[Quantity, ...]) -> Iterator[_Piece]:
    """The pieces without those that say again what another one says."""
    designated = {piece.entry.detail for piece in pieces if piece.entry.form != "generic"}
    seen: set[str] = set()
    for piece in pieces:
        again = piece.entry.code in seen
        vague = piece.entry.form == "generic" and piece.entry.detail in designated
        if not (again or vague) or _pieces_counted(piece, quantities) is not None:
            seen.add(piece.entry.code)
            yield piece


def _pieces_counted(piece: _Piece, quantities: tuple[Quantity, ...]) -> int | None:
    """How many pieces the text counts: the nearest number whose noun phrase the thing stands in."""
    for quantity in reversed(quantities):
        if quantity.noun_start <= piece.start < quantity.noun_end:
            return quantity.count if quantity.unit is None else None
    return None


def _sums(pieces: list[_Piece], values: list[Value]) -> dict[int, float]:
    """The sum of each piece, by where the piece starts: each sum goes to the nearest piece without one."""
    sums: dict[int, float] = {}
    for value in values:
        free = [piece for piece in pieces if piece.start not in sums]
        if value.usd is not None and free:
            nearest = min(free, key=lambda p: (max(p.start - value.end, value.start - p.end), p.start))
            sums[nearest.start] = value.usd
    return sums


def _name(piece: _Piece) -> str:
    """The designation as the text gives it, without plural and noun; a noun in lower case."""
    words = piece.mention.text
    if piece.entry.form == "generic":
        return " ".join(word if _is_acronym(word) else word.lower() for word in words.split())
    if words.endswith(piece.entry.name):
        return words
    return re.sub(r"(?<=[^sS])s$", "", without_noun(words, piece.entry.detail))


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or bool(re.match(r"[A-Z]-", word))
