"""What a clause says of the status of the event that it tells: the cues.

Auxiliaries, negation, the verbs and nouns that govern it, conditional marks, modifiers of an event noun, days to come.
`communique.coding.status` decides by them; the judge weighs them with learned weights.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from communique.coding.annotation import Annotation
from communique.coding.dates import resolve
from communique.coding.propose import Candidate
from communique.coding.speech import SPEECH_KINDS, speech_words
from communique.coding.status_words import status_words

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "pcomp", "relcl", "conj", "csubj"})
_MAX_CLIMB = 4
_NEAR = 60  # characters between an event's word and a date close to it

_EXCLUDED = frozenset({"xcomp", "pcomp", "ccomp", "dobj", "nsubjpass"})
"""How an act hangs on the verb that rules it out."""

_SPARED = {"own_neg": "described_neg", "above_neg": "described_neg"}
"""What a negation becomes where it does not deny the act."""

_OF_FORM = frozenset(
    {
        "predicate",
        "acl",
        "headline_to",
        "reported_would",
        "unreal",
        "going_to",
        "be_to",
        "when",
        "called_off",
        "ahead",
        "beside",
    }
)


def status_cues(candidate: Candidate, annotation: Annotation) -> tuple[str, ...]:
    """The cues in the clause that tells the event, as "place:word", in a fixed order without repeats.

    `own` cues stand with the event's own verb, `above` cues with verbs that govern it in one clause, `beyond` cues
    outside the clause that tells it ("the minister said that ...").
    """
    clause = _telling_clause(candidate)
    cues = dict.fromkeys(_noun_cues(candidate.word)) if candidate.word is not candidate.clause else {}
    if candidate.word.pos_ not in ("VERB", "AUX"):
        cues |= dict.fromkeys(_noun_cues(candidate.word))
    cues |= dict.fromkeys(_clause_cues(clause, "own"))
    cues |= dict.fromkeys(_own_form(clause))
    if candidate.word is not clause and clause.pos_ == "VERB":
        cues[f"carrier:{clause.lemma_.lower()}"] = None
    cues |= dict.fromkeys(_undone(candidate.word))
    cues |= dict.fromkeys(_governor_cues(clause))
    cues |= dict.fromkeys(_time_cues(candidate, clause, annotation))
    if candidate.word.dep_ in ("dobj", "nsubjpass") and _calls_off(candidate.word.head):
        cues["called_off"] = None
    elif candidate.word.dep_ in ("dobj", "nsubjpass") and _is_listed(
        "planned", "putting_off", candidate.word.head
    ):
        cues["put_off"] = None
    if is_question(candidate.sentence):
        cues["question"] = None
    presupposed = _is_presupposed(candidate.word, clause)
    if presupposed:
        cues["beside"] = None
    if presupposed or _is_described(candidate.word, clause):
        return tuple(dict.fromkeys(_SPARED.get(cue, cue) for cue in cues))
    return tuple(cues)


def is_question(sentence: Span) -> bool:
    """True where the last mark of a sentence asks."""
    last = next((t.text for t in reversed(sentence) if not t.is_space), "")
    return last.endswith("?")


def plain_cues(cues: tuple[str, ...]) -> tuple[str, ...]:
    """The cues that bear on whether there is an event at all: all but those of form and time, near and far alike."""
    near = (cue.removeprefix("beyond_") for cue in cues)
    return tuple(dict.fromkeys(cue for cue in near if cue.partition(":")[0] not in _OF_FORM))


def _telling_clause(candidate: Candidate) -> Token:
    """The verb of the clause that tells the event: of a sentence known as a whole, what is said in it."""
    clause = candidate.clause
    if not candidate.is_tagged or candidate.kind in SPEECH_KINDS:
        return clause
    if clause.lemma_.lower() not in speech_words().plain:
        return clause
    return next((c for c in clause.children if c.dep_ == "ccomp" and c.pos_ in ("VERB", "AUX")), clause)


def _clause_cues(verb: Token, owner: str) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass"):
            yield f"{owner}_aux:{child.lower_}"
        elif (child.dep_ == "neg" or child.lower_ in ("never", "nor")) and not _is_mere(child):
            yield f"{owner}_neg"
        elif child.dep_ == "mark":
            yield f"{owner}_mark:{child.lower_}"
        elif child.dep_ == "advmod":
            yield f"{owner}_adverb:{child.lower_}"
        elif child.dep_ in ("nsubj", "nsubjpass") and _is_none(child):
            yield f"{owner}_neg"
    yield f"{owner}_tag:{verb.tag_}"
    if owner == "own":
        yield f"own_dep:{verb.dep_}"


def _is_mere(negation: Token) -> bool:
    """True for the "not" of "not only" and "not just"."""
    after = negation.i + 1
    return after < len(negation.doc) and status_words().has("denied", "mere", negation.doc[after].lower_)


def _is_described(noun: Token, verb: Token) -> bool:
    """True for the purchase of "the purchase was not a choice": what a negation denies is what it is said to be."""
    if verb.lemma_ != "be" or noun.head.i != verb.i or noun.dep_ != "nsubj":
        return False
    words = status_words()
    return any(
        c.dep_ == "attr"
        or (c.dep_ == "acomp" and not any(words.has(s, "predicates", c.lemma_.lower()) for s in words.words))
        for c in verb.children
    )


def _is_presupposed(noun: Token, verb: Token) -> bool:
    """True for the war of "nobody has come since the war" and "after the end of the war", whatever is denied of it."""
    words = status_words()
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    place = noun.head
    beside = noun.dep_ in ("pobj", "dobj") and words.has("actual", "beside", place.lower_)
    return beside and not _is_none(noun) and (verb.i == noun.i or verb.is_ancestor(place))


def _is_none(subject: Token) -> bool:
    """True for "no ships", "neither side", "none of them"."""
    nobody = status_words().words["denied"]["nobody"]
    return subject.lower_ in nobody or any(t.lower_ in nobody and t.i < subject.i for t in subject.children)


def _own_form(verb: Token) -> Iterator[str]:
    """What the form of the clause says: "are due to begin", "is going to", "to sign" as a headline, "if"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "oprd") or (child.dep_ == "xcomp" and verb.lemma_ == "be"):
            yield f"predicate:{child.lemma_.lower()}"
            if child.dep_ == "xcomp" and _is_to_be(child):
                yield "be_to"
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if verb.dep_ == "ROOT" and "to" in auxiliaries:
        yield "headline_to"
    if "would" in auxiliaries and verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN"):
        yield "reported_would"
    if "have" in auxiliaries and auxiliaries & {"would", "could", "might"}:
        yield "unreal"


