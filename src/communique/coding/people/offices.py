"""Finds office phrases: "Iran's deputy foreign minister", "Chief of the General Staff"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from communique.coding.columns import Columns
from communique.coding.parse import Parse
from communique.coding.people.states import state_code
from communique.coding.people.vocabulary import DEPUTY, OfficeRule, OfficeVocabulary, office_vocabulary
from communique.knowledge.entries import ACTOR_KINDS
from communique.knowledge.gazetteer import Mention
from communique.knowledge.positions import canonical_office

_FORMER = frozenset({"former", "then", "ex", "late", "onetime", "ousted", "deposed"})
_PREPOSITIONS = frozenset({"of", "for", "to", "at"})
_LONGEST = 14  # words in a complement


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """The words of an office: tokens `first` to `last` (inclusive) with the head noun at `head`.

    `code` is the state or organisation that the phrase itself names, or None. `determiner` is the word
    before it in lower case ("the", "his", "a"), or "". `plural` when it names several holders. `default` is
    the state that has such an office where nothing else says whose it is ("senator"). `public` is False for a
    post that is no office of state ("director of the Korea Center").
    """

    first: int
    last: int
    head: int
    office: str
    code: str | None
    former: bool
    determiner: str
    plural: bool
    default: str | None = None
    public: bool = True


class Spotter:
    """Reads the office phrases of one document."""

    def __init__(self, parse: Parse) -> None:
        self.doc: Doc = parse.doc
        self.words: OfficeVocabulary = office_vocabulary()
        self.columns = parse.columns
        self.lower = ["defence" if word == "defense" else word for word in self.columns.lower]
        self.mentions = _mention_of_word(parse, self.columns)

    def phrases(self) -> tuple[OfficePhrase, ...]:
        """All office phrases, in order, without overlap."""
        found: list[OfficePhrase] = []
        free = 0
        for i, word in enumerate(self.lower):
            if i < free or not self._is_head(i, word):
                continue
            phrase = self._phrase(i)
            if found and phrase.first <= found[-1].last:
                if phrase.head <= found[-1].last:
                    continue
                found.pop()
            found.append(phrase)
            free = phrase.last + 1
        return tuple(found)

    def _is_head(self, i: int, word: str) -> bool:
        singular = word[:-1] if word.endswith("s") and word not in self.words.heads else word
        if singular not in self.words.heads:
            return False
        token = self.doc[i]
        if token.pos_ in ("VERB", "AUX", "ADV") or (token.pos_ == "ADJ" and token.text.islower()):
            return False
        follows = self.lower[i + 1] if i + 1 < len(self.lower) else ""
        if singular == "colleague":  # of another state: "his Danish colleague"
            return i > 0 and (m := self.mentions.get(i - 1)) is not None and m.entry.kind == "state"
        if follows.startswith("jr"):  # a family name: "Angus King Jr."
            return False
        if singular == "general":
            return i > 0 and self.lower[i - 1] in ("attorney", "prosecutor", "director", "secretary")
        if (
            follows in self.words.heads
            and follows not in ("candidate", "deputy", "member")
            and singular != "deputy"
        ):
            return (
                False  # "defence minister" inside "secretary general", "president" in "president candidate"
            )
        return not (
            follows in ("general", "-") and singular in ("attorney", "director", "secretary", "prosecutor")
        )

    def _phrase(self, i: int) -> OfficePhrase:
        head, last = self._long_head(i)
        first = self._left(i)
        last = self._right(last)
        before = frozenset(self.lower[first:i])
        of = frozenset(self.lower[i + 1 : last + 1])
        rule = next((r for r in self.words.rules if r.fits(head, before, of)), None)
        office = self._named_by(rule, before) if rule else self._unlisted(head, first, i, last)
        public = self._is_public(rule, before, of, last, i)
        determiner = self._determiner(first)
        return OfficePhrase(
            first=first,
            last=last,
            head=i,
            office=office,
            code=self._officials_code(first, i, last),
            former=bool(before & _FORMER) or determiner == "then",
            determiner=determiner,
            plural=self.lower[i] != head and "-" not in head,
            default=rule.state if rule else None,
            public=public,
        )

    def _is_public(
        self, rule: OfficeRule | None, before: frozenset[str], of: frozenset[str], last: int, head: int
    ) -> bool:
        """False for "director of the Korea Center", and for the president of a company."""
        if rule is None:
            return not (before | of) & self.words.private
        if rule.name != "president" or not of:
            return True
        return all(
            k in self.mentions or self.lower[k] in self.words.inside for k in range(head + 1, last + 1)
        )

    def _determiner(self, first: int) -> str:
        """The article or possessive of the phrase, also before a foreign word; else the word before."""
        k = first - 1
        while (
            k > 0
            and first - k < 4
            and self.doc[k].pos_ in ("ADJ", "NOUN", "PROPN")
            and not self.doc[k].is_sent_start
        ):
            k -= 1
        if k >= 0 and self.doc[k].pos_ in ("DET", "PRON", "NUM"):
            return self.lower[k]
        return self.lower[first - 1] if first else ""

    def _long_head(self, i: int) -> tuple[str, int]:
        """The head in the singular, and its last token ("commander - in - chief" is one head)."""
        word = self.lower[i]
        joined = "".join(self.lower[i : i + 5])
        if word == "commander" and joined.startswith("commander-in-chief"):
            return "commander-in-chief", i + 4
        if word == "commander" and self.lower[i + 1 : i + 3] == ["in", "chief"]:
            return "commander-in-chief", i + 2
        if joined.startswith("ambassadorextraordinaryandplenipotentiary"):
            return word, i + 3
        for long in ("secretary-general", "president-elect", "vice-president"):
            if joined.startswith(long) and "-" in self.lower[i + 1 : i + 2]:
                return long, i + 2
        return (word if word in self.words.heads else word[:-1]), i

    def _left(self, i: int) -> int:
        start = self.doc[i].sent.start
        first = i
        while first > start and self._belongs_before(first - 1, i):
            first -= 1
        while first < i and self.lower[first] in ("-", "'s", "'", "and", "/"):
            first += 1
        return first

    def _belongs_before(self, k: int, head: int) -> bool:
        word = self.lower[k]
        mention = self.mentions.get(k)
        if mention is not None and mention.entry.kind in (*ACTOR_KINDS, "office", "place"):
            return mention.entry.form != "capital" or self.lower[k + 1] in ("'s", "'")
        if word in ("-", "/"):  # with a space before it a dash: "HANOI, Vietnam - President Trump"
            return not self.doc[k - 1].whitespace_
        if word in self.words.before:
            return self.doc[k].pos_ not in ("VERB", "AUX")
        if word in ("'s", "'"):
            owner = self.mentions.get(k - 1)
            return (k > 0 and owner is not None and owner.entry.kind in ACTOR_KINDS) or self.lower[
                k - 1
            ] in self.words.before
        if word in ("and", "&"):
            return (
                k + 1 < head
                and self.lower[k - 1] in self.words.before
                and self.lower[k + 1] in self.words.before
            )
        token = self.doc[k]
        return (
            token.dep_ in ("compound", "amod", "nmod")
            and token.pos_ == "PROPN"
            and token.ent_type_ in ("ORG", "NORP")
        )

    def _right(self, last: int) -> int:
        """The last token of the complement that follows `last`, or `last`."""
        k = last + 1
        size = len(self.doc)
        while k < size and self.lower[k] in _PREPOSITIONS and k - last < _LONGEST:
            end = self._run(k + 1)
            if end <= k + 1 or self._leads_to_other(last, k, end):
                break
            last = end - 1
            k = end
        return last

    def _leads_to_other(self, head: int, k: int, end: int) -> bool:
        """True for "spokesman for Prime Minister X": another's office, which X holds."""
        if self.lower[k] != "for" or self.lower[head] not in self.words.speaking_for:
            return False
        return any(self.lower[j] in self.words.heads for j in range(k + 1, end))

    def _run(self, k: int) -> int:
        """The end of the noun run that begins at k, before a person's name."""
        size = len(self.doc)
        start = k
        while k < size and k - start < _LONGEST and not self._breaks(k, start):
            if (
                self.lower[k] == "to"
                and k - start > 2
                and self._may_be_name(k - 1)
                and self._may_be_name(k - 2)
            ):
                break  # "of Ukraine Volodymyr Zelenskyy to the Republic of Poland"
            k += 1
        while k > start and self.lower[k - 1] in (
            "the",
            "of",
            "and",
            "for",
            "to",
            "in",
            "at",
            "on",
            ",",
            "'s",
            "'",
            "-",
        ):
            k -= 1
        return self._before_name(start, k)

    def _breaks(self, k: int, start: int) -> bool:
        token, word = self.doc[k], self.lower[k]
        if token.is_sent_start or (
            word in self.words.titles and k not in self.mentions and word not in self.words.inside
        ):
            return True
        if word in ("the", "'s", "'", "-", "and", "of", "for"):
            return word == "and" and not (
                self.lower[k - 1] in self.words.inside
                and k + 1 < len(self.doc)
                and self.lower[k + 1] in self.words.inside
            )
        if k in self.mentions or word in self.words.inside or word in self.words.before:
            return token.pos_ in ("VERB", "AUX")
        return not (
            token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ")
        ) or token.ent_type_ in ("DATE", "TIME")

    def _before_name(self, start: int, end: int) -> int:
        """The end of the run without a person's name at its tail."""
        tail = end
        while tail > start and self._may_be_name(tail - 1):
            tail -= 1
        if tail > start and end - tail <= 5:
            return tail
        for k in range(start, end):
            if self.doc[k].ent_type_ == "PERSON" and self.doc[k].ent_iob_ == "B" and k not in self.mentions:
                return k
        return end

    def _may_be_name(self, k: int) -> bool:
        token = self.doc[k]
        word = self.lower[k]
        if (
            k in self.mentions
            or word in self.words.closers
            or word in self.words.inside
            or word in self.words.before
        ):
            return False
        return token.text[:1].isupper() or token.text == "-" or self.doc[k - 1].text == "-"

    def _officials_code(self, first: int, head: int, last: int) -> str | None:
        code = self._code(first, head, last)
        return self.words.officials.get(code, code) if code is not None else None

    def _code(self, first: int, head: int, last: int) -> str | None:
        if self.lower[head] in self.words.local:
            around = (*range(first, head), *range(head + 1, last + 1))
            return next((c for k in around if (m := self.mentions.get(k)) and (c := state_code(m))), None)
        before = [m for k in range(first, head + 1) if (m := self.mentions.get(k))]
        named = [m.entry.code for m in before if m.entry.kind in ACTOR_KINDS]
        named += [
            m.entry.detail
            for m in before
            if m.entry.kind == "office" and m.entry.detail not in ("", "plural")
        ]
        if named:
            return named[0]
        return self._code_of_complement(head, last)

    def _code_of_complement(self, head: int, last: int) -> str | None:
        """The state in "of the Royal Navy of Oman"; "to Ukraine" is only an envoy's posting."""
        found: list[Mention] = []
        for k in range(head + 1, last + 1):
            if self.lower[k] in ("to", "in") and self.lower[head] in ("ambassador", "envoy", "ambassadors"):
                break
            mention = self.mentions.get(k)
            if mention is not None and mention.entry.kind in ACTOR_KINDS:
                found.append(mention)
        plain = [
            m for m in found if m.entry.kind != "state" or m.entry.form not in ("force", "ministry", "seat")
        ]
        return (plain or found)[0].entry.code if found else None

    def _named_by(self, rule: OfficeRule, before: frozenset[str]) -> str:
        return f"deputy {rule.name}" if rule.deputy and before & DEPUTY else rule.name

    def _unlisted(self, head: str, first: int, at: int, last: int) -> str:
        """The office by the knowledge tables, else from the phrase's own words."""
        own = self._own_words(head, first, at, last)
        words = " ".join(self.lower[first : last + 1]).replace(" 's", "'s")
        return canonical_office(own) or canonical_office(words) or own

    def _own_words(self, head: str, first: int, at: int, last: int) -> str:
        drop = _FORMER | {"the", "'s", "'", "new", "outgoing"}
        before = [
            self.lower[k] for k in range(first, at) if not self._names_actor(k) and self.lower[k] not in drop
        ]
        after = [self.doc[k].text for k in range(at + 1, last + 1) if not self._names_actor(k)]
        while after and after[0] in ("'s", "'", "’s"):
            after = after[1:]
        after = [
            w
            for k, w in enumerate(after)
            if w not in ("'s", "’s") or after[k - 1].lower() not in ("of", "the")
        ]
        while after and after[-1].lower() in ("the", "of", "for", "'s", "to", "in", "at"):
            after.pop()
        words = [*before, head, *after]
        return " ".join(words).replace(" - ", "-").replace("defense", "defence").replace(" 's", "'s")

    def _names_actor(self, k: int) -> bool:
        mention = self.mentions.get(k)
        return (
            mention is not None
            and mention.entry.kind == "state"
            and mention.entry.form not in ("ministry", "force", "seat")
        )


def _mention_of_word(parse: Parse, columns: Columns) -> dict[int, Mention]:
    table: dict[int, Mention] = {}
    for mention in parse.mentions:
        for k in range(columns.word_at(mention.start), columns.word_at(mention.end - 1) + 1):
            table[k] = mention
    return table


def find_offices(parse: Parse) -> tuple[OfficePhrase, ...]:
    """All office phrases of a document, in order, without overlap."""
    return Spotter(parse).phrases()
