"""Who holds an office that a text tells: named beside it, or named before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.coding.parse import Parse
from communique.coding.people import OfficePhrase, People, PersonRecord, holder_name, outlet_state
from communique.coding.referents import MEMORY, Named, expressions


class OfficeHolders:
    """The holders of one document's offices, for a reader that goes through it from the first word to the last.

    `named` is who was named so far: the reader's own list, which grows. `mention_at` has the word after each name and
    its person, by the name's first word.
    """

    def __init__(
        self,
        parse: Parse,
        people: People,
        named: Sequence[Named],
        mention_at: Mapping[int, tuple[int, int]],
    ) -> None:
        self.parse, self.doc = parse, parse.doc
        self.people = people
        self.named = named
        self.mention_at = mention_at
        self.lower = people.columns.lower
        self.words = expressions()
        self.home = outlet_state(parse.document.outlet)
        self.unnamed: dict[str, int] = {}

    def tell_unnamed(self, phrase: OfficePhrase) -> None:
        """Keeps that somebody without a name was told of: "a Pentagon official"."""
        self.unnamed[self.lower[phrase.head]] = phrase.head

    def beside(self, phrase: OfficePhrase) -> PersonRecord | None:
        """Who is named directly after an office."""
        for k in range(phrase.last + 1, min(phrase.last + 8, len(self.doc))):
            if k in self.mention_at:
                return self.people.persons[self.mention_at[k][1]]
            if not (self.doc[k].text[:1].isupper() or self.doc[k].is_punct) or self.doc[k].is_sent_start:
                return None
        return None

    def before(self, phrase: OfficePhrase) -> PersonRecord | None:
        """The last person named whose office and state fit, else the first of the document."""
        if phrase.office == "counterpart":
            return self._counterpart(phrase)
        noun = self.lower[phrase.head]
        if self.means_unnamed(noun, phrase.first):
            return None
        seen = [n.person for n in reversed(self.named[-MEMORY:]) if n.person is not None]
        if phrase.office == "president" and phrase.code is None and self.home is not None:
            seen.sort(key=lambda p: p.code != self.home)
        for person in (*seen, *self.people.persons):
            if self._fits(person, phrase.office, noun, phrase.code):
                return person
        return None

    def _counterpart(self, phrase: OfficePhrase) -> PersonRecord | None:
        """Whoever holds, in the state named, the office of the person named last: by text or table."""
        last = next(
            (n.person for n in reversed(self.named) if n.person is not None and n.person.office), None
        )
        if last is None or last.office is None or phrase.code in (None, last.code):
            return None
        for person in self.people.persons:
            if person.code == phrase.code and person.office == last.office:
                return person
        name = holder_name(last.office, phrase.code or "", self.parse.document.published.interval)
        return PersonRecord(name, last.office, phrase.code, False, ()) if name is not None else None

    def means_unnamed(self, noun: str, k: int) -> bool:
        """True for "the official" after "a Pentagon official", when nobody was named since as a subject."""
        told = self.unnamed.get(noun)
        return told is not None and not any(
            n.person is not None and n.level for n in self.named[-MEMORY:] if told < n.token < k
        )

    def _fits(self, person: PersonRecord, office: str, noun: str, code: str | None) -> bool:
        if person.office is None or (code is not None and person.code != code):
            return False
        own = person.office.removeprefix("former ")
        if own == office.removeprefix("former "):
            return True
        vague = office in (noun, f"senior {noun}", f"top {noun}") or office.endswith(" official")
        return vague and any(part in own for part in self.words.roles.get(noun, ("\0",)))