def _is_to_be(verb: Token) -> bool:
    """True for "to take place" and its like: "the visit was to take place"."""
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return to and status_words().has("planned", "happening", verb.lemma_.lower())


def _undone(word: Token) -> Iterator[str]:
    """What says from above that an act is not done: "has yet to", "denied reports that", "no decision was made on"."""
    words = status_words()
    for _ in range(_MAX_CLIMB):
        relation, head = word.dep_, word.head
        if head.i == word.i:
            return
        lemma = head.lemma_.lower()
        negated = "own_neg" in _clause_cues(head, "own")
        if words.has("denied", "waiting", lemma) and _is_yet_to(head):
            yield "yet_to"
        if lemma == "fail" and any(_is_to_be(c) for c in ([word] if relation == "xcomp" else head.children)):
            yield "fell_through"
        if any(words.has("denied", "short", f"{lemma} {c.lower_}") for c in head.children):
            yield "stopped_short"
        if relation == "ccomp" and negated and words.has("denied", "disbelief", lemma):
            yield "disbelieved"
        if relation in ("ccomp", "csubj", "advcl") and _is_untrue(head, negated):
            yield "untrue"
        if words.has("denied", "reports", word.lemma_.lower()) and _rejects(relation, head, negated):
            yield "denied_report"
        if (relation in _EXCLUDED or (relation == "advcl" and word.tag_ == "VBG")) and _is_listed(
            "denied", "excluding", head
        ):
            yield "not_ruled_out" if negated or _declines(head) else "ruled_out"
        if words.has("planned", "nouns", word.lemma_.lower()) and _drops(relation, head):
            yield "plan_dropped"
        if negated and _leaves_open(head, lemma):
            yield "undecided"
        word = head


def _is_yet_to(verb: Token) -> bool:
    """True for "has yet to" with a verb after it."""
    yet = any(c.lower_ == "yet" for c in verb.children)
    return yet and any(c.dep_ == "xcomp" and any(t.lower_ == "to" for t in c.children) for c in verb.children)


def _rejects(relation: str, head: Token, negated: bool) -> bool:
    """True for "denied reports", "reports were dismissed", "the claim is false"."""
    if relation in ("dobj", "nsubjpass"):
        return status_words().has("denied", "rejecting", head.lemma_.lower())
    return relation == "nsubj" and _is_untrue(head, negated)


def _is_untrue(head: Token, negated: bool) -> bool:
    """True for "is false" and "is not true"."""
    listed = "truths" if negated else "falsehoods"
    return any(
        status_words().has("denied", listed, c.lemma_.lower()) for c in head.children if c.dep_ == "acomp"
    )


def _declines(verb: Token) -> bool:
    """True for "refused to" before a verb."""
    declining = status_words().has("denied", "declining", verb.head.lemma_.lower())
    return verb.dep_ == "xcomp" and declining


def _drops(relation: str, head: Token) -> bool:
    """True for "dropped plans" and "plans were shelved"."""
    return relation in ("dobj", "nsubjpass") and _is_listed("denied", "dropping", head)


def _leaves_open(head: Token, lemma: str) -> bool:
    """True for "has decided" and "a decision has been made", which a negation makes open."""
    subjects = (c.lemma_.lower() for c in head.children if c.dep_ in ("nsubj", "nsubjpass"))
    words = status_words()
    made = words.has("possible", "making", lemma)
    return words.has("possible", "open", lemma) or (
        made and any(words.has("possible", "open", s) for s in subjects)
    )


