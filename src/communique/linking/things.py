"""The materiel of an event."""

from __future__ import annotations

from collections.abc import Sequence

from communique.linking.records import Choice, Told
from communique.linking.voting import Ballot, Vote, decide
from communique.linking.words import stems
from communique.records import Materiel

Items = tuple[Materiel, ...]


def _item(item: Materiel) -> str:
    parts = [f"{item.quantity} " if item.quantity is not None else "", item.name]
    worth = f" (${item.value_usd:,.0f})" if item.value_usd is not None else ""
    return "".join(parts) + worth


def _text(items: Items) -> str:
    return ", ".join(_item(item) for item in items)


def _names(items: Items) -> frozenset[str]:
    return frozenset(stem for item in items for stem in stems(item.name))


def _backs(x: Items, y: Items) -> float:
    if x == y:
        return 1.0
    quantities = ({i.quantity for i in items if i.quantity is not None} for items in (x, y))
    mine, theirs = quantities
    clash = bool(mine) and bool(theirs) and not mine & theirs
    return 0.5 if _names(x) & _names(y) and not clash else 0.0


def _fullness(items: Items) -> float:
    """How much is told: designations (names with a digit or a capital) above nouns, with quantity and value."""
    told = sum((i.quantity is not None) + (i.value_usd is not None) for i in items)
    return sum(2.0 * (i.name != i.name.lower() or any(c.isdigit() for c in i.name)) for i in items) + told


_MATERIEL = Ballot[Items]("materiel", _text, _backs, _fullness)


def consolidated_materiel(claims: Sequence[Told], status: str) -> tuple[Items, Choice | None]:
    """The equipment of an event: that of the claim which most others back, the fuller first."""
    votes = [Vote(one, one.claim.materiel) for one in claims if one.claim.materiel]
    return decide(_MATERIEL, votes, status) if votes else ((), None)
