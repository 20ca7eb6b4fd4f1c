"""Status: did it happen, is it planned, only possible, or denied?

`rule_status` decides by rules alone from the cues of `communique.coding.status_cues`.
"""

from __future__ import annotations

from communique.coding.propose import Candidate
from communique.coding.speech import SPEECH_KINDS, speech_words
from communique.coding.status_words import StatusWords, status_words
from communique.records import Status

_CALLED_OFF = frozenset({"visit", "meeting", "call", "exercise"})
"""Kinds of acts that do not happen where they are called off: ending a deal or an accord is an act itself."""

_FORMS = {
    "going_to": "“going to”",
    "be_to": "“to be to”",
    "headline_to": "“to” in a headline",
    "put_off": "put off",
    "when:future": "a day to come",
}

_UNDONE: dict[str, tuple[Status, str]] = {
    "yet_to": ("denied", "“yet to”"),
    "stopped_short": ("denied", "stopped short"),
    "fell_through": ("denied", "failed to happen"),
    "disbelieved": ("denied", "not believed"),
    "denied_report": ("denied", "a report that is denied"),
    "plan_dropped": ("denied", "a plan that is dropped"),
    "untrue": ("denied", "said to be untrue"),
    "undecided": ("possible", "no decision"),
    "not_ruled_out": ("possible", "not ruled out"),
    "ruled_out": ("denied", "ruled out"),
}

_OF_WHAT_IS_SAID = frozenset({"denied_report", "ruled_out", "not_ruled_out"})
"""These deny what is said: "did not rule out an attack" is a threat that is made."""

CERTAIN = frozenset(reason for _, reason in _UNDONE.values())
"""Reasons of `rule_status` that hold whatever the judge has learnt: the words are plain and too rare to learn from."""


def rule_status(candidate: Candidate, cues: tuple[str, ...]) -> tuple[Status, str]:
    """The status by rules, and the cue that decided ("stated as fact" where none did)."""
    words = status_words()
    speech = candidate.kind in SPEECH_KINDS
    for cue in cues:
        if cue in _UNDONE and not (speech and cue in _OF_WHAT_IS_SAID):
            return _UNDONE[cue]
    for cue in cues:
        if cue == "own_neg" and candidate.kind not in ("reject", "threaten"):
            return "denied", "negated"
        if cue == "det:no":
            return "denied", "the noun has “no”"
        if cue == "called_off" and candidate.kind in _CALLED_OFF:
            return "denied", "called off"
    if "reported_would" in cues and not {"unreal", "own_mark:if", "own_mark:whether"} & set(cues):
        return "planned", "“would” in what is reported"
    for status, where in (
        ("possible", "own"),
        ("planned", "own"),
        ("possible", "shared"),
        ("planned", "shared"),
    ):
        for cue in cues:
            place, _, word = cue.partition(":")
            if (
                place == f"{where}_aux"
                and words.has(status, "auxiliaries", word)
                and not (speech and word in ("can",))
            ):
                return _status(status), f"auxiliary “{word}”"
            if place == "own_mark" and words.has(status, "marks", word):
                return _status(status), f"“{word}”"
    return _governed_status(candidate, cues, words)


def _governed_status(candidate: Candidate, cues: tuple[str, ...], words: StatusWords) -> tuple[Status, str]:
    infinitive = bool({"own_aux:to", "own_tag:VBG"} & set(cues)) or candidate.word.pos_ not in ("VERB", "AUX")
    for cue in cues:
        place, _, rest = cue.partition(":")
        if cue in _FORMS and (cue != "put_off" or _can_wait(candidate)):
            return "planned", _FORMS[cue]
        if place.startswith(("governor0", "governor1")) and "beside" not in cues:
            found = _under(rest, infinitive, words)
            if found is not None:
                if found[0] == "denied":
                    if not {"above_neg", "beyond_above_neg"}.intersection(cues):
                        return found
                else:
                    negated = found[0] == "planned" and _is_negated(cue, cues)
                    return ("denied", "negated") if negated else found
        for status in ("planned", "possible"):
            if place == "modifier" and words.has(status, "modifiers", rest):
                return _status(status), f"“{rest}”"
            if place == "governor_noun" and words.has(status, "nouns", rest):
                denied = status == "planned" and "above_det:no" in cues
                return ("denied", f"no “{rest}”") if denied else (_status(status), f"under “{rest}”")
            if place == "carrier" and words.has(status, "carriers", rest):
                return _status(status), f"under “{rest}”"
            if place in ("predicate", "acl") and words.has(status, "predicates", rest):
                return _status(status), f"“{rest}”"
    return "actual", "stated as fact"


def _can_wait(candidate: Candidate) -> bool:
    """True for an act that is still to come where it is put off; a delayed delivery is a block, itself an act."""
    return candidate.kind not in SPEECH_KINDS and candidate.kind not in ("arms_transfer", "agreement")


def _is_negated(governor: str, cues: tuple[str, ...]) -> bool:
    """True where the governing verb of a cue has a negation of its own."""
    for cue in cues[cues.index(governor) + 1 :]:
        if cue.startswith(("governor", "beyond_")):
            return False
        if cue == "above_neg":
            return True
    return False


def _under(rest: str, infinitive: bool, words: StatusWords) -> tuple[Status, str] | None:
    """The status that a governing verb gives, if any."""
    relation, _, verb = rest.partition(":")
    fits = relation == "ccomp" or (infinitive and relation in ("xcomp", "other", "acl"))
    fits = fits or (infinitive and relation == "advcl" and words.has("planned", "predicates", verb))
    if not fits or (relation == "other" and verb == "fail"):
        return None
    known = ("denied",) if verb in speech_words().plain else ("denied", "possible", "planned")
    listed = (s for s in known if words.has(s, "governors", verb))
    status = next(listed, None)
    return None if status is None else (_status(status), f"under “{verb}”")


def _status(name: str) -> Status:
    match name:
        case "planned" | "possible" | "denied":
            return name
    return "actual"
