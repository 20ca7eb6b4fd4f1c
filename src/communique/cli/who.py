"""`communique who`: say who held an office on a day, by the table and by what the documents say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import json_option, overlay_option
from communique.cli.terminal import print_json, print_table, safe_line

if TYPE_CHECKING:
    from communique.knowledge.occupancies import Occupancy
    from communique.knowledge.sightings import Sighting, WhoAnswer
    from communique.records import Interval

COLUMNS = ("person", "from", "to", "by")


@click.command()
@click.argument("office")
@click.argument("country")
@click.argument("day", metavar="DATE")
@click.option("--archive", type=click.Path(path_type=Path), help="Also say whom its documents name.")
@overlay_option
@json_option
def who(
    office: str, country: str, day: str, archive: Path | None, overlay: Path | None, as_json: bool
) -> None:
    """Say who held an office on a day.

    OFFICE is an office in any words ("defence minister", "Secretary of State"); "head of state" and "head of
    government" ask for whoever that is there (a king, a chancellor). COUNTRY is a code (IRN, NATO) or a
    name, DATE a day, a month or a year (2010-10-10, 2010-10, 2010). An empty "to" means that the source
    recorded no end. With an archive the documents' own word is shown beside the table's, and where the two
    disagree it is said. The exit code is 1 when nobody is known.

    \b
      communique who "defence minister" IRN 2010-10-10
      communique who "head of state" IRN 2016
      communique who "secretary general" NATO 2015 --json
      communique who "defence minister" ARM 2017-01-30 --archive record.db
    """
    answer = _answer(office, _code(country, overlay), _interval(day), archive=archive, overlay=overlay)
    if as_json:
        print_json(_as_json(answer))
    else:
        _print(answer)
    if not (answer.holders or answer.learnt):
        click.get_current_context().exit(1)


def _answer(words: str, code: str, on: Interval, *, archive: Path | None, overlay: Path | None) -> WhoAnswer:
    """Who held the office that the words name, or headed the state or the government."""
    from communique.knowledge.occupancies import Occupancies
    from communique.knowledge.positions import class_named, offices_by_rank
    from communique.knowledge.sightings import who_headed, who_held

    table = Occupancies.load(overlay)
    if heading := class_named(words):
        groups = offices_by_rank(heading, overlay)
        offices = tuple(office for group in groups for office in group)
        named = _sightings(archive, offices, code) if archive else ()
        return who_headed(heading.replace("_", " "), groups, code, on, table=table, sightings=named)
    office = _office(words, overlay)
    seen = (one for _, one in _sightings(archive, (office,), code)) if archive else ()
    return who_held(office, code, on, table=table, sightings=seen)


def _sightings(path: Path, offices: tuple[str, ...], code: str) -> Iterator[tuple[str, Sighting]]:
    """Whom the archive's dated documents name in the offices, with the office."""
    from communique.archive import open_archive
    from communique.knowledge.sightings import Sighting

    with open_archive(path) as archive:
        people = [p for p in archive.people() if p.code == code and p.office in offices]
        for person in people:
            stored = archive.document(person.doc_id)
            published = stored.document.published.interval if stored else None
            if published is not None:
                yield person.office or "", Sighting(person.name, person.doc_id, published)


def _interval(text: str) -> Interval:
    from communique.errors import SettingsError
    from communique.knowledge.occupancies import first_day, last_day
    from communique.records import Interval

    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        try:
            return Interval(start=first_day(text), end=last_day(text))
        except ValueError:
            pass
    raise SettingsError(f"{text!r} is no day, month or year; write 2010-10-10, 2010-10 or 2010")


def _office(words: str, overlay: Path | None) -> str:
    from communique.errors import SettingsError
    from communique.knowledge.positions import canonical_office

    office = canonical_office(words, overlay)
    if office is None:
        raise SettingsError(f"no table has the office {words!r}; try 'defence minister' or 'president'")
    return office


def _code(country: str, overlay: Path | None) -> str:
    """The code itself, or the code of the state or organisation of that name."""
    from communique.errors import SettingsError
    from communique.knowledge.occupancies import Occupancies

    known = {row.country for row in Occupancies.load(overlay).rows}
    if country.upper() in known:
        return country.upper()
    from communique.knowledge.entries import ACTOR_KINDS
    from communique.knowledge.knowledge import Knowledge, default_knowledge

    knowledge = Knowledge.load(overlay) if overlay else default_knowledge()
    found = [m.entry for m in knowledge.gazetteer.find(country) if m.text == country]
    codes = [entry.code for entry in found if entry.kind in ACTOR_KINDS]
    if not codes:
        raise SettingsError(f"no table has the state or organisation {country!r}; write a code such as IRN")
    return codes[0]


def _print(answer: WhoAnswer) -> None:
    rows = [(_titled(h, answer), h.start, h.end or "", _source(h.source, h.note)) for h in answer.holders]
    rows += [
        (one.person, str(one.days.start), str(one.days.end), f"named so in {_documents(one.documents)}")
        for one in answer.learnt
    ]
    print_table(COLUMNS, rows, empty=_nobody(answer))
    if answer.agrees is False:
        told = "; ".join(f"{one.person} in {_documents(one.documents)}" for one in answer.strangers)
        click.echo(safe_line(f"the table and the documents disagree: not in the table: {told}"), err=True)


def _titled(holder: Occupancy, answer: WhoAnswer) -> str:
    """The person, with the office where it is another than the one that was asked for ("head of state")."""
    return holder.person if holder.office == answer.office else f"{holder.person}, {holder.office}"


def _nobody(answer: WhoAnswer) -> str:
    return f"nobody is known as {answer.office} of {answer.country} in {answer.on.start}..{answer.on.end}"


def _source(source: str, note: str) -> str:
    return f"{source} ({note})" if note else source


def _documents(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:3])
    return shown if len(ids) <= 3 else f"{shown} and {len(ids) - 3} more"


def _as_json(answer: WhoAnswer) -> dict[str, Any]:
    return {
        "office": answer.office,
        "country": answer.country,
        "date": answer.on.model_dump(mode="json", by_alias=True),
        "table": [
            {"person": h.person, "office": h.office, "from": h.start or None, "to": h.end, "as_of": h.asof or None,
             "sure": h.surely_holds(answer.on), "doubtful": h.doubtful, "source": h.source,
             "note": h.note or None}
            for h in answer.holders
        ],
        "documents": [
            {"person": one.person, "first": str(one.days.start), "last": str(one.days.end),
             "in": list(one.documents)}
            for one in answer.learnt
        ],
        "agrees": answer.agrees,
    }  # fmt: skip
