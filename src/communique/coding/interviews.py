"""Finds the turns of an interview or a transcript: "Q:", "A:", "Vahidi:"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.coding.parse import Parse
from communique.coding.people import People, PersonRecord

_LABEL = re.compile(r"^[ \t*]*([^\W\d_][^\n:.,;!?\"“”]{0,70}):(?=\s)", re.M)
_QUESTION = re.compile(r"Q|Question|Correspondent|Reporter|Interviewer|Journalist|Host|Moderator", re.I)
_ANSWER = re.compile(r"A|Answer|Reply", re.I)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says between two labels: offsets of the words after the label."""

    start: int
    end: int
    person: PersonRecord


def find_turns(parse: Parse, people: People) -> tuple[Turn, ...]:
    """The turns whose speaker is one of the document's persons; none where fewer than two labels stand."""
    text = parse.document.text
    labels = [(m, *_who(m.group(1).strip(), m.start(1), people)) for m in _LABEL.finditer(text)]
    labels = [label for label in labels if label[1]]
    if len(labels) < 2:
        return ()
    return tuple(_turns(text, labels, _interviewee(labels)))


def _who(label: str, start: int, people: People) -> tuple[str, PersonRecord | None]:
    """What a label is ("question", "answer", "name" or nothing) and whom it names."""
    if _QUESTION.fullmatch(label):
        return "question", None
    if _ANSWER.fullmatch(label):
        return "answer", None
    for mention in people.mentions:
        if mention.start >= start and mention.end == start + len(label):
            return "name", people.persons[mention.person]
    return ("question", None) if " " not in label and label[:1].isupper() else ("", None)


def _interviewee(labels: list[tuple[re.Match[str], str, PersonRecord | None]]) -> PersonRecord | None:
    return next((person for _, kind, person in labels if kind == "name" and person is not None), None)


def _turns(
    text: str, labels: list[tuple[re.Match[str], str, PersonRecord | None]], interviewee: PersonRecord | None
) -> Iterator[Turn]:
    for k, (match, kind, named) in enumerate(labels):
        person = named or (interviewee if kind == "answer" else None)
        end = labels[k + 1][0].start() if k + 1 < len(labels) else len(text)
        start = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
        if person is not None and text[start:end].strip():
            yield Turn(start, start + len(text[start:end].rstrip()), person)
