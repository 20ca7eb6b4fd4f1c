"""Numbers of things and sums of money in a text.

The words are those of the sheet `measures.csv` (kind, word, value). A count is of whole pieces
("36 Rafale jets"); a formation or a lot ("five battalions of S-300") is the count's unit, and such a count
is never given as a number of pieces. Sums are never converted: `usd` is set only where the text gives US
dollars (a bare dollar sign, "dollars" and "dlrs" are US dollars; A$, C$, HK$, NT$, S$ and NZ$ are not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from communique.knowledge.thing_rows import keyed_rows

NOUN_WORDS = 8  # the longest run of words that is taken for one noun phrase


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things: text[start:end] is the number and its unit, text[noun_start:noun_end] the things.

    `count` is None where the text gives none ("hundreds of"); `unit` is the formation or lot in the
    singular ("battalion") or None for pieces. The noun span is empty where no noun follows.
    """

    start: int
    end: int
    count: int | None
    unit: str | None
    noun_start: int
    noun_end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A sum of money: `currency` is an ISO 4217 code; `usd` equals `amount` for US dollars, else None."""

    start: int
    end: int
    amount: float
    currency: str
    usd: float | None


@lru_cache(maxsize=16)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of things in order; not dates, sums, measures, ages, percentages or numbers in names.

    >>> [(q.count, q.unit) for q in find_quantities("five battalions of S-300 and 36 Rafale jets")]
    [(5, 'battalion'), (36, None)]
    """
    sums = [(value.start, value.end) for value in find_values(text)]
    found = (_quantity(text, match) for match in _number_pattern().finditer(text))
    return tuple(q for q in found if q and not any(s < q.end and q.start < e for s, e in sums))


@lru_cache(maxsize=16)
def find_values(text: str) -> tuple[Value, ...]:
    """The sums of money in order.

    >>> [(v.amount, v.currency, v.usd) for v in find_values("$2.3bn, 120 mln dlrs and Rs 59,000 crore")]
    [(2300000000.0, 'USD', 2300000000.0), (120000000.0, 'USD', 120000000.0), (590000000000.0, 'INR', None)]
    """
    return tuple(_value(text, match) for match in _value_pattern().finditer(text))


@cache
def _words(kind: str) -> dict[str, str]:
    """The words of one kind with their values, in lower case but for currency signs."""
    rows = keyed_rows("measures.csv", ("kind", "word"), key=("kind", "word"))
    return {
        row["word"] if kind == "sign" else row["word"].lower(): row["value"]
        for row in rows
        if row["kind"] == kind
    }


def _any(*kinds: str) -> str:
    """A pattern for any word of the kinds, the longest first."""
    words = sorted((word for kind in kinds for word in _words(kind)), key=lambda w: (-len(w), w))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)


@cache
def _spelled() -> str:
    return rf"(?:(?:{_any('tens')})[-\s](?:{_any('number')})|{_any('number', 'tens')})"


