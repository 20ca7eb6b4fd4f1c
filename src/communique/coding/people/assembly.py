"""From names and offices to the persons of a document: one record a person, with all mentions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from communique.coding.columns import Columns
from communique.coding.parse import Parse
from communique.coding.people.holders import code_of_holder, office_of_holder
from communique.coding.people.names import NameFinder, NameSpan
from communique.coding.people.offices import OfficePhrase, Spotter
from communique.coding.people.states import HomeStates, outlet_state
from communique.coding.people.vocabulary import office_vocabulary
from communique.records import Person

_INDEFINITE = frozenset({"a", "an", "his", "her", "their", "another", "former"})
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person of a document: the fullest name, office and code as the document gives them, all mentions.

    `office` is None for somebody who holds none (an expert, a witness). `told` is True where the text itself
    gives the office, and not the table of holders.
    """

    name: str
    office: str | None
    code: str | None
    former: bool
    spans: tuple[tuple[int, int], ...]
    told: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Where a person is named: offsets of the name without titles, and which of `People.persons` it is."""

    start: int
    end: int
    person: int


@dataclass(frozen=True)
class People:
    """The persons of a document, in the order of their first mention, and their mentions in order.

    `offices` are all office phrases, with or without a name; `columns` the words that they were read from.
    """

    persons: tuple[PersonRecord, ...]
    mentions: tuple[PersonMention, ...]
    offices: tuple[OfficePhrase, ...]
    columns: Columns

    def people_records(self, doc_id: str) -> tuple[Person, ...]:
        """The officials, as records."""
        return tuple(
            Person(doc_id=doc_id, name=p.name, office=p.office, code=p.code)
            for p in self.persons
            if p.office is not None
        )


@dataclass
class _Draft:
    """A person while the document is read."""

    name: str
    words: tuple[str, ...]
    spans: list[NameSpan] = field(default_factory=list)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, no accents, no initials, hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("-", " ").replace("'", "").replace("’", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(w for w in (x.lower() for x in _LETTERS.findall(plain)) if len(w) > 1)


def same_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True when the shorter name can be the longer one's: its words are among them, a family name too."""
    if not short or not set(short) <= set(full):
        return False
    if len(short) > 1 or short == full:
        return True
    return short[0] in full[1:] or (short[0] == full[0] and short[0] in office_vocabulary().family_first)


@dataclass(frozen=True, slots=True)
class _Office:
    """What a person is: office and state, as of the document."""

    office: str | None
    code: str | None
    former: bool


