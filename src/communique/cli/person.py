"""`communique person`: posts, itinerary, counterparts and statements of a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import on_terminal, print_json, safe_line

if TYPE_CHECKING:
    from datetime import date

    from communique.archive import Archive
    from communique.knowledge.occupancies import Occupancies
    from communique.linking.people import Life, Post, Stay
    from communique.records import Person

NEAR = 70.0
MOST_NEAR = 6


@click.command()
@archive_argument
@click.argument("name")
@json_option
def person(archive: Path, name: str, as_json: bool) -> None:
    """Show a person's posts, travels, counterparts and statements.

    NAME is a name in any spelling, or a surname: "Dehghan" finds Hossein Dehqan. Posts come from the table
    of office-holders and from the documents. Where the archive has several persons of that name they are
    listed, and the exit code is 2.

    \b
      communique person record.db "Hossein Dehqan"
      communique person record.db Nasirzadeh --json
    """
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        life = _life(opened, name)
    if as_json:
        print_json(life.model_dump(mode="json", by_alias=True))
        return
    for line in _lines(life, styled=on_terminal()):
        click.echo(line)


def _life(opened: Archive, name: str) -> Life:
    from communique.archive import EventFilter
    from communique.cli.asking import claims_of
    from communique.knowledge.occupancies import Occupancies
    from communique.linking.people import life

    table = Occupancies.load()
    named = list(opened.people())
    names = _spellings(opened, name, named, table)
    found = {e.id: e for spelling in names for e in opened.events(EventFilter(person=spelling))}
    events = list(found.values())
    mine = set(names)
    return life(
        names,
        events,
        told=claims_of(opened, events),
        named=[(p, _day(opened, p.doc_id)) for p in named if p.name in mine],
        statements=[s for s in opened.statements() if s.speaker in mine],
        table=table,
    )


def _day(opened: Archive, doc_id: str) -> date | None:
    stored = opened.document(doc_id)
    interval = stored.document.published.interval if stored else None
    return interval.start if interval else None


def _spellings(opened: Archive, name: str, named: list[Person], table: Occupancies) -> tuple[str, ...]:
    """The archive's spellings of the one person that is meant; raises SettingsError for none or several."""
    from communique.errors import SettingsError
    from communique.linking.people import spellings

    known = {p.name for p in named} | {s.speaker for s in opened.statements() if s.speaker}
    known |= {a.person for e in opened.events() for a in e.actors if a.person}
    found = spellings(name, known, table)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(max(one, key=len) for one in found)
        raise SettingsError(f"{name!r} may be several persons of this archive: {several}")
    near = _near(name, known)
    hint = f"; near names: {', '.join(near)}" if near else ""
    raise SettingsError(f"{opened.path} names nobody called {name!r}{hint}")


def _near(name: str, known: set[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    hits = process.extract(
        name.lower(),
        {k: k.lower() for k in sorted(known)},
        scorer=fuzz.WRatio,
        limit=MOST_NEAR,
        score_cutoff=NEAR,
    )
    return [key for _, _, key in sorted(hits, key=lambda hit: (-hit[1], hit[2]))]


def _lines(life: Life, *, styled: bool) -> Iterator[str]:
    """The person as lines of text, a heading before each part that has something."""
    yield click.style(safe_line(life.name), bold=styled)
    if len(life.names) > 1:
        yield safe_line(f"also written {', '.join(n for n in life.names if n != life.name)}")
    parts = (
        ("posts", [_post(post) for post in life.posts]),
        ("visits, meetings and calls", [_stay(stay) for stay in life.itinerary]),
        ("other acts", [_stay(stay) for stay in life.acts]),
        ("met", [f"{c.person or c.code} ({c.code}): {c.events}" for c in life.counterparts]),
        ("said", [f"“{s.text}” ({s.doc_id})" for s in life.statements]),
    )
    for title, lines in parts:
        if lines:
            yield ""
            yield click.style(title, bold=styled)
            yield from (f"  {safe_line(line)}" for line in lines)


def _post(post: Post) -> str:
    if post.source:
        return f"{post.office}, {post.code}: {post.start or '?'} to {post.end or 'no end recorded'} ({post.source})"
    days = f", {post.start}" + (f" to {post.end}" if post.end != post.start else "") if post.start else ""
    many = f"{post.documents} document{'' if post.documents == 1 else 's'}"
    return f"{post.office}, {post.code or 'no state'}: so named in {many}{days}"


def _stay(stay: Stay) -> str:
    from communique.linking.lives import in_words
    from communique.linking.phrases import happening

    place = stay.event.place
    where = f", {place.name}" if place and place.name not in happening(stay.event) else ""
    return f"{in_words(stay.event.date, stay.day)}: {happening(stay.event)}{where} [{stay.event.id}]"
