"""Coded documents of the shipped sample, and what linking makes of an archive of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text

from communique.archive import Archive, Coded, writing
from communique.archive.duplicates import mark_duplicate
from communique.reading.duplicates import NEAR
from communique.relinking import likeness_of, link_waiting

TABLES = {
    "events": (
        "SELECT id, kind, status, stage, date_from, date_to, place_name, place_country, instrument, confidence, "
        "independent, documents, told_from FROM events"
    ),
    "actors": (
        "SELECT e.id, a.ord, a.role, a.code, a.person, a.office FROM event_actors a JOIN events e ON e.seq = a.event"
    ),
    "materiel": (
        "SELECT e.id, m.ord, m.name, m.quantity, m.value_usd FROM event_materiel m JOIN events e ON e.seq = m.event"
    ),
    "outlets": "SELECT e.id, o.outlet FROM event_outlets o JOIN events e ON e.seq = o.event",
    "claims": (
        "SELECT e.id, d.id, c.id FROM event_claims h JOIN events e ON e.seq = h.event "
        "JOIN claims c ON c.seq = h.claim JOIN documents d ON d.seq = c.doc"
    ),
    "links": (
        "SELECT a.id, b.id, l.score, l.reasons FROM links l JOIN claims a ON a.seq = l.a JOIN claims b ON b.seq = l.b"
    ),
    "blocks": "SELECT b.key, c.id FROM blocks b JOIN claims c ON c.seq = b.claim",
    "families": "SELECT d.id, f.family FROM families f JOIN documents d ON d.seq = f.doc",
    "deals": "SELECT place, body FROM deals",
    "agreements": "SELECT place, body FROM agreements",
    "contradictions": "SELECT place, ground, body FROM contradictions",
    "grounds": (
        "SELECT g.key, d.id, c.id, e.id, g.first, g.last, g.ground FROM grounds g JOIN claims c ON c.seq = g.claim "
        "JOIN documents d ON d.seq = c.doc JOIN events e ON e.seq = g.event"
    ),
    "ties": "SELECT t.key, e.id, t.part FROM ties t JOIN events e ON e.seq = t.event",
    "changed": (
        "SELECT event FROM life_waiting UNION SELECT id FROM life_gone UNION SELECT key FROM touched_keys "
        "UNION SELECT key FROM touched_ties"
    ),
    "waiting": "SELECT doc FROM unlinked UNION SELECT claim FROM unsettled",
}

Dump = dict[str, list[str]]


def dump(archive: Archive) -> Dump:
    """All that linking made, without the numbers of rows, which go by the order of arrival."""
    with archive.reading() as connection:
        return {name: sorted(map(repr, connection.execute(text(query)))) for name, query in TABLES.items()}


def keep(archive: Archive, documents: Iterable[Coded], *, run: int = 1) -> None:
    """Keep documents in one transaction and link them, as a run does with a group."""
    with archive.writing() as connection:
        for coded in documents:
            writing.keep(connection, coded, run=run, coder="x")
            print_ = coded.fingerprint
            mark_duplicate(connection, coded.document.id, print_, likeness=likeness_of, near=NEAR)
        link_waiting(connection)


def in_portions(documents: Sequence[Coded], size: int) -> list[Sequence[Coded]]:
    """The documents, so many at a time."""
    return [documents[at : at + size] for at in range(0, len(documents), size)]


def begin(archive: Archive) -> None:
    """A run to keep documents in."""
    with archive.writing() as connection:
        writing.begin_run(connection, version="1", coder="x", settings={}, inputs=[])