def _noun_cues(noun: Token) -> Iterator[str]:
    for child in noun.children:
        if child.dep_ in ("amod", "compound"):
            yield f"modifier:{child.lower_}"
        elif child.dep_ == "det":
            yield f"det:{child.lower_}"
        elif child.dep_ == "neg":
            yield "own_neg"
        elif child.dep_ == "acl" and child.i > noun.i:
            yield f"acl:{child.lemma_.lower()}"
    if _is_ahead(noun):
        yield "ahead"


def _is_ahead(noun: Token) -> bool:
    """True for what something is before: "ahead of the summit", "before talks with"."""
    before = noun.head
    if noun.dep_ == "pobj" and before.lower_ in ("of", "to"):
        before = before.head
    return noun.dep_ == "pobj" and before.lower_ in ("ahead", "before", "prior")


def _governor_cues(word: Token) -> Iterator[str]:
    """Cues of what governs a word, up to four steps; those past the border of its clause are `beyond`."""
    beyond = ""
    for level in range(_MAX_CLIMB):
        head = word.head
        if head.i == word.i:
            return
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            relation = word.dep_ if word.dep_ in _COMPLEMENTS else "other"
            yield f"{beyond}governor{min(level, 1)}:{relation}:{head.lemma_.lower()}"
            yield from _form_above(head, relation, beyond)
            beyond = beyond or ("beyond_" if _is_border(word) else "")
            if relation in ("xcomp", "ccomp", "acl", "pcomp", "other"):
                yield from (c for c in _clause_cues(head, f"{beyond}above") if "above_tag" not in c)
                yield f"{beyond}above_tag{min(level, 1)}:{head.tag_}"
            if relation == "conj" or (relation == "advcl" and not level and not beyond):
                yield from (
                    c for c in _clause_cues(head, "shared") if c.startswith(("shared_aux", "shared_neg"))
                )
        elif head.pos_ in ("NOUN", "PROPN"):
            yield f"{beyond}governor_noun:{head.lemma_.lower()}"
            yield from (f"{beyond}{'above_' * (c == 'det:no')}{c}" for c in _noun_cues(head))
        word = head


def _is_border(word: Token) -> bool:
    """True where a clause of its own begins: what governs it lends it neither tense nor mood."""
    if word.dep_ in ("ccomp", "relcl", "parataxis"):
        return True
    return word.dep_ in ("advcl", "conj") and not any(c.lower_ == "to" for c in word.children)


def _form_above(head: Token, relation: str, beyond: str) -> Iterator[str]:
    """ "is going to reintroduce", "is to visit"."""
    if relation in ("xcomp", "other") and not beyond:
        if head.lemma_ == "go" and head.tag_ == "VBG":
            yield "going_to"
        if head.lemma_ == "be" and head.pos_ in ("AUX", "VERB") and relation == "xcomp":
            yield "be_to"


def _calls_off(verb: Token) -> bool:
    """True for "cancel" and its like, and for "call off"."""
    return _is_listed("denied", "calling_off", verb)


def _is_listed(status: str, place: str, verb: Token) -> bool:
    """True where a verb is listed, with its particle where it has one ("call off")."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return status_words().has(status, place, f"{verb.lemma_.lower()} {particle}".rstrip())


def _time_cues(candidate: Candidate, clause: Token, annotation: Annotation) -> Iterator[str]:
    """Whether the sentence names days after the document's date, and whether the event's verb is in the present."""
    published = annotation.parse.document.published.interval
    if published is None:
        return
    sentence = candidate.sentence
    for expression in annotation.dates_in(sentence.start_char, sentence.end_char):
        interval = resolve(expression, anchor=published, tense=None, context=None).interval
        if interval is None or _is_of_another(_verb_at(expression.start, annotation), candidate, clause):
            continue
        if interval.start >= published.start and interval.end > published.end:
            near = abs(expression.start - candidate.word.idx) < _NEAR
            if not (candidate.word.i == clause.i and _is_past(clause)):
                yield "when:future"
            yield f"when:future:{near}:{clause.tag_}"
        elif expression.shape == "weekday" and clause.tag_ in ("VBZ", "VBP"):
            yield "when:weekday:present"
        elif interval.end < published.start:
            yield "when:past"


def _is_past(verb: Token) -> bool:
    """True for "met" and "has met"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return verb.tag_ == "VBD" or bool(auxiliaries & {"has", "had", "was", "were"})


def _is_of_another(verb: Token | None, candidate: Candidate, clause: Token) -> bool:
    """True for a date by a verb beside the event's: "the emir, who will come on Monday, met the king"."""
    word = candidate.word
    if verb is None or verb.i in (word.i, clause.i) or verb.is_ancestor(word):
        return False
    return word.pos_ in ("VERB", "AUX") or not word.is_ancestor(verb)


def _verb_at(offset: int, annotation: Annotation) -> Token | None:
    """The verb on which the word at an offset hangs, however deep."""
    token = annotation.parse.token_at(offset)
    while token is not None and token.pos_ not in ("VERB", "AUX"):
        token = None if token.head.i == token.i else token.head
    return token
