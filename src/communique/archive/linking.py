"""Keeps events in step with claims: what is new or changed is compared, and what it touches clustered again.

Links depend on pairs of claims alone and clusters on what hangs together by links, so the events are those of
linking everything at once, whatever came first. The cost of a document goes with the claims that share a
block key with its own and with the clusters that they touch, not with the archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from communique.archive import lives, schema
from communique.archive.judgements import resolve
from communique.archive.settling import count_up, settle
from communique.archive.told import portions, told_as_judged
from communique.linking.blocking import keys_of
from communique.linking.likeness import THRESHOLD, compare, likelihood
from communique.linking.profile import Profile, profile
from communique.linking.records import Link

_DOCUMENTS: Final = 32
"""Documents whose claims are compared at a time."""


def link(connection: Connection) -> int:
    """Link the documents that wait for it, and make the events anew that they touch; gives how many were made."""
    with lives.own_tables(connection):
        return _link_waiting(connection)


def _link_waiting(connection: Connection) -> int:
    waiting = (
        connection.execute(select(schema.unlinked.c.doc).order_by(schema.unlinked.c.doc)).scalars().all()
    )
    for at in range(0, len(waiting), _DOCUMENTS):
        _compare(connection, waiting[at : at + _DOCUMENTS])
    return settle(connection)


def forget(connection: Connection) -> None:
    """Take out all that linking made, and let all documents wait to be linked."""
    for table in (
        schema.grounds,
        schema.ties,
        schema.events,
        schema.links,
        schema.blocks,
        schema.families,
        schema.unsettled,
    ):
        connection.execute(delete(table))
    connection.execute(delete(schema.unlinked))
    connection.execute(insert(schema.unlinked).from_select(["doc"], select(schema.documents.c.seq)))
    lives.forget(connection)
    count_up(connection)


def _compare(connection: Connection, docs: Sequence[int]) -> None:
    """Give the claims of some documents their keys and links; they and their old neighbours are unsettled."""
    claims = (
        connection.execute(
            select(schema.claims.c.seq).where(schema.claims.c.doc.in_(docs)).order_by(schema.claims.c.seq)
        )
        .scalars()
        .all()
    )
    _unsettle(connection, {*claims, *_touched(connection, claims)})
    _unlink(connection, claims)
    resolve(connection, docs)
    told = {seq: profile(one) for seq, one in told_as_judged(connection, claims).items()}
    _keep_rows(
        connection, schema.blocks, [{"key": k, "claim": seq} for seq, p in told.items() for k in keys_of(p)]
    )
    _keep_rows(connection, schema.links, list(_links(connection, told)))
    connection.execute(delete(schema.unlinked).where(schema.unlinked.c.doc.in_(docs)))


def _touched(connection: Connection, claims: Sequence[int]) -> set[int]:
    """The neighbours of claims: linked with them, or of the same event."""
    table = schema.event_claims
    found = set(_neighbours(connection, claims))
    for portion in portions(claims):
        theirs = select(table.c.event).where(table.c.claim.in_(portion))
        found |= set(connection.execute(select(table.c.claim).where(table.c.event.in_(theirs))).scalars())
    return found


def _neighbours(connection: Connection, claims: Sequence[int]) -> Iterator[int]:
    a, b = schema.links.c.a, schema.links.c.b
    for portion in portions(claims):
        yield from connection.execute(select(b).where(a.in_(portion))).scalars()
        yield from connection.execute(select(a).where(b.in_(portion))).scalars()


def _unsettle(connection: Connection, claims: Iterable[int]) -> None:
    rows = [{"claim": seq} for seq in sorted(claims)]
    if rows:
        connection.execute(insert(schema.unsettled).prefix_with("OR IGNORE"), rows)


def _unlink(connection: Connection, claims: Sequence[int]) -> None:
    """Take the keys and links of claims out."""
    links, blocks = schema.links, schema.blocks
    for portion in portions(claims):
        connection.execute(delete(links).where(links.c.a.in_(portion)))
        connection.execute(delete(links).where(links.c.b.in_(portion)))
        connection.execute(delete(blocks).where(blocks.c.claim.in_(portion)))


def _keep_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _links(connection: Connection, told: dict[int, Profile]) -> Iterator[dict[str, Any]]:
    """The links of some claims with each other and with those that share a key with them."""
    meet = _candidates(connection, list(told))
    others = {other for found in meet.values() for other in found} - told.keys()
    known = told | {s: profile(one) for s, one in told_as_judged(connection, others).items()}
    for seq, found in meet.items():
        for other in found:
            if other in known and (other not in told or seq < other):
                link = _link(known[seq], known[other])
                if link is not None:
                    a, b = (seq, other) if link.a == known[seq].key else (other, seq)
                    reasons = json.dumps(link.reasons, ensure_ascii=False)
                    yield {"a": a, "b": b, "score": link.score, "reasons": reasons}


def _link(one: Profile, other: Profile) -> Link | None:
    """The link of two claims where it is strong enough to count."""
    likely = likelihood(one, other)
    return compare(one, other) if likely is not None and likely >= THRESHOLD else None


def _candidates(connection: Connection, claims: Sequence[int]) -> dict[int, list[int]]:
    """For each claim the other ones that share a block key with it, in order."""
    mine, others = schema.blocks.alias("mine"), schema.blocks.alias("others")
    query = (
        select(mine.c.claim, others.c.claim)
        .join(others, (others.c.key == mine.c.key) & (others.c.claim != mine.c.claim))
        .distinct()
    )
    found: dict[int, list[int]] = {claim: [] for claim in claims}
    for portion in portions(claims):
        for claim, other in connection.execute(query.where(mine.c.claim.in_(portion))):
            found[claim].append(other)
    return {claim: sorted(met) for claim, met in found.items()}