@cache
def _number_pattern() -> re.Pattern[str]:
    scale = r"(?:\s(?P<scale>hundred|thousand|million|dozen))?"
    return re.compile(
        rf"""(?<![\w$€£¥₹.,/:+-])(?:
            (?P<phrase>{_any("phrase").replace(" ", chr(92) + "s")})(?=\s|[.,;]|$)
          | (?P<vague>{_any("vague")})(?=\s|[.,;]|$)
          | (?P<count>\d{{1,3}}(?:,\d{{3}})+|\d+|{_spelled()})(?![\d.,:/+-]*[\d/+-]){scale}(?=\s|[.,;]|$)
          | (?P<article>an?)(?=\s(?:\w+\s)?(?:{_any("formation")})\sof\s)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s(?:\w+\s)?({_any('formation', 'piece')})\sof\s(?:the\s)?", re.IGNORECASE)


_FILLER = re.compile(
    r"\s(?:(?:more|other|additional|further|new|of)\s(?:the\s|its\s|their\s|these\s|those\s)?)?",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"(?:U\.S\.|U\.K\.|U\.N\.|[^\s.,;:()\[\]“”\"?!]+(?:\.\w+)*)")
_LAST_WORD = re.compile(r"([A-Za-z]+\.?)\s$")


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    if _is_label(text, match) or _is_measure(text, match.end()):
        return None
    count, end, unit = _count(match), match.end(), None
    grouped = _unit_pattern().match(text, end)
    if grouped is not None:
        word = grouped[1].lower()
        unit = _words("formation").get(word)
        end, noun_start = grouped.end(1), grouped.end()
    else:
        filler = _FILLER.match(text, end)
        noun_start = filler.end() if filler else end
    noun_end = _noun_end(text, noun_start)
    if noun_end == noun_start:
        noun_start = noun_end = end
        if match["count"]:
            return None
    unit = unit or _words("formation").get(text[noun_start:noun_end].split(" ")[-1].lower())
    return Quantity(match.start(), end, count, unit, noun_start, noun_end)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """True for a number that names something (Resolution 1929, May 20) and for a year."""
    digits = match["count"]
    if not digits or not digits[0].isdigit():
        return False
    before = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    is_year = len(digits) == 4 and digits.isdigit() and "1900" <= digits <= "2099"
    return is_year or (before is not None and before[1].lower() in _words("label"))


def _is_measure(text: str, end: int) -> bool:
    word = re.compile(r"\s(%|[^\s,;:()]+)").match(text, end)
    return word is not None and word[1].rstrip(".").lower() in _words("measure")


def _count(match: re.Match[str]) -> int | None:
    if match["article"]:
        return 1
    if match["phrase"]:
        return int(_words("phrase")[" ".join(match["phrase"].lower().split())])
    if match["count"]:
        scale = (match["scale"] or "").lower()
        return _whole(match["count"]) * (12 if scale == "dozen" else int(_words("scale").get(scale, 1)))
    return None


def _whole(number: str) -> int:
    if number[0].isdigit():
        return int(number.replace(",", ""))
    return sum(
        int(_words("tens").get(w, 0)) or int(_words("number")[w]) for w in re.split(r"[-\s]", number.lower())
    )


def _noun_end(text: str, start: int) -> int:
    """Where the run of words ends that can belong to one noun phrase: at a stop word or punctuation."""
    end, at = start, start
    for _ in range(NOUN_WORDS):
        word = _NEXT_WORD.match(text, at)
        if word is None or word[0].lower() in _words("stop"):
            break
        end = word.end()
        if text[end : end + 1] != " ":
            break
        at = end + 1
    return end


@cache
def _value_pattern() -> re.Pattern[str]:
    amount = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = rf"(?:[\s-]{{0,2}}(?P<%s>{_any('scale')})(?![A-Za-z]))?"
    later = (
        rf"(?=(?:\s?(?:-|–|to|and)\s?(?:\$|€|£)?(?:{amount})[\s-]?(?P<later>{_any('scale')})(?![A-Za-z]))?)"
    )
    return re.compile(
        rf"(?<!\w)(?P<sign>{_any('sign')})\s?\$?\s?(?P<amount>{amount}){scale % 'scale'}{later}"
        rf"|(?<![\w.,$€£-])(?P<number>{amount}|{_spelled()}|half\sa|an?)(?:[\s-](?P<scaled>{_any('scale')}))?"
        rf"[\s-](?P<name>{_any('currency')})(?![A-Za-z])",
        re.IGNORECASE,
    )


def _value(text: str, match: re.Match[str]) -> Value:
    if match["sign"]:
        currency = _sign_currency(match["sign"])
        amount = _decimal(match["amount"]) * _scale(match["scale"] or match["later"])
    else:
        currency = _words("currency")[" ".join(match["name"].lower().split())]
        amount = _decimal(match["number"]) * _scale(match["scaled"])
    plain = float(amount)
    return Value(match.start(), match.end(), plain, currency, plain if currency == "USD" else None)


def _sign_currency(sign: str) -> str:
    signs = {word.lower(): code for word, code in _words("sign").items()}
    return signs[sign.lower()]


def _decimal(number: str) -> Decimal:
    lowered = number.lower()
    if lowered in ("a", "an"):
        return Decimal(1)
    if lowered.startswith("half"):
        return Decimal("0.5")
    return Decimal(number.replace(",", "")) if number[0].isdigit() else Decimal(_whole(number))


def _scale(word: str | None) -> Decimal:
    return Decimal(_words("scale")[" ".join(word.lower().split())]) if word else Decimal(1)
