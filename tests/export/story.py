"""Documents of our own, coded by hand, linked by the real linker and judged: some of their text is hostile."""

from datetime import date
from typing import Any

from communique.archive import Archive, Coded, Signature, writing
from communique.linking.judgements import anchor, judgement
from communique.reading.duplicates import fingerprint
from communique.records import (
    Actor,
    Claim,
    Coding,
    Document,
    Evidence,
    Interval,
    Materiel,
    Person,
    Place,
    Published,
    Statement,
    sha256,
)
from communique.relinking import link_waiting, rebuild_lives

HOSTILE = (
    '=HYPERLINK("x")\t<b>&amp;]]>\x0b\x1b[31m \u202eevil\u202c;,\\ {\\input{x}} '
    "100% #1 _a_ ^~$\r\nBEGIN:VEVENT\nשלום"
)
"""Formula, markup, controls, turned writing, escapes of iCalendar and TeX, and line breaks."""

TEXTS = {
    "visit": "Minister in Tehran\n\nDefence Minister Vigen Sargsyan left for Iran on Monday. "
    'He will see the S-300. "We want calm," he said.',
    "visit-again": "Sargsyan ends visit\n\nVigen Sargsyan, the Armenian defence minister, visited Iran on Monday.",
    "order": "Jets sold\n\nFrance and India signed a contract for 36 Rafale jets worth 8 billion dollars.",
    "handover": "First Rafale handed over\n\nFrance delivered 5 Rafale jets to India, the embassy says.",
    "drill": "Drill due\n\nRussia, India and China will hold the exercise Sheaf in May 2018.",
    "no-talks": "Nothing to talk about\n\nMoscow denied that S-400 talks with Iran are being held. It may meet Turkey.",
    "post": "New minister\n\nArmenia named a new defence minister.",
    "hostile": f"{HOSTILE}\n\nNorth attacks {HOSTILE} today.",
}


def days(first: str, last: str | None = None) -> Interval:
    return Interval(start=date.fromisoformat(first), end=date.fromisoformat(last or first))


def claim(doc_id: str, kind: str, words: str, actors: list[Actor], **values: Any) -> Claim:
    text = TEXTS[doc_id]
    start = text.index(words)
    passage = Evidence(start=start, end=start + len(words), text=words)
    id_ = "c" + sha256(f"{doc_id} {kind} {words}")[:8]
    fixed = {"id": id_, "doc_id": doc_id, "kind": kind, "actors": actors, "evidence": [passage]}
    return Claim.model_validate({"status": "actual", "confidence": 0.8} | fixed | values)


def who(role: str, code: str, person: str | None = None, office: str | None = None) -> Actor:
    return Actor.model_validate({"role": role, "code": code, "person": person, "office": office})


def claims() -> dict[str, list[Claim]]:
    sargsyan = who("source", "ARM", "Vigen Sargsyan", "defence minister")
    monday, iran = days("2017-01-30"), Place(name="Iran", country="IRN")
    rafales, five = Materiel(name="Rafale", quantity=36, value_usd=8e9), Materiel(name="Rafale", quantity=5)
    sides = [who("source", "FRA"), who("target", "IND")]
    three = [who("participant", code) for code in ("RUS", "IND", "CHN")]
    bad = who("source", "PRK", HOSTILE, HOSTILE)
    return {
        "visit": [
            claim(
                "visit",
                "visit",
                "Defence Minister Vigen Sargsyan left for Iran on Monday.",
                [sargsyan, who("target", "IRN")],
                date=monday,
                place=iran,
                confidence=0.9,
            ),
            claim(
                "visit",
                "meeting",
                "He will see the S-300.",
                [who("participant", "ARM"), who("participant", "IRN")],
                status="planned",
                attribution="Vigen Sargsyan",
                attribution_chain=("Vigen Sargsyan", "Armenpress"),
            ),
        ],
        "visit-again": [
            claim(
                "visit-again",
                "visit",
                "Vigen Sargsyan, the Armenian defence minister, visited Iran on Monday.",
                [sargsyan, who("target", "IRN")],
                date=monday,
                place=iran,
            )
        ],
        "order": [
            claim(
                "order",
                "arms_transfer",
                "signed a contract for 36 Rafale jets",
                sides,
                stage="contract",
                materiel=[rafales],
                date=days("2016-09-23"),
            )
        ],
        "handover": [
            claim(
                "handover",
                "arms_transfer",
                "delivered 5 Rafale jets to India",
                sides,
                stage="delivery",
                materiel=[five],
                date=days("2020-07-01", "2020-07-31"),
            )
        ],
        "drill": [
            claim(
                "drill",
                "exercise",
                "will hold the exercise Sheaf in May 2018",
                three,
                status="planned",
                instrument="Sheaf",
                date=days("2018-05-01", "2018-05-31"),
            )
        ],
        "no-talks": [
            claim(
                "no-talks",
                "arms_transfer",
                "denied that S-400 talks with Iran are being held",
                [who("source", "RUS"), who("target", "IRN")],
                stage="negotiation",
                status="denied",
                materiel=[Materiel(name="S-400")],
            ),
            claim(
                "no-talks",
                "meeting",
                "It may meet Turkey.",
                [who("participant", "RUS"), who("participant", "TUR")],
                status="possible",
            ),
        ],
        "post": [
            claim(
                "post",
                "appointment",
                "Armenia named a new defence minister.",
                [who("source", "ARM", None, "defence minister")],
            )
        ],
        "hostile": [
            claim(
                "hostile",
                "assault",
                f"North attacks {HOSTILE} today.",
                [bad, who("target", "XMEN")],
                place=Place(name=HOSTILE),
                instrument=HOSTILE,
                materiel=[Materiel(name=HOSTILE, quantity=3)],
                date=days("2018-06-02"),
                confidence=0.5,
            ),
            claim(
                "hostile",
                "exercise",
                "North attacks",
                [bad],
                date=days("2018-06-02", "2018-06-05"),
                place=Place(name=HOSTILE),
                instrument=HOSTILE,
            ),
            claim(
                "hostile", "protest", "today.", [who("target", "PRK")], date=days("2018-01-01", "2018-12-31")
            ),
        ],
    }


