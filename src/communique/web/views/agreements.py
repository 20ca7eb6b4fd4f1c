"""Treaties and accords: the list, and one from negotiation to its end."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from communique.archive import Archive, followed
from communique.archive.followed import AgreementFilter
from communique.linking.records import Agreement, Contradiction
from communique.records import AGREEMENT_STAGES, Stage
from communique.web.asking import Code, Words
from communique.web.lives import STEP_COLUMNS, LifeRow, Station, StepShown, stations, step_cells, steps
from communique.web.names import names
from communique.web.page import Asked, Missing, Page, Paged, Portion, Row, Shown, Table


class AgreementsAsked(Paged):
    """Which agreements."""

    party: Code | None = Field(None, description="Of this party, by code or name.")
    name: Words | None = Field(None, description="Whose name holds these words.")
    state: Stage | None = Field(None, description="Standing at this stage.")

    def wanted(self) -> AgreementFilter:
        """The filter that the archive understands."""
        return AgreementFilter(**self.model_dump(exclude={"page", "size"}))


class AgreementRow(LifeRow):
    """An agreement in a list, with where it stands and since when."""

    agreement: Agreement


class Agreements(Shown):
    """A portion of the agreements, those that moved last first, and the stages at which they stand."""

    filter: str
    portion: Portion
    agreements: tuple[AgreementRow, ...]
    states: tuple[tuple[str, int], ...]


def agreements(archive: Archive, asked: AgreementsAsked) -> Agreements:
    """The agreements that were asked for."""
    wanted = asked.wanted()
    states = followed.agreement_states(archive, wanted.model_copy(update={"state": None}))
    total = states.get(asked.state, 0) if asked.state else sum(states.values())
    portion = followed.agreements(archive, wanted, (asked.size, asked.offset))
    return Agreements(
        filter=_in_words(asked),
        portion=Portion.of(total, asked),
        agreements=tuple(AgreementRow(agreement=a, **LifeRow.parts(a)) for a in portion),
        states=tuple((stage, states[stage]) for stage in AGREEMENT_STAGES if stage in states),
    )


def agreement_rows(archive: Archive, asked: AgreementsAsked) -> Iterator[Row]:
    """All agreements that were asked for, one row each."""
    for a in followed.agreements(archive, asked.wanted()):
        since = LifeRow.parts(a)["since"]
        yield (
            a.id,
            "; ".join(a.parties),
            a.instrument,
            a.state,
            a.state_status,
            since,
            len(a.steps),
            "; ".join(a.questions),
        )


def _in_words(asked: AgreementsAsked) -> str:
    words = ["All agreements"]
    words += [f"of {names().of(asked.party)}"] if asked.party else []
    words += [f"named “{asked.name}”"] if asked.name else []
    words += [f"that stand at {asked.state.replace('_', ' ')}"] if asked.state else []
    return " ".join(words) + "."


class AgreementShown(Shown):
    """One agreement: the stations of its life, its steps with their sentences, what is open and at odds."""

    agreement: Agreement
    title: str
    stations: tuple[Station, ...]
    steps: tuple[StepShown, ...]
    contradictions: tuple[Contradiction, ...]


def agreement(archive: Archive, asked: Asked, *, id: str) -> AgreementShown:
    """The agreement of that id."""
    found = archive.agreement(id)
    if found is None:
        raise Missing(
            f"There is no agreement {id}. Ids of agreements change where the events behind them do."
        )
    events = dict.fromkeys(step.event for step in found.steps)
    return AgreementShown(
        agreement=found,
        title=found.instrument or "An agreement without a name",
        stations=tuple(stations(found, AGREEMENT_STAGES)),
        steps=tuple(steps(archive, found)),
        contradictions=tuple(c for event in events for c in archive.contradictions(event)),
    )


def steps_of(archive: Archive, asked: Asked, *, id: str) -> Iterator[Row]:
    """One row a step."""
    return step_cells(agreement(archive, asked, id=id).steps)


PAGES = (
    Page(
        name="agreements",
        path="/agreements",
        title="Agreements",
        about="Treaties and accords followed from negotiation to their end.",
        template="agreements.html",
        data=agreements,
        gives=Agreements,
        asked=AgreementsAsked,
        table=Table(
            ("agreement", "parties", "name", "state", "status", "since", "steps", "questions"), agreement_rows
        ),
        place="agreements",
    ),
    Page(
        name="agreement",
        path="/agreements/{id}",
        title="Agreement",
        about="One treaty or accord: its life with the words behind each step.",
        template="agreement.html",
        data=agreement,
        gives=AgreementShown,
        table=Table(STEP_COLUMNS, steps_of),
        place="agreements",
    ),
)
