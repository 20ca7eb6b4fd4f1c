"""What "we", "our" and "my" stand for: the speaker and his government, or whoever speaks in a text of his own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.coding.parse import Parse
from communique.coding.people import People, PersonRecord
from communique.coding.referents import Reference, References, Referent, expressions
from communique.records import Statement

_QUESTION = re.compile(r"^[^\n]{1,200}\?[ \t]*$", re.M)
_QUESTIONS = 3  # lines that make a text an interview
_ALONE = frozenset({"i", "my", "me", "mine"})


def with_own_side(
    parse: Parse,
    people: People,
    references: References,
    statements: Sequence[Statement],
    home: str | None = None,
) -> References:
    """The references, and those of "we", "our", "I" and "my" in statements whose speaker has a code.

    "We" is the speaker's state or organisation, "I" the speaker too. Outside all statements "we" is `home`, the state
    whose organ the outlet is, or in an interview that of the official who answers. Words already resolved stay as they
    are.
    """
    found = {r.start: r for r in _in_own_name(parse, people, statements, home)}
    found.update({r.start: r for r in _own_side(parse, people, statements)})
    found.update({r.start: r for r in references})
    return References(tuple(found[start] for start in sorted(found)))


def _in_own_name(
    parse: Parse, people: People, statements: Sequence[Statement], home: str | None
) -> Iterator[Reference]:
    code = home or _interviewed(parse, people)
    if code is None:
        return
    of_many = expressions().own_side - _ALONE
    for start, word in zip(people.columns.offsets, people.columns.lower, strict=True):
        if (
            word in of_many
            and parse.document.text[start : start + 2] != "US"
            and not any(s.start <= start < s.end for s in statements)
        ):
            yield Reference(start, start + len(word), Referent((code,), (), f'"{word}" of {code}'))


def _interviewed(parse: Parse, people: People) -> str | None:
    """The state or organisation of the office named before the questions of an interview, or None."""
    questions = [m.start() for m in _QUESTION.finditer(parse.document.text)]
    if len(questions) < _QUESTIONS:
        return None
    lead = (p for p in people.offices if parse.doc[p.first].idx < questions[0])
    return next((p.code for p in lead if p.code), None)


def _own_side(parse: Parse, people: People, statements: Sequence[Statement]) -> Iterator[Reference]:
    columns, text = people.columns, parse.document.text
    by_name = {p.name: p for p in people.persons}
    for statement in sorted(statements, key=lambda s: s.start - s.end):  # the innermost last, so that it wins
        if statement.code is None or not statement.text:
            continue
        for k in range(columns.word_at(statement.start), columns.word_at(statement.end - 1) + 1):
            start, word = columns.offsets[k], columns.lower[k]
            written = text[start : start + len(word)]
            if word in expressions().own_side and written != "US" and start >= statement.start:
                referent = _referent(word, statement, by_name.get(statement.speaker or ""))
                yield Reference(start, start + len(word), referent)


def _referent(word: str, statement: Statement, person: PersonRecord | None) -> Referent:
    persons = (person,) if person is not None and word in _ALONE else ()
    codes = (statement.code,) if statement.code is not None else ()
    return Referent(codes, persons, f'"{word}" of {statement.speaker}')