PUBLISHED = {
    "visit": days("2017-01-30"),
    "visit-again": days("2017-02-01"),
    "order": days("2016-09-23"),
    "handover": days("2020-08-02"),
    "drill": days("2018-03-01", "2018-03-31"),
    "no-talks": days("2019-01-01", "2019-12-31"),
    "hostile": days("2018-06-03"),
}


def coded(doc_id: str, found: list[Claim]) -> Coded:
    text = TEXTS[doc_id]
    interval = PUBLISHED.get(doc_id)
    document = Document(
        id=doc_id if doc_id != "hostile" else HOSTILE,
        text=text,
        title=None if doc_id == "post" else HOSTILE if doc_id == "hostile" else text.partition("\n")[0],
        outlet=HOSTILE if doc_id == "hostile" else "The Wire",
        published=Published(interval=interval, found="given" if interval else "unknown"),
        url=f'https://example.org/"{HOSTILE}'
        if doc_id == "hostile"
        else f"https://example.org/{doc_id}?a=1&b=2",
        origin=f"pages/{doc_id}.txt",
        raw_sha256=sha256(text + "raw"),
        text_sha256=sha256(text),
    )
    parts: dict[str, Any] = {}
    if doc_id == "visit":
        start = text.index("We want calm,")
        said = {"text": "We want calm,", "speaker": "Vigen Sargsyan", "code": "ARM"}
        place = {"doc_id": doc_id, "start": start, "end": start + 13, "direct": True}
        parts["statements"] = (Statement.model_validate(said | place),)
    if doc_id in ("visit", "visit-again"):
        name = {"doc_id": doc_id, "name": "Vigen Sargsyan", "office": "defence minister", "code": "ARM"}
        parts["people"] = (Person.model_validate(name),)
    if doc_id == "hostile":
        found = [one.model_copy(update={"doc_id": HOSTILE}) for one in found]
        parts["people"] = (Person(doc_id=HOSTILE, name=HOSTILE, office=None, code=None),)
    print_ = fingerprint(text)
    return Coded(
        document=document,
        coding=Coding(doc_id=document.id, claims=tuple(found), **parts),
        page_key=f"key of {doc_id}",
        fingerprint=Signature(bands=print_.bands, signature=print_.signature),
    )


def fill(archive: Archive, order: list[str]) -> None:
    with archive.writing() as connection:
        run = writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
        for doc_id in order:
            writing.keep(connection, coded(doc_id, claims()[doc_id]), run=run, coder="x")
        link_waiting(connection)
        writing.end_run(connection, run, "finished")
    protest = claims()["hostile"][2].model_copy(update={"doc_id": HOSTILE})
    named = claims()["visit"][0]
    wrong = judgement("wrong", anchor(protest, sha256(TEXTS["hostile"])), who="A", why="no protest")
    place = '{"name": "Tehran", "country": "IRN"}'
    better = judgement(
        "corrected", anchor(named, sha256(TEXTS["visit"])), who="A", why="the title", about=("place", place)
    )
    archive.judge(wrong, better)
    rebuild_lives(archive)
