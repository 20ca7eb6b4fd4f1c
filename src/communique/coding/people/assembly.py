"""From names and offices to the persons of a document: one record a person, with all mentions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from communique.coding.columns import Columns
from communique.coding.parse import Parse
from communique.coding.people.holders import code_of_holder, office_of_holder
from communique.coding.people.names import NameFinder, NameSpan
from communique.coding.people.offices import OfficePhrase, Spotter
from communique.coding.people.states import HomeStates, outlet_state, state_code
from communique.coding.people.vocabulary import office_vocabulary
from communique.knowledge.entries import ACTOR_KINDS
from communique.records import Person

_INDEFINITE = frozenset({"a", "an", "his", "her", "their", "another", "former"})
_OWNED = ("'s", "'")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AS_NAMED = frozenset({"name", "short", "capital"})
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
            code = (
                code_of_holder(draft.name, office, self.published) or default or self._state_of(draft, office)
            )
        return _Office(
            f"former {office}" if former and not office.startswith("former") else office, code, former
        )

    def _by_table_or_rank(self, draft: _Draft, code: str | None) -> _Office:
        """By the table where it knows the name, by an office told of nobody else, by the rank."""
        rank = next((s.rank for s in draft.spans if s.rank), None)
        loose = self._loose_office if rank else None
        if loose is not None and self.published is None:
            return _Office(loose.office, loose.code or self._state_of(draft, loose.office), False)
        held = office_of_holder(draft.name, self.published)
        if held is not None and code in (None, held.code):
            return _Office(held.told, held.code, held.former)
        if loose is not None:
            return _Office(loose.office, loose.code or self._state_of(draft, loose.office), False)
        if rank is None:
            return _Office(None, self._state_named_with(draft), False)
        return _Office(rank, code or self._state_of(draft, rank), False)

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

    def _state_of(self, draft: _Draft, office: str) -> str | None:
        """The state of an office whose phrase names none: the likeliest that has such an office."""
        heads = {self.spotter.lower[s.phrase.head] for s in draft.spans if s.phrase is not None}
        others = self._states_of_others(draft)
        fits = (
            code for code in self._states_around(draft, office) if code is not None and code not in others
        )
        return next((code for code in fits if self.words.may_have(code, heads)), None)

    def _states_of_others(self, draft: _Draft) -> frozenset[str]:
        """The states of the counterparts of a person: whoever meets "her Peruvian colleague" is not of Peru."""
        doc = self.parse.doc
        ends = {doc[s.first].sent.start: s.last for s in reversed(draft.spans)}
        return frozenset(
            p.code
            for p in self.phrases
            if p.code and p.office == "counterpart" and ends.get(doc[p.first].sent.start, p.first) < p.first
        )

    def _states_around(self, draft: _Draft, office: str) -> Iterator[str | None]:
        """The states that an office may belong to, the likeliest first.

        That named with the person, that of an office beside it, of its owner, the outlet's if the text names it (a
        mayor is seldom the outlet's), one named in the sentence, the dateline's, one of which the sentence before
        speaks, those of the document by how often it names them.
        """
        yield self._state_named_with(draft)
        yield self._state_beside(draft)
        yield self._state_of_owner(draft)
        told = [s.phrase for s in draft.spans if s.phrase is not None]
        if told and all(phrase.plural for phrase in told):
            return  # "Foreign Ministers Aagaard and Rastgar": seldom of one state
        named = self.home.named
        if office not in self.words.local and self.home.outlet in named:
            yield self.home.outlet
        span = draft.spans[0]
        token = self.parse.doc[span.first]
        if any(t.dep_ in _SUBJECTS for t in self.parse.doc[span.first : span.last + 1]):
            yield self._subject_state(token.sent.start, token.i)
        yield self.home.near(token.idx, token.sent.start_char)
        yield self.home.dateline
        yield self._state_before(token)
        yield from named
        yield self.home.outlet

    def _state_named_with(self, draft: _Draft) -> str | None:
        """The state or organisation of "Iran's Behrouz Rastgar" and of "Said al-Harthy of Oman"."""
        lower, named = self.spotter.lower, self.spotter.mentions
        for span in draft.spans:
            of = span.last + (3 if lower[span.last + 1 : span.last + 3] == ["of", "the"] else 2)
            owner = span.first - 2 if span.first > 1 and lower[span.first - 1] in _OWNED else None
            after = of if lower[span.last + 1 : span.last + 2] == ["of"] else None
            for mention in (named.get(k) for k in (owner, after) if k is not None):
                if (
                    mention is not None
                    and mention.entry.kind in ACTOR_KINDS
                    and mention.entry.form in _AS_NAMED
                ):
                    return mention.entry.code
        return None

    def _state_of_owner(self, draft: _Draft) -> str | None:
        """The state of "Guelleh's foreign minister", and of "Djibouti welcomed this. Its foreign minister"."""
        for phrase in (s.phrase for s in draft.spans if s.phrase is not None):
            if phrase.determiner in ("its", "their"):
                token = self.parse.doc[phrase.first]
                return self._subject_state(token.sent.start, phrase.first) or self._state_before(token)
            if phrase.first > 1 and self.spotter.lower[phrase.first - 1] in _OWNED:
                owner = next(
                    (d for d in self.drafts if any(s.last == phrase.first - 2 for s in d.spans)), None
                )
                if owner is not None and owner is not draft:
                    return self._held_by_words(owner)
        return None

    def _held_by_words(self, draft: _Draft) -> str | None:
        """The state of a person by the words of the office or by the table, and by nothing around them."""
        code = next((s.phrase.code for s in draft.spans if s.phrase is not None and s.phrase.code), None)
        held = office_of_holder(draft.name, self.published) if code is None else None
        return held.code if held is not None else code

    def _state_before(self, token: Token) -> str | None:
        """The state that is the subject of the sentence before that of a word."""
        start = token.sent.start
        if start == 0:
            return None
        before = self.parse.doc[start - 1].sent
        return self._subject_state(before.start, before.end)

    def _subject_state(self, start: int, end: int) -> str | None:
        """The state that is the first subject among the words from token to token."""
        for token in self.parse.doc[start:end]:
            if token.dep_ in _SUBJECTS:
                mention = self.spotter.mentions.get(token.i)
                code = state_code(mention) if mention is not None else None
                if code is not None:
                    return code
        return None

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
