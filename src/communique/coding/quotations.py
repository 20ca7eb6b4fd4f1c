"""Finds what stands in quotation marks.

Curly, straight, low and angle marks; quotations over several sentences; paragraphs that open the mark
again; quotations inside quotations; a closing mark that is missing. Apostrophes, inches (5" gun) and
mis-keyed apostrophes (it"s) are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLE_OPEN = "“„"
_DOUBLE_CLOSE = "”"
_STRAIGHT = '"'
_ANY_MARK = re.compile(r"[“”„«»\"]")
_SHORT = 6  # words of a quotation that is taken to lie inside another
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_SINGLE = re.compile(r"(?<![\w'’])[‘'](?=\w)([^\n“”\"]{8,600}?)(?<=[\w.,!?…])[’'](?![\w])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words at offsets `start` to `end`, without the marks.

    `reopened` when the paragraph before was left open, so that the same speaker goes on; `closed` is False
    where the closing mark is missing.
    """

    start: int
    end: int
    reopened: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    opens: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, without overlap."""
    found: list[Quotation] = []
    left_open = False
    for line in _LINE.finditer(text):
        marks = list(_marks(text, line.start(), line.end()))
        quotations = list(_pair(text, marks, line.start(), line.end()))
        if (
            left_open
            and marks
            and marks[0].opens
            and not text[line.start() : marks[0].at].strip()
            and quotations
        ):
            first = quotations[0]
            quotations[0] = Quotation(first.start, first.end, True, first.closed)
        if not quotations:
            quotations = list(_singles(text, line.start(), line.end()))
        found += quotations
        if marks or text[line.start() : line.end()].strip():
            left_open = bool(quotations) and not quotations[-1].closed
    return tuple(found)


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The marks of one line, each said to open or to close."""
    low = False
    for match in _ANY_MARK.finditer(text, start, end):
        at, char = match.start(), match.group()
        if char == "„":
            low = True
            yield _Mark(at, True)
        elif char == "“" and low:
            low = False
            yield _Mark(at, False)
        elif char in "«»":
            yield _Mark(at, char == "«")
        elif char in _DOUBLE_OPEN:
            yield _Mark(at, _opens_if_odd(text, at, start, True))
        elif char in _DOUBLE_CLOSE:
            yield _Mark(at, _opens_if_odd(text, at, start, False))
        elif not _is_no_mark(text, at, start, end):
            yield _Mark(at, _opens(text, at, start, end))


def _opens_if_odd(text: str, at: int, start: int, usual: bool) -> bool:
    """A curly mark that is turned the wrong way: “ after a letter and before a space closes."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if usual and not before.isspace() and before not in "([—–-:" and (after.isspace() or after in ".,;:!?)"):
        return False
    return usual or (before.isspace() and not after.isspace() and after.isalnum())


def _is_no_mark(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalpha() and after.isalpha():
        return True
    return before.isdigit() and (after.isspace() or after in "-,;)") and _open_before(text, at, start)


def _open_before(text: str, at: int, start: int) -> bool:
    """True when no straight mark is open before an offset: then a mark after a digit means inches."""
    return text.count(_STRAIGHT, start, at) % 2 == 0


def _opens(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if after.isspace() or after in ".,;:!?)":
        return False
    return before.isspace() or before in "([{—–-:/“'"


def _pair(text: str, marks: list[_Mark], start: int, end: int) -> Iterator[Quotation]:
    """Quotations of one line from its marks, the outermost of nested ones."""
    k = 0
    while k < len(marks):
        if not marks[k].opens:
            lost = _unopened(text, marks, k, start)
            if lost is not None:
                yield lost
            k += 1
            continue
        closer = _closer(marks, k)
        if closer is None:
            closer = next((j for j in range(k + 1, len(marks)) if not marks[j].opens), None)
            reopened = next((j for j in range(k + 1, len(marks)) if marks[j].opens), None)
            if closer is None or (reopened is not None and _is_lead(text, marks[k].at, start)):
                quotation = _unclosed(text, marks, k, end)
                if quotation is not None:
                    yield quotation
                k = next(
                    (j for j in range(k + 1, len(marks)) if quotation and marks[j].at >= quotation.end),
                    len(marks),
                )
                continue
        whole = _trimmed(text, marks[k].at + 1, marks[closer].at, True)
        if whole is not None:
            yield whole
        k = closer + 1


def _unopened(text: str, marks: list[_Mark], k: int, start: int) -> Quotation | None:
    """A mark that closes what nothing opened: from the line's start, where a speaker follows."""
    at = marks[k].at
    if k or text[at - 1 : at] != "," or text.count(" ", start, at) < 3:
        return None
    return _trimmed(text, start, at, True)


def _closer(marks: list[_Mark], k: int) -> int | None:
    """The mark that closes mark k when those between are nested, or None where they do not add up."""
    depth = 0
    for j in range(k, len(marks)):
        depth += 1 if marks[j].opens else -1
        if depth == 0:
            return j
    return None


def _is_lead(text: str, at: int, start: int) -> bool:
    return not text[start:at].strip()


def _unclosed(text: str, marks: list[_Mark], k: int, end: int) -> Quotation | None:
    """A mark that is never closed: to the line's end where it leads the line, else to the sentence's end."""
    at = marks[k].at
    inner = [text[a.at : b.at] for a, b in zip(marks[k + 1 :], marks[k + 2 :], strict=False) if a.opens]
    if text[max(0, at - 2) : at].strip() in ("", ":", ",") and all(len(i.split()) <= _SHORT for i in inner):
        return _trimmed(text, at + 1, end, False)
    stop = _SENTENCE_END.search(text, at + 1, end)
    return _trimmed(text, at + 1, stop.end() if stop else end, False)


def _singles(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Quotations in single marks, on lines without double ones."""
    for match in _SINGLE.finditer(text, start, end):
        quotation = _trimmed(text, match.start(1), match.end(1), True)
        if quotation is not None and match.group(1).count(" ") >= 2:
            yield quotation


def _trimmed(text: str, start: int, end: int, closed: bool) -> Quotation | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip(" \t\xa0"))
    right = len(words.rstrip(' \t\xa0"”'))
    return Quotation(start + left, start + right, False, closed) if right > left else None
