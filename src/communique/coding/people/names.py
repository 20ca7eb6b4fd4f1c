"""Finds the names of persons: beside offices and ranks, by the parser's entities, by the shape of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from communique.coding.parse import Parse
from communique.coding.people.holders import is_listed
from communique.coding.people.offices import OfficePhrase, Spotter

_JOINTS = frozenset({"-", "'", ".", "’"})
_OF_ONE = frozenset({"the", "its", "his", "her", "their"})
_LONGEST = 7  # words of a name
_LISTED = 5  # words of a name that is looked up in the table of holders
_TITLES = 8  # words of rank and honour before it
_GLUED = re.compile(r"(?!Mc|Mac|De|Van|Al|El|O')[A-Z][a-z]{3,}[A-Z]")  # furniture run into a name: "TrumpDem"
_OWNERS = frozenset({"nsubj", "poss", "nsubjpass"})
_NO_PERSON = frozenset({"GPE", "LOC", "NORP", "DATE", "TIME", "EVENT", "LAW"})
_OPENERS = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "PRON", "SCONJ"})
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name at tokens `first` to `last` (inclusive), with the office or rank that stands beside it.

    `sure` is False for a name that only the parser's entities vouch for.
    """

    first: int
    last: int
    phrase: OfficePhrase | None = None
    rank: str | None = None
    sure: bool = True