class Assembly:
    """Builds the persons of one document."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.spotter = Spotter(parse)
        self.phrases = self.spotter.phrases()
        self.finder = NameFinder(parse, self.spotter, self.phrases)
        self.names = self.finder.names()
        self.words = office_vocabulary()
        self.home = HomeStates(parse, outlet_state(parse.document.outlet))
        self.published = parse.document.published.interval
        self.drafts: list[_Draft] = []

    def people(self) -> People:
        """The persons with office, code and every mention."""
        for span in sorted(self.names, key=lambda s: (s.last == s.first, s.first)):
            self._file(span)
        kept = [d for d in self.drafts if self._is_person(d)]
        kept.sort(key=lambda d: min(s.first for s in d.spans))
        mentions = tuple(self._mentions(kept))
        return People(
            tuple(self._record(d, i, mentions) for i, d in enumerate(kept)),
            mentions,
            self.phrases,
            self.spotter.columns,
        )

    def text_of(self, first: int, last: int) -> str:
        """The stored words from token to token, with single spaces."""
        doc = self.parse.doc
        return " ".join(
            self.parse.document.text[doc[first].idx : doc[last].idx + len(doc[last].text)].split()
        )

    def _file(self, span: NameSpan) -> None:
        name = self.text_of(span.first, span.last)
        words = name_words(name)
        if not words:
            return
        draft = self._nearest(span, words)
        if draft is None:
            self.drafts.append(_Draft(name, words, [span]))
            return
        draft.spans.append(span)
        if len(words) > len(draft.words):
            draft.name, draft.words = name, words

    def _nearest(self, span: NameSpan, words: tuple[str, ...]) -> _Draft | None:
        """The person of that name: of several, the one named last before it."""
        fits = [d for d in self.drafts if same_person(words, d.words) or same_person(d.words, words)]
        before = [d for d in fits if d.spans[0].first < span.first]
        return max(before, key=lambda d: d.spans[0].first) if before else (fits[0] if fits else None)

    def _is_person(self, draft: _Draft) -> bool:
        if any(s.phrase or s.rank or s.sure for s in draft.spans):
            return True
        return len(draft.name) > 2 and office_of_holder(draft.name, self.published) is not None

    def _mentions(self, drafts: list[_Draft]) -> Iterator[PersonMention]:
        """Every place where a name or family name of the persons stands, the longest first."""
        table: dict[str, int] = {}
        for i, draft in enumerate(drafts):
            for form in self._forms(draft):
                table.setdefault(form, i)
        if not table:
            return
        own = {}
        for i, draft in enumerate(drafts):
            for span in draft.spans:
                own[self.parse.doc[span.first].idx] = i
        longest_first = sorted(table, key=lambda f: (-len(f), f))
        pattern = re.compile(
            r"(?<![\w])(?:"
            + "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in longest_first)
            + r")(?![\w])"
        )
        for match in pattern.finditer(self.parse.document.text):
            which = own.get(match.start(), table[" ".join(match.group().split())])
            yield PersonMention(match.start(), match.end(), which)

    def _forms(self, draft: _Draft) -> Iterable[str]:
        forms = {self.text_of(s.first, s.last): None for s in draft.spans}
        if len(draft.words) > 1:
            parts = draft.name.split()
            first_is_family = draft.words[0] in office_vocabulary().family_first
            forms[parts[0] if first_is_family else parts[-1]] = None
        return [f for f in forms if len(f) > 1]

    def _record(self, draft: _Draft, which: int, mentions: tuple[PersonMention, ...]) -> PersonRecord:
        spans = tuple((m.start, m.end) for m in mentions if m.person == which)
        held = self._held(draft)
        told = any(s.phrase is not None and s.phrase.office == held.office for s in draft.spans)
        return PersonRecord(draft.name, held.office, held.code, held.former, spans, told)

    def _held(self, draft: _Draft) -> _Office:
        """Office and state: by the words beside the name, else by the table of holders."""
        phrases = [s.phrase for s in draft.spans if s.phrase is not None and s.phrase.public]
        told = [p for p in phrases if p.office != "counterpart"]
        told.sort(key=lambda p: p.office in self.words.vague)
        code = next((p.code for p in phrases if p.code), None)
        if told:
            office, former = told[0].office, told[0].former
        else:
            antecedent = self._antecedent_office(phrases[0]) if phrases else None
            if antecedent is None:
                return self._by_table_or_rank(draft, code)
            office, former = antecedent, False
        if office in self.words.vague:
            better = office_of_holder(draft.name, self.published)
            if better is not None and code in (None, better.code):
                return _Office(better.told, better.code, better.former)
        if code is None:
            default = next((p.default for p in told if p.default), None)
            code = code_of_holder(draft.name, office, self.published) or default or self._state_of(draft)
        return _Office(
            f"former {office}" if former and not office.startswith("former") else office, code, former
        )

    def _by_table_or_rank(self, draft: _Draft, code: str | None) -> _Office:
        """By the table where it knows the name, by an office told of nobody else, by the rank."""
        rank = next((s.rank for s in draft.spans if s.rank), None)
        loose = self._loose_office if rank else None
        if loose is not None and self.published is None:
            return _Office(loose.office, loose.code or self._state_of(draft), False)
        held = office_of_holder(draft.name, self.published)
        if held is not None and code in (None, held.code):
            return _Office(held.told, held.code, held.former)
        if loose is not None:
            return _Office(loose.office, loose.code or self._state_of(draft), False)
        return _Office(rank, code or self._state_of(draft) if rank else None, False)

    @cached_property
    def _loose_office(self) -> OfficePhrase | None:
        """The first military office told of nobody by name: "Army chief" in the headline."""
        taken = {s.phrase.head for s in self.names if s.phrase is not None}
        for phrase in self.phrases:
            free = phrase.head not in taken and not phrase.plural and phrase.determiner not in _INDEFINITE
            if free and phrase.office in self.words.military:
                return phrase
        return None

    def _antecedent_office(self, phrase: OfficePhrase) -> str | None:
        """The office of "his Russian counterpart": that of the last office told before it."""
        before = [
            p for p in self.phrases if p.last < phrase.first and p.office != "counterpart" and not p.plural
        ]
        return before[-1].office if before else None

    def _state_of(self, draft: _Draft) -> str | None:
        """The state of an office whose phrase names none: the outlet's, the sentence's, the dateline's."""
        beside = self._state_beside(draft)
        if beside is not None or self.home.outlet:
            return beside or self.home.outlet
        token = self.parse.doc[draft.spans[0].first]
        near = self.home.near(token.idx, token.sent.start_char)
        return near or self.home.dateline or self.home.commonest()

    def _state_beside(self, draft: _Draft) -> str | None:
        """In "Iraqi Foreign Minister Hussein and Culture Minister Nadhem" the state goes on to the second."""
        for span in draft.spans:
            phrase = span.phrase
            if phrase is None:
                continue
            before = [p for p in self.phrases if p.last < phrase.first and p.code is not None]
            if before and self._goes_on(before[-1].last + 1, phrase.first):
                return before[-1].code
        return None

    def _goes_on(self, start: int, end: int) -> bool:
        """True when only names, titles, commas and "and" stand between two offices of one sentence."""
        between = self.parse.doc[start:end]
        if not len(between) or len(between) > 10 or not any(t.lower_ in (",", "and") for t in between):
            return False
        return all(
            t.text[0].isupper() or t.lower_ in (",", "and", "the", "-", "'s") for t in between
        ) and not any(t.is_sent_start for t in between)


def find_people(parse: Parse) -> People:
    """Everybody whom the document names, with office and state as of the document."""
    return Assembly(parse).people()
