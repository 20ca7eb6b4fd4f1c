"""The coder as a whole, on texts of our own, with the shipped tables and models."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest

from communique.coding.coder import Coder
from communique.coding.merge import dates_agree
from communique.coding.parse import Parse
from communique.records import Claim, Coding, Document, Interval, Published, sha256

CALL = (
    "Defence Ministers of Georgia and Romania Hold Phone Call\n\n"
    "Georgian Defence Minister Irakli Chikovani and Romanian Defence Minister Angel Tilvar held a phone call on "
    "12 March 2024 to discuss security in the Black Sea region, the ministry in Tbilisi said.\n\n"
    "The two ministers spoke about the exercise that their forces will hold in Vaziani in June. "
    "“Romania remains a close partner of Georgia,” Tilvar said."
)
ARMS = (
    "Russia has not delivered S-400 systems to Iran, ministry says\n\n"
    "Russia delivered two battalions of S-300 missiles to Iran in 2016. Moscow has denied that it will sell "
    "S-400 systems to Tehran. In May 2019 Washington imposed new sanctions on Iran."
)


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


def document(name: str, text: str, day: str | None = "2024-03-13") -> Document:
    interval = Interval(start=date.fromisoformat(day), end=date.fromisoformat(day)) if day else None
    return Document(
        id=name,
        text=text,
        title=text.split("\n")[0],
        published=Published(interval=interval, found="given" if day else "unknown"),
        origin="-",
        raw_sha256=sha256(text),
        text_sha256=sha256(text),
    )


def code(*documents: Document) -> list[Coding]:
    return list(coder().code(documents))


def only(claims: tuple[Claim, ...], kind: str) -> Claim:
    found = [c for c in claims if c.kind == kind]
    assert len(found) == 1, [(c.kind, c.evidence[0].text) for c in claims]
    return found[0]


def test_a_call_is_one_record_with_both_parties_date_and_people() -> None:
    (coding,) = code(document("a", CALL))
    call = only(coding.claims, "call")
    assert {(a.role, a.code, a.person) for a in call.actors} == {
        ("participant", "GEO", "Irakli Chikovani"),
        ("participant", "ROU", "Angel Tilvar"),
    }
    assert call.status == "actual"
    assert call.date == Interval(start=date(2024, 3, 12), end=date(2024, 3, 12))
    assert {(p.name, p.office, p.code) for p in coding.people} == {
        ("Irakli Chikovani", "defence minister", "GEO"),
        ("Angel Tilvar", "defence minister", "ROU"),
    }
    assert [(s.text, s.speaker, s.code) for s in coding.statements if s.direct] == [
        ("Romania remains a close partner of Georgia,", "Angel Tilvar", "ROU")
    ]


def test_a_sanction_has_its_own_date_and_sides() -> None:
    (coding,) = code(document("a", ARMS))
    sanction = only(coding.claims, "sanction")
    assert {(a.role, a.code) for a in sanction.actors} == {("source", "USA"), ("target", "IRN")}
    assert sanction.date == Interval(start=date(2019, 5, 1), end=date(2019, 5, 31))


def test_a_delivery_has_supplier_recipient_and_equipment() -> None:
    (coding,) = code(document("a", ARMS))
    told = [c for c in coding.claims if c.kind == "arms_transfer" and c.date and c.date.start.year == 2016]
    assert len(told) == 1
    assert {(a.role, a.code) for a in told[0].actors} == {("source", "RUS"), ("target", "IRN")}
    assert (told[0].stage, [m.name for m in told[0].materiel]) == ("delivery", ["S-300"])
    (named,) = {(d.start, d.end) for d in told[0].derivations if d.field == "materiel"}
    assert ARMS[named[0] : named[1]] == "S-300"


def test_evidence_and_derivations_lie_in_the_text() -> None:
    for text in (CALL, ARMS):
        (coding,) = code(document("a", text))
        assert coding.claims
        for claim in coding.claims:
            assert claim.evidence == tuple(sorted(claim.evidence, key=lambda e: e.start))
            assert all(text[e.start : e.end] == e.text for e in claim.evidence)
            assert {d.field for d in claim.derivations} >= {
                "kind",
                "actors",
                "status",
                "date",
                "place",
                "attribution",
            }
            for derivation in claim.derivations:
                assert derivation.reason
                if derivation.start is not None and derivation.end is not None:
                    assert 0 <= derivation.start < derivation.end <= len(text)
            assert coder().keep <= claim.confidence <= 1


def test_what_comes_before_a_document_does_not_change_it() -> None:
    alone = code(document("b", ARMS))
    after = code(document("a", CALL), document("b", ARMS), document("c", CALL))
    assert after[1] == alone[0]
    assert after[0].claims != after[2].claims  # ids hang on the document
    assert len({c.id for coding in after for c in coding.claims}) == sum(
        len(coding.claims) for coding in after
    )


def test_the_same_event_told_twice_is_one_record() -> None:
    text = (
        "Egypt and Sudan sign border accord\n\n"
        "Egypt and Sudan signed a border agreement in Cairo on Sunday. "
        "The agreement between Egypt and Sudan was signed by the two foreign ministers."
    )
    (coding,) = code(document("a", text, "2021-03-08"))
    signing = [c for c in coding.claims if c.kind == "agreement" and c.stage == "signing"]
    assert len(signing) == 1
    assert len(signing[0].evidence) >= 2


def test_a_document_kept_aside_gives_nothing() -> None:
    aside = document("a", CALL).model_copy(update={"aside": "language: fr"})
    assert code(aside) == [Coding(doc_id="a")]


def test_an_undated_document_is_bounded_by_its_facts() -> None:
    (coding,) = code(
        document("a", "Defence Minister Lloyd Austin met Rustem Umerov, Ukraine's defence minister.", None)
    )
    assert coding.published is not None and coding.published.found == "inferred"
    assert coding.published.interval is not None
    assert date(2023, 9, 1) <= coding.published.interval.start
    assert coding.published.interval.end <= date(2025, 3, 6)  # a term's end and the weeks of the succession


@pytest.mark.parametrize(
    "text", ["", "\n\n", "?", "A" * 3000, "“" * 400, "Iran " * 800, "and, " * 900, "\u202eIran\u0000"]
)
def test_odd_text_is_coded_without_complaint(text: str) -> None:
    (coding,) = code(document("odd", text))
    assert coding.doc_id == "odd"


def test_the_rules_alone_find_the_call() -> None:
    claims = next(Coder(learned=False).code([document("a", CALL)])).claims
    assert "call" in {c.kind for c in claims}


def test_the_fingerprint_tells_the_rules_from_the_judge() -> None:
    assert coder().fingerprint == Coder().fingerprint
    assert coder().fingerprint != Coder(learned=False).fingerprint


def test_dates_agree_where_one_is_unknown_or_they_share_a_day() -> None:
    march = Interval(start=date(2020, 3, 1), end=date(2020, 3, 31))
    april = Interval(start=date(2020, 4, 1), end=date(2020, 4, 30))
    assert dates_agree(None, march) and dates_agree(march, march)
    assert not dates_agree(march, april)


def test_an_office_that_somebody_else_held_is_shown_and_lowers_confidence() -> None:
    told = (
        "Defence Minister {} of France met his German counterpart Boris Pistorius in Paris on 12 March 2024."
    )
    right = only(code(document("a", told.format("Sébastien Lecornu")))[0].claims, "meeting")
    wrong = only(code(document("a", told.format("Albert Bergeron")))[0].claims, "meeting")
    assert "office" not in {d.field for d in right.derivations}
    (clash,) = (d for d in wrong.derivations if d.field == "office")
    assert "Lecornu" in clash.reason
    assert wrong.confidence < right.confidence


def test_denials_are_kept_from_a_lower_threshold(parse_text: Callable[..., Parse]) -> None:
    text = "Chile's minister visited Peru on Monday.\n\nKenya denied reports that it had sold ten tanks to Chad in May."
    coder = Coder()
    coder.keep, coder.keep_denied = 1.0, 0.0
    coding = next(coder.code([parse_text(text, day="2021-03-03").document]))
    assert {c.status for c in coding.claims} == {"denied"}