class NameFinder:
    """Reads the names of one document; `spotter` holds its words and offices."""

    def __init__(self, parse: Parse, spotter: Spotter, phrases: tuple[OfficePhrase, ...]) -> None:
        self.doc = parse.doc
        self.text = parse.document.text
        line = self.text.find("\n")
        self.headline = spotter.columns.word_at(line) if line > 0 else 0
        self.spotter = spotter
        self.phrases = phrases
        self.lower = spotter.lower
        self.vocabulary = spotter.words
        self.entity_starts = {e.start: e.end for e in parse.doc.ents if e.label_ == "PERSON"}
        self.in_phrase = {k: p for p in phrases for k in range(p.first, p.last + 1)}

    def names(self) -> tuple[NameSpan, ...]:
        """All names, in order, without overlap; those with an office win over those without."""
        taken: set[int] = set()
        found: list[NameSpan] = []
        for span in (*self._beside_offices(), *self._beside_titles(), *self._entities(), *self._listed()):
            tokens = range(span.first, span.last + 1)
            if not taken.intersection(tokens):
                taken.update(tokens)
                found.append(span)
        return tuple(sorted(found, key=lambda s: s.first))

    def _beside_offices(self) -> Iterator[NameSpan]:
        for phrase in self.phrases:
            before = self._before(phrase)
            after = (
                () if before is not None and phrase.determiner in ("a", "an") else tuple(self._after(phrase))
            )
            yield from after
            if not after and before is not None:
                yield before

    def _after(self, phrase: OfficePhrase) -> Iterator[NameSpan]:
        k = phrase.last + 1
        if k < len(self.doc) and self.lower[k] == "(":
            k = self._past_bracket(k)
        if k < len(self.doc) and self.lower[k] == "," and self._is_told_apart(phrase, k + 1):
            k += 1
        span = self.read(k, phrase)
        while span is not None:
            yield span
            if not phrase.plural:
                return
            span = self._next_of_list(span.last + 1, phrase)

    def _next_of_list(self, k: int, phrase: OfficePhrase) -> NameSpan | None:
        """The next name of "Senators Rand Paul, R-Ky.; Mike Lee, R-Utah, and Tom Udall"."""
        if self.lower[k : k + 2] == [",", "and"]:
            return self.read(k + 2, phrase)
        if k >= len(self.doc) or self.lower[k] not in (",", "and", ";", "("):
            return None
        if self.lower[k + 1 : k + 2] in (["r"], ["d"], ["r."], ["d."], ["i"]) or self.doc[k + 1 : k + 2].text[
            :2
        ] in ("R-", "D-", "I-"):
            k = next(
                (j for j in range(k + 1, min(k + 7, len(self.doc))) if self.lower[j] in (";", "and", ",")), k
            )
            if self.lower[k : k + 2] in ([",", "and"], [";", "and"]):
                k += 1
        return self.read(k + 1, phrase)

    def _past_bracket(self, k: int) -> int:
        for j in range(k, min(k + 5, len(self.doc))):
            if self.lower[j] == ")":
                return j + 1
        return k

    def _is_told_apart(self, phrase: OfficePhrase, k: int) -> bool:
        """True for "the Armenian defence minister, Suren Papikyan, said": a name between commas, or after a rank."""
        span = self.read(k, phrase)
        if span is None or span.last == span.first == k:
            return False
        if span.rank is not None and not phrase.plural and phrase.head not in self._apposed:
            return True
        words = range(span.first, span.last + 1)
        follows = self.lower[span.last + 1] if span.last + 1 < len(self.doc) else "."
        person = any(self.doc[j].ent_type_ == "PERSON" for j in words) or (
            phrase.determiner in _OF_ONE and follows == "," and all(self._is_unknown_name(j) for j in words)
        )
        return person and follows in (",", ".", "who", ";") and phrase.head not in self._apposed

    def _is_unknown_name(self, k: int) -> bool:
        """True for a proper noun that neither the tables nor the parser know as something else than a person."""
        token = self.doc[k]
        return token.pos_ == "PROPN" and self._is_capital(k) and not token.ent_type_

    @cached_property
    def _apposed(self) -> frozenset[int]:
        """Heads of phrases that already explain a name before them."""
        return frozenset(p.head for p in self.phrases if self._before(p) is not None)

    def _before(self, phrase: OfficePhrase) -> NameSpan | None:
        """The name that a phrase explains: "Dmitry Rogozin, Russian deputy prime minister"."""
        if phrase.plural:
            return None
        k = phrase.first - 1
        while k >= 0 and self.lower[k] in (
            "the",
            "a",
            "an",
            "then",
            "one",
            "of",
            "who",
            "is",
            "was",
            "'s",
            "as",
            "currently",
            "also",
        ):
            k -= 1
        if k > 1 and self.lower[k + 1] == "'s" and self.lower[k - 1] == ",":
            k -= 1  # its owner: "Tony Blinken, Obama's adviser"
        links = self.lower[k + 1 : phrase.first]
        if k < 1 or self.lower[k] not in (",", "(", "-") or ("of" in links and "one" not in links):
            return None
        k -= 1
        if k >= 1 and self.lower[k].isdigit() and self.lower[k - 1] == ",":
            k -= 2
        return self._ending_at(k, phrase)

    def _ending_at(self, last: int, phrase: OfficePhrase) -> NameSpan | None:
        first = last + 1
        while first > 0 and last - first < _LONGEST and self._is_part(first - 1):
            first -= 1
            if self.doc[first].is_sent_start:
                break
        while first <= last and (self.lower[first] in self.vocabulary.titles or self.lower[first] in _JOINTS):
            first += 1
        if first > last or not self._is_whole(first, last) or self.doc[last].ent_type_ in _NO_PERSON:
            return None
        return NameSpan(first, last, phrase)

    def read(self, k: int, phrase: OfficePhrase | None) -> NameSpan | None:
        """The name that begins at token k, past ranks and honorifics; None where there is none."""
        begin = k
        size = len(self.doc)
        while k < min(size, begin + _TITLES) and (
            self.lower[k] in self.vocabulary.titles or (self.lower[k] in (".", "-") and k > begin)
        ):
            if self.doc[k].text[:1].islower() and self.lower[k] not in ("al", "."):
                break
            k += 1
        last = self._end(k)
        if last < k or not self._is_whole(k, last):
            return None
        return NameSpan(k, last, phrase, self._rank(begin, k))

    def _end(self, k: int) -> int:
        """The last token of the run of name parts that begins at k, or k - 1."""
        last = k - 1
        while last + 1 < len(self.doc) and last - k < _LONGEST and self._is_part(last + 1):
            nxt = last + 1
            if self.lower[nxt] == "(":
                nxt += 2
            if nxt > k and _GLUED.match(self.doc[nxt].text):
                return k if self.doc[nxt].text.startswith(self.doc[k].text) else last
            if nxt > k and (self.doc[nxt].is_sent_start or self._starts_anew(k, nxt)):
                break
            last = nxt
        while last >= k and (
            self.lower[last] in _JOINTS or (self._written(last).islower() and not self._is_hyphened(last))
        ):
            last -= 1
        return last

    def _starts_anew(self, first: int, k: int) -> bool:
        """A given name repeated, or an office, begins something else."""
        return self.lower[k] == self.lower[first] or (k in self.in_phrase and k != first)

    def _is_part(self, k: int) -> bool:
        token, word = self.doc[k], self.lower[k]
        text = self._written(k)
        if word == "(":
            return self._is_nickname(k)
        if word in _JOINTS:
            return (
                0 < k < len(self.doc) - 1
                and not self.doc[k - 1].whitespace_
                and not (token.whitespace_ and text != ".")
            )
        if self._is_hyphened(k):
            return True
        if word in self.vocabulary.particles and k + 1 < len(self.doc):
            return (
                self.doc[k + 1].text[:1].isupper()
                or self.lower[k + 1] in ("-", "'")
                or self.lower[k + 1] in self.vocabulary.particles
            )
        if token.is_sent_start and token.pos_ in _OPENERS:
            return False  # "Then Dilma Rousseff"
        if not text[:1].isupper() or not _WORD.search(text):
            return False
        if word in self.vocabulary.not_names and not self._is_given_name(k):
            return False
        if word in self.vocabulary.calendar and not self._is_no_date(k):
            return False
        mention = self.spotter.mentions.get(k)
        if mention is not None and token.ent_type_ != "PERSON":
            return (
                mention.entry.kind in ("materiel", "place", "outlet")
                and len(mention.text) == len(text)
                and token.ent_type_ not in ("GPE", "ORG", "LOC", "PRODUCT")
            )
        return word not in self.vocabulary.closers or token.ent_type_ == "PERSON"

    def _is_given_name(self, k: int) -> bool:
        """True for "Said" in "minister Said al-Harthy"."""
        follows = self.doc[k + 1 : k + 2].text
        return (
            self.doc[k].text == "Said"
            and not self.doc[k].is_sent_start
            and (follows[:1].isupper() or follows in self.vocabulary.particles)
        )

    def _is_no_date(self, k: int) -> bool:
        """True for "May" in "Theresa May": in the name of a person, with no number beside it."""
        beside = (*self.lower[max(k - 1, 0) : k], *self.lower[k + 1 : k + 2])
        return self.doc[k].ent_type_ == "PERSON" and not any(word[:1].isdigit() for word in beside)

    def _written(self, k: int) -> str:
        """The word as the document writes it: in a headline in sentence case, names get their capitals back.

        A headline's word that the body has in lower case, or that is no noun, is not taken for a name.
        """
        token = self.doc[k]
        if k >= self.headline or not token.text[:1].islower():
            return token.text
        text = self.text[token.idx : token.idx + len(token.text)]
        is_name = token.pos_ in ("PROPN", "NOUN", "X", "ADJ") and text.lower() not in self._small_words
        return text if is_name else token.text

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """Words that stand in lower case after the headline."""
        return frozenset(t.text for t in self.doc[self.headline :] if t.text.islower())

    def _is_hyphened(self, k: int) -> bool:
        """The second half of a given name: "un" in "Jong-un"."""
        doc = self.doc
        if k < 2 or doc[k - 1].text != "-" or doc[k - 1].whitespace_ or doc[k - 2].whitespace_:
            return False
        return (
            doc[k].text.islower() and doc[k].text.isalpha() and len(doc[k].text) < 6 and doc[k - 2].is_title
        )

    def _is_nickname(self, k: int) -> bool:
        """True for the bracket in "C. A. (Dutch) Ruppersberger"."""
        inside = self.doc[k + 1 : k + 4]
        return len(inside) == 3 and inside[0].is_title and inside[1].text == ")" and inside[2].is_title

    def _is_whole(self, first: int, last: int) -> bool:
        """A name has a capitalised word of two letters and is no dateline nor wholly a name of the tables."""
        follows = self.doc[last + 1].text if last + 1 < len(self.doc) else ""
        if (
            self.doc[first].is_sent_start
            and self.doc[last].text.isupper()
            and follows in ("-", "--", "(", ",")
        ):
            return False
        token = self.doc[first]
        if first == last and (token.pos_ not in ("PROPN", "NOUN", "X") or token.ent_type_ in _NO_PERSON):
            return False
        words = [w for k in range(first, last + 1) if len(w := self._written(k)) > 1]
        if not any(
            w[0].isupper() and not (w.isupper() and len(w) > 1 and len(words) == 1 and len(w) < 5)
            for w in words
        ):
            return False
        mentions = {id(m): m for k in range(first, last + 1) if (m := self.spotter.mentions.get(k))}
        covered = sum(m.end - m.start for m in mentions.values() if m.entry.kind != "office")
        length = self.doc[last].idx + len(self.doc[last].text) - self.doc[first].idx
        return covered < length

    def _rank(self, begin: int, end: int) -> str | None:
        words = [w for k in range(begin, end) if (w := self.lower[k]) in self.vocabulary.rank_words]
        for size in (3, 2, 1):
            rank = self.vocabulary.ranks.get(" ".join(words[-size:]))
            if len(words) >= size and rank:
                return rank
        return None

    def _beside_titles(self) -> Iterator[NameSpan]:
        """Names after a rank or an honorific: "Gen. Kenneth McKenzie", "Mr. Kerry"."""
        k = 0
        while k < len(self.doc):
            if (
                self.lower[k] in self.vocabulary.titles
                and self.doc[k].text[:1].isupper()
                and k not in self.in_phrase
            ):
                span = self.read(k, None)
                if span is not None and span.first > k:
                    yield span
                    k = span.last
            k += 1

    def _entities(self) -> Iterator[NameSpan]:
        for start, end in (*self.entity_starts.items(), *self._mislabelled()):
            k = start
            while k < end and (
                self.lower[k] in self.vocabulary.titles
                or k in self.in_phrase
                or not self._is_part(k)
                or self.lower[k] in _JOINTS
            ):
                k += 1
            last = min(self._end(k), k + _LONGEST) if k < end else k - 1
            if last >= k and self._is_whole(k, last):
                person = self.doc[start].ent_type_ == "PERSON"
                yield NameSpan(k, last, None, None, sure=person and last > k)

    def _listed(self) -> Iterator[NameSpan]:
        """Full names of the table of holders that the parser's entities miss, if no longer name holds them."""
        k = 0
        while k < len(self.doc):
            last = k
            while last + 1 < len(self.doc) and self._is_capital(last) and self._is_capital(last + 1):
                last += 1
            if k < last < k + _LISTED and is_listed(self.doc[k : last + 1].text):
                yield NameSpan(k, last, sure=False)
            k = last + 1

    def _is_capital(self, k: int) -> bool:
        return self.doc[k].text[:1].isupper() and k not in self.spotter.mentions and k not in self.in_phrase

    def _mislabelled(self) -> Iterator[tuple[int, int]]:
        """Subjects of one word taken for organisations: names, if the table of holders says so."""
        for entity in self.doc.ents:
            mention = self.spotter.mentions.get(entity.start)
            if (
                entity.label_ == "ORG"
                and len(entity) == 1
                and mention is None
                and entity.root.dep_ in _OWNERS
            ):
                yield entity.start, entity.end
