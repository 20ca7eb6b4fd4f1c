"""Deals in arms: the list, and one from interest to delivery."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from communique.archive import Archive, followed
from communique.archive.followed import DealFilter
from communique.export.register import cells_of, is_listed
from communique.linking.records import Contradiction, Deal
from communique.records import TRANSFER_STAGES, Stage
from communique.web.asking import Code, Words
from communique.web.lives import STEP_COLUMNS, LifeRow, Station, StepShown, stations, step_cells, steps
from communique.web.names import names
from communique.web.page import Asked, Missing, Page, Paged, Portion, Row, Shown, Table
from communique.web.plain import listed


class DealsAsked(Paged):
    """Which deals."""

    supplier: Code | None = Field(None, description="Supplied by this code or name.")
    recipient: Code | None = Field(None, description="Supplied to this code or name.")
    materiel: Words | None = Field(None, description="Of equipment whose name holds these words.")
    state: Stage | None = Field(None, description="Standing at this stage.")

    def wanted(self) -> DealFilter:
        """The filter that the archive understands."""
        return DealFilter(**self.model_dump(exclude={"page", "size"}))


class DealRow(LifeRow):
    """A deal in a list, with where it stands and since when."""

    deal: Deal


class Deals(Shown):
    """A portion of the deals, those that moved last first, and the stages at which they stand."""

    filter: str
    portion: Portion
    deals: tuple[DealRow, ...]
    states: tuple[tuple[str, int], ...]


def deals(archive: Archive, asked: DealsAsked) -> Deals:
    """The deals that were asked for."""
    wanted = asked.wanted()
    states = followed.deal_states(archive, wanted.model_copy(update={"state": None}))
    total = states.get(asked.state, 0) if asked.state else sum(states.values())
    return Deals(
        filter=_in_words(asked),
        portion=Portion.of(total, asked),
        deals=tuple(
            DealRow(deal=d, **LifeRow.parts(d))
            for d in followed.deals(archive, wanted, (asked.size, asked.offset))
        ),
        states=tuple((stage, states[stage]) for stage in TRANSFER_STAGES if stage in states),
    )


def deal_rows(archive: Archive, asked: DealsAsked) -> Iterator[Row]:
    """All deals that were asked for, one row each."""
    for d in followed.deals(archive, asked.wanted()):
        row = LifeRow.parts(d)
        yield (
            d.id, "; ".join(d.suppliers), "; ".join(d.recipients), d.materiel, d.quantity, d.quantity_delivered,
            d.value_usd, d.state, d.state_status, row["since"], "; ".join(d.blockers), len(d.steps),
            "; ".join(d.questions),
        )  # fmt: skip


def _in_words(asked: DealsAsked) -> str:
    words = ["All deals"]
    words += [f"over {asked.materiel}"] if asked.materiel else []
    words += [f"supplied by {names().of(asked.supplier)}"] if asked.supplier else []
    words += [f"supplied to {names().of(asked.recipient)}"] if asked.recipient else []
    words += [f"that stand at {asked.state.replace('_', ' ')}"] if asked.state else []
    return " ".join(words) + "."


class DealShown(Shown):
    """One deal: the stations of its life, its steps with their sentences, its row in SIPRI's manner, what is open."""

    deal: Deal
    title: str
    stations: tuple[Station, ...]
    steps: tuple[StepShown, ...]
    register_row: dict[str, str]
    in_register: bool
    contradictions: tuple[Contradiction, ...]


def deal(archive: Archive, asked: Asked, *, id: str) -> DealShown:
    """The deal of that id."""
    found = archive.deal(id)
    if found is None:
        raise Missing(f"There is no deal {id}. Ids of deals change where the events behind them do.")
    return DealShown(
        deal=found,
        title=_title(found),
        stations=tuple(stations(found, TRANSFER_STAGES)),
        steps=tuple(steps(archive, found)),
        register_row=cells_of(found),
        in_register=is_listed(found),
        contradictions=tuple(_at_odds(archive, found)),
    )


def _title(deal: Deal) -> str:
    """ "Mistral: France to Russia"."""
    sides = (listed(map(names().of, codes)) or "unnamed" for codes in (deal.suppliers, deal.recipients))
    return f"{deal.materiel or 'Equipment not named'}: {' to '.join(sides)}"


def _at_odds(archive: Archive, deal: Deal) -> Iterator[Contradiction]:
    for event in dict.fromkeys(step.event for step in deal.steps):
        yield from archive.contradictions(event)


def steps_of(archive: Archive, asked: Asked, *, id: str) -> Iterator[Row]:
    """One row a step."""
    return step_cells(deal(archive, asked, id=id).steps)


PAGES = (
    Page(
        name="deals",
        path="/deals",
        title="Deals",
        about="Arms transfers followed from interest to delivery.",
        template="deals.html",
        data=deals,
        gives=Deals,
        asked=DealsAsked,
        table=Table(
            ("deal", "suppliers", "recipients", "materiel", "ordered", "delivered", "value_usd", "state", "status",
             "since", "blockers", "steps", "questions"),
            deal_rows,
        ),
        place="deals",
    ),
    Page(
        name="deal",
        path="/deals/{id}",
        title="Deal",
        about="One deal: its life with the words behind each step, and its row in SIPRI's manner.",
        template="deal.html",
        data=deal,
        gives=DealShown,
        table=Table(STEP_COLUMNS, steps_of),
        place="deals",
    ),
)  # fmt: skip
