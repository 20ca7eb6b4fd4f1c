"""What other words stand for: surnames, offices, he and she, "the two countries", "his Iranian counterpart".

Every resolved expression becomes a `Reference`. Precision comes before recall: an expression with two fair
readings is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from communique.coding.officeholders import OfficeHolders
from communique.coding.parse import Parse
from communique.coding.people import OfficePhrase, People, PersonRecord
from communique.coding.referents import MEMORY, Named, Reference, References, Referent, expressions
from communique.coding.together import Together
from communique.knowledge.entries import ACTOR_KINDS

__all__ = ["Reference", "References", "Referent", "resolve_references"]

_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "any", "no", "new"})
_REACH = 4  # sentences that a pronoun looks back
_LISTED = (",", "and")
_NO_GROUPS = frozenset({"KRG", "KURDS"})  # a government and a people, of whom texts seldom say "the group"
_GROUP_REACH = 8  # sentences that "the group" looks back
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Resolver:
    """Reads one document from the first word to the last and keeps who was named."""

    def __init__(self, parse: Parse, people: People) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.people = people
        self.words = expressions()
        self.named: list[Named] = []
        self.found: list[Reference] = []
        self.together = Together(parse, people)
        self.columns = people.columns
        self.lower = people.columns.lower
        self.phrase_at = {p.first: p for p in people.offices}
        self.mention_at = self._first_words((m.start, m.end, m.person) for m in people.mentions)
        self.armed_groups = frozenset(
            m.entry.code for m in parse.mentions if m.entry.kind == "group" and m.entry.code not in _NO_GROUPS
        )
        self.holders = OfficeHolders(parse, people, self.named, self.mention_at)
        self.actor_at = self._first_words(
            (m.start, m.end, i) for i, m in enumerate(parse.mentions) if m.entry.kind in ACTOR_KINDS
        )

    def _first_words(self, spans: Iterable[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
        """First word of each span -> (word after it, what it is)."""
        table: dict[int, tuple[int, int]] = {}
        for start, end, what in spans:
            first = self.columns.word_at(start)
            table.setdefault(first, (self.columns.word_at(end - 1) + 1, what))
        return table

    def resolve(self) -> References:
        """All references, sorted."""
        sentence = 0
        k = 0
        begins = self.columns.begins
        while k < len(begins):
            after = max(self._step(k, sentence), k + 1)
            sentence += sum(begins[k + 1 : after + 1])
            k = after
        return References(tuple(self.found))

    def _step(self, k: int, sentence: int) -> int:
        """Reads what begins at word k; gives the word to go on with."""
        if k in self.mention_at:
            return self._person(k, sentence)
        if k in self.phrase_at:
            return self._office(self.phrase_at[k], sentence)
        if k in self.actor_at:
            return self._actor(k, sentence)
        lower = self.lower[k]
        if lower in self.words.pronouns:
            self._pronoun(k, sentence)
        elif lower == "they":
            self._they(k, sentence)
        elif lower in ("two", "both", "each", "the"):
            return self._pair(k, sentence)
        elif lower in self.words.groups:
            self._group(k, sentence)
        elif lower in self.words.roles and self._is_definite(k):
            self._role(k, k, lower, sentence)
        return k + 1

    def _person(self, k: int, sentence: int) -> int:
        after, which = self.mention_at[k]
        person = self.people.persons[which]
        codes = (person.code,) if person.code else ()
        self._add(k, after, Referent(codes, (person,), "named"))
        self._name(k, after - 1, sentence, codes, person)
        return after

    def _actor(self, k: int, sentence: int) -> int:
        after, which = self.actor_at[k]
        entry = self.parse.mentions[which].entry
        self._name(k, after - 1, sentence, (entry.code,), None)
        return after

    def _office(self, phrase: OfficePhrase, sentence: int) -> int:
        """An office: its holder is named beside it, was named before, or only its state is known."""
        holder = self.holders.beside(phrase)
        after = phrase.last + 1
        if holder is None and not phrase.plural and phrase.determiner in _INDEFINITE:
            self.holders.tell_unnamed(phrase)
        if holder is None and not phrase.plural and phrase.determiner not in _INDEFINITE:
            holder = self.holders.before(phrase)
            if holder is not None:
                self._name(phrase.head, phrase.head, sentence, (holder.code,) if holder.code else (), holder)
        if holder is not None:
            self._add(
                phrase.first,
                after,
                Referent((holder.code,) if holder.code else (), (holder,), f"the {phrase.office}"),
            )
        elif phrase.plural and self._pair_of_persons(phrase, sentence):
            return after
        elif phrase.plural and phrase.code is not None:
            return self._holders(phrase, sentence)
        elif phrase.code is not None:
            self._add(
                phrase.first, after, Referent((phrase.code,), (), f"the {phrase.office} of {phrase.code}")
            )
            self._name(phrase.head, phrase.head, sentence, (phrase.code,), None)
        return after

    def _holders(self, phrase: OfficePhrase, sentence: int) -> int:
        """Resolves "the presidents of Chad, Mali and Niger": each state, and who holds the office there by the text."""
        first, after = phrase.first, phrase.last + 1
        codes = dict.fromkeys(self._states(range(first, after)))
        if self._states(range(first, phrase.head)):
            while first > 1 and self.lower[first - 1] in _LISTED and (more := self._states((first - 2,))):
                codes, first = dict.fromkeys((*more, *codes)), first - 2
        else:
            while (k := self._past_list(after)) in self.actor_at and (more := self._states((k,))):
                codes |= dict.fromkeys(more)
                after = self.actor_at[k][0]
        office = phrase.office
        found = (
            (c, next((p for p in self.people.persons if p.code == c and p.office == office), None))
            for c in codes
        )
        persons = {code: person for code, person in found if person is not None}
        self._add(
            first, after, Referent(tuple(codes), tuple(persons.values()), f"the {office} of several states")
        )
        for code in codes:
            self._name(phrase.head, phrase.head, sentence, (code,), persons.get(code))
        return after

    def _states(self, words: Iterable[int]) -> tuple[str, ...]:
        """The codes of the actors whose names begin at these words."""
        found = (self.actor_at.get(k) for k in words)
        return tuple(
            self.parse.mentions[which].entry.code for _, which in (f for f in found if f is not None)
        )

    def _past_list(self, k: int) -> int:
        """The word after ", ", "and", "and the" at a word; the word itself where none of these stands there."""
        while k < len(self.lower) and self.lower[k] in (*_LISTED, "the"):
            k += 1
        return k

    def _is_definite(self, k: int) -> bool:
        j = k - 1
        while j >= 0 and self.doc[j].pos_ in ("ADJ", "PROPN") and k - j < 4:
            j -= 1
        return j >= 0 and self.lower[j] in ("the", "this")

    def _role(self, first: int, k: int, noun: str, sentence: int) -> None:
        """Resolves "the admiral" and "the lawmaker": the last person named who can be one."""
        offices = self.words.roles[noun]
        if self.holders.means_unnamed(noun, k):
            return
        for named in reversed(self.named[-MEMORY:]):
            person = named.person
            if person is not None and person.office and any(o in person.office for o in offices):
                codes = (person.code,) if person.code else ()
                self._add(first, k + 1, Referent(codes, (person,), f"the {noun}"))
                self._name(k, k, sentence, codes, person)
                return

    def _group(self, k: int, sentence: int) -> None:
        """Resolves "the group" and "the militants": the armed group named last.

        Not in "the group of seven", "the militant group Hezbollah" and "the Pashtun ethnic group".
        """
        after = self.doc[k + 1 : k + 2].text
        if after == "of" or after[:1].isupper() or not self._is_said_again(k):
            return
        for named in reversed(self.named[-MEMORY:]):
            if sentence - named.sentence > _GROUP_REACH:
                return
            if named.person is None and len(named.codes) == 1 and named.codes[0] in self.armed_groups:
                self._add(k, k + 1, Referent(named.codes, (), f"the {self.lower[k]}"))
                self._name(k, k, sentence, named.codes, None)
                return

    def _is_said_again(self, k: int) -> bool:
        """True where "the" or "this" stands before a noun, and between them only what any such group may be."""
        j = k - 1
        while j > 0 and self.lower[j] not in ("the", "this"):
            if self.lower[j - 1] == "-":
                j -= 2  # "the Iran-aligned group"
            elif self.lower[j] not in self.words.of_groups:
                return False
            j -= 1
        return j >= 0 and self.lower[j] in ("the", "this")

    def _pronoun(self, k: int, sentence: int) -> None:
        """Resolves "he" and "his" to the likeliest of the persons named lately."""
        lately = self.named[-MEMORY:]
        recent = [n for n in lately if n.person is not None and sentence - n.sentence <= _REACH]
        if not recent:
            return
        chosen = self._likeliest(recent, sentence)
        person = chosen.person
        assert person is not None
        codes = (person.code,) if person.code else ()
        self._add(k, k + 1, Referent(codes, (person,), f'"{self.lower[k]}"'))
        if self.doc[k].dep_ in _SUBJECTS:
            self._name(k, k, sentence, codes, person)

    def _they(self, k: int, sentence: int) -> None:
        """Resolves "they" of "they met": the only two persons of the sentence (or the one before), of two states."""
        word = self.doc[k]
        if word.dep_ not in _SUBJECTS or word.head.lemma_.lower() not in self.words.joint:
            return
        for near in (sentence, sentence - 1):
            persons = {n.person: None for n in self.named[-MEMORY:] if n.person and n.sentence == near}
            if not persons:
                continue
            codes = tuple(p.code for p in persons if p.code)
            if len(persons) == 2 and len(set(codes)) == 2:
                self._add(k, k + 1, Referent(codes, tuple(persons), '"they"'))
            return

    def _likeliest(self, recent: list[Named], sentence: int) -> Named:
        """Of those named lately: a main subject, first of this sentence; else any subject; else the last."""
        for level in (2, 1):
            here = [n for n in recent if n.sentence == sentence and n.level >= level]
            before = [n for n in recent if n.sentence < sentence and n.level >= level]
            if here or before:
                return (here or before)[-1]
        return recent[-1]

    def _pair(self, k: int, sentence: int) -> int:
        """Resolves "the two countries", "both sides", "the sides", "the three allies", "each other"."""
        words = self.lower[k : k + 6]
        if words[:2] == ["each", "other"]:
            self._add_all(k, k + 2, self._two_codes(k + 1, sentence))
            return k + 2
        if words[0] == "each":
            return k + 1
        skip = 1 if words[0] == "the" or words[:2] == ["both", "the"] else 0
        counted = words[1:2] if words[0] == "the" else words[:1]
        count = self.words.numbers.get("".join(counted), 0)
        for j in range(skip, min(len(words), skip + 4)):
            noun = words[j]
            if k + j in self.phrase_at:
                return k + j
            if noun in self.words.namesakes:
                codes = self.words.namesakes[noun]
                self._add_all(k, k + j + 1, codes)
                self._name(k + j, k + j, sentence, codes, None)
                return k + j + 1
            if noun in self.words.governments or noun in self.words.persons:
                if count > 2:
                    self._add_all(k, k + j + 1, self.together.all(count, self.named, sentence))
                elif count == 2 or (noun in self.words.bare and j == skip):
                    self._add_all(k, k + j + 1, self._two_codes(k + j, sentence))
                return k + j + 1
            if self.doc[k + j].pos_ not in ("NUM", "ADJ", "DET", "NOUN", "PRON"):
                break
        return k + 1

    def _two_codes(self, k: int, sentence: int) -> tuple[str, ...]:
        """The two actors that a noun stands for."""
        return self.together.two(self.doc[k], self.named, sentence, states=self.lower[k] in self.words.states)

    def _pair_of_persons(self, phrase: OfficePhrase, sentence: int) -> bool:
        """Resolves "the two ministers": the last two governments whose holders were named."""
        noun = self.lower[phrase.head]
        counted = phrase.determiner in ("two", "both")
        if noun not in self.words.persons or not (
            counted or (phrase.determiner == "the" and noun in self.words.bare)
        ):
            return False
        if phrase.code is not None:
            return False
        persons = self._two_persons()
        codes = tuple(p.code for p in persons if p.code)
        if len(persons) != 2:
            codes = self._two_codes(phrase.head, sentence)
        if len(codes) != 2:
            return False
        self._add(
            phrase.first,
            phrase.last + 1,
            Referent(codes, persons if len(persons) == 2 else (), f"the {noun}"),
        )
        return True

    def _two_persons(self) -> tuple[PersonRecord, ...]:
        """The last two persons named of different states, in the order named."""
        pair: list[PersonRecord] = []
        for named in reversed(self.named[-40:]):
            if (
                named.person is not None
                and named.person.code
                and all(p.code != named.person.code for p in pair)
            ):
                pair.append(named.person)
                if len(pair) == 2:
                    break
        return tuple(reversed(pair))

    def _add_all(self, first: int, after: int, codes: tuple[str, ...]) -> None:
        if codes:
            words = " ".join(self.lower[first:after])
            self._add(first, after, Referent(codes, (), f'"{words}"'))

    def _add(self, first: int, after: int, referent: Referent) -> None:
        last = self.doc[after - 1]
        start = self.doc[first].idx
        if not self.found or self.found[-1].end <= start:
            self.found.append(Reference(start, last.idx + len(last.text), referent))

    def _name(
        self, first: int, last: int, sentence: int, codes: tuple[str, ...], person: PersonRecord | None
    ) -> None:
        level = max(self._level(self.doc[k]) for k in range(first, last + 1))
        self.named.append(Named(first, sentence, codes, person, level))

    def _level(self, token: Token) -> int:
        if token.dep_ not in _SUBJECTS:
            return 0
        verb = token.head
        while verb.dep_ == "conj" and verb.head.i != verb.i:
            verb = verb.head
        return 2 if verb.dep_ in ("ROOT", "parataxis") else 1


def resolve_references(parse: Parse, people: People) -> References:
    """Who every name, office, pronoun and pair of a document stands for, where it is plain."""
    return Resolver(parse, people).resolve()
