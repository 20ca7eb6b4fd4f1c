"""Keeps what hangs on claims in step with them: families of copies, events, and what is followed over time.

A run links each group of documents in the transaction that keeps them; deals, agreements and contradictions
are brought in step once at its end. `relink` makes all of it anew and gives the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from communique.archive import Archive, Signature, grounds, linking, lives, regrouping
from communique.archive.families import join_families
from communique.knowledge.sheets import KeptOverlay
from communique.linking import tables
from communique.reading.duplicates import NEAR, Fingerprint, likeness
from communique.records import Record

_PARTS: Final = ("communique.linking", "communique.knowledge")
_TRIES: Final = 3
"""How often deals and the like are made beside the archive before others have to wait."""


class Relinked(Record):
    """What came of linking: how many events were made, and how many there are of each sort now."""

    made: int
    events: int
    deals: int
    agreements: int
    contradictions: int


def link_waiting(connection: Connection) -> int:
    """Link the documents that wait for it (as part of the transaction that kept them); gives the events made."""
    join_families(connection, likeness=likeness_of, near=NEAR)
    return linking.link(connection)


def catch_up(archive: Archive, overlay: Path | None = None) -> None:
    """Link what an earlier program left: claims without links, or linked by other rules or tables than these.

    `overlay` is a user's folder of tables, None for the shipped ones alone.
    """
    kept = tables.read(overlay)
    with archive.writing() as connection:
        if lives.noted(connection, "linker") != linker_fingerprint(kept):
            _begin_anew(connection, kept)
        link_waiting(connection)


def relink(archive: Archive, overlay: Path | None = None) -> Relinked:
    """Link everything anew, in one transaction: readers see the events of before until it is done.

    By the tables in `overlay` over the shipped ones; without it by those that the archive was linked by.
    """
    own = tables.read(overlay)
    with archive.writing() as connection:
        _begin_anew(connection, own if overlay else lives.overlay(connection))
        made = link_waiting(connection)
        _keep(connection, _make(connection, lives.changed(connection)))
    found = archive.overview()
    return Relinked(
        made=made,
        events=found.events,
        deals=found.deals,
        agreements=found.agreements,
        contradictions=found.contradictions,
    )


def _begin_anew(connection: Connection, overlay: KeptOverlay | None) -> None:
    """Forget all links, and note the rules and tables by which they are to be made."""
    linking.forget(connection)
    lives.note(connection, "overlay", tables.as_text(overlay))
    lives.note(connection, "linker", linker_fingerprint(overlay))


@dataclass(frozen=True, slots=True)
class _Made:
    """Deals, agreements and contradictions of what has changed."""

    regrouped: regrouping.Regrouped
    looked: grounds.Looked


def rebuild_lives(archive: Archive) -> None:
    """Bring deals, agreements and contradictions in step with the events of now, where they are of earlier ones.

    They are made beside the archive and written, as far as they differ, in one short transaction. Where events
    changed meanwhile it begins again; the last time it keeps others from writing.
    """
    for _ in range(_TRIES):
        with archive.reading() as connection:
            if lives.fresh(connection):
                return
            changed = lives.changed(connection)
            made = _make(connection, changed)
        with archive.writing() as connection:
            if lives.changed(connection) == changed:
                _keep(connection, made)
                return
    with archive.writing() as connection:
        _keep(connection, _make(connection, lives.changed(connection)))


def _make(connection: Connection, changed: lives.Changed) -> _Made:
    """Each of the two reads its claims for itself, so that not all are in memory longer than one needs them."""
    with lives.own_tables(connection):
        return _Made(regrouping.regroup(connection, changed), grounds.look_again(connection, changed))


def _keep(connection: Connection, made: _Made) -> None:
    """Write what differs from what is kept, and note that all is of the events of now."""
    regrouping.keep_regrouped(connection, made.regrouped)
    grounds.keep_looked(connection, made.looked)
    lives.mark_fresh(connection)


def likeness_of(a: Signature, b: Signature) -> float:
    """How like two stored fingerprints are, 0 to 1."""
    one, other = (Fingerprint(bands=s.bands, signature=s.signature) for s in (a, b))
    return likeness(one, other)


def linked_as_now(archive: Archive) -> bool:
    """True where the archive's links were made by the rules of this program (and the tables it keeps)."""
    with archive.reading() as connection:
        return lives.noted(connection, "linker") == linker_fingerprint(lives.overlay(connection))


@cache
def linker_fingerprint(overlay: KeptOverlay | None = None) -> str:
    """The version of everything that links hang on: the rules and tables of linking and of knowledge."""
    digest = hashlib.sha256()
    for part in _PARTS:
        _add(digest, resources.files(part), part)
    digest.update(tables.as_text(overlay).encode())
    return digest.hexdigest()[:16]


def _add(digest: hashlib._Hash, folder: Traversable, name: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml", ".csv", ".json")):
            digest.update(f"\n{name}/{entry.name}\n".encode() + entry.read_bytes())
