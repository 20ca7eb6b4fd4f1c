"""`communique knowledge`: look into the tables of what exists, check an overlay, refresh the holders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.lazy import LazyGroup
from communique.cli.options import json_option, overlay_option
from communique.cli.terminal import print_json, print_table, safe_line

if TYPE_CHECKING:
    from communique.knowledge.finding import Findings, Meaning

COMMANDS = {
    "find": ("communique.cli.knowledge:find", "Show what a name resolves to, and why."),
    "check": ("communique.cli.knowledge:check", "Say what is wrong with a folder of tables."),
    "refresh": ("communique.cli.refresh:refresh", "Take office-holders from Wikidata."),
}
MEANING_COLUMNS = ("name", "kind", "code", "thing", "form", "detail", "why")
PERSON_COLUMNS = ("person", "office", "country", "from", "to", "source")


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def knowledge() -> None:
    """Look into and check the tables of what exists.

    The tables say who and what there is: states, organisations, armed groups, offices and their holders,
    equipment, agreements, places. A folder of your own tables lies over them.

    \b
      communique knowledge find "Dehghan"
      communique knowledge find "the six powers" --json
      communique knowledge check my-tables/
    """


@click.command()
@click.argument("name")
@overlay_option
@json_option
def find(name: str, overlay: Path | None, as_json: bool) -> None:
    """Show what a name resolves to, and why.

    Prints each meaning with the rows that it comes from, the likeliest first; for a person the offices
    held. A name that no table has is taken apart, or near spellings are suggested. The exit code is 1 when
    nothing has the name.

    \b
      communique knowledge find "Kremlin"
      communique knowledge find "Dehghan" --json
      communique knowledge find "Azov Brigade" --overlay my-tables/
    """
    from communique.knowledge.finding import find_name
    from communique.knowledge.knowledge import Knowledge, default_knowledge

    found = find_name(name, Knowledge.load(overlay) if overlay else default_knowledge())
    if as_json:
        print_json(_as_json(found))
    else:
        _print(found)
    if not (found.meanings or found.parts or found.persons):
        click.get_current_context().exit(1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@json_option
def check(folder: Path, as_json: bool) -> None:
    """Say what is wrong with a folder of tables.

    Each problem is one line: file, line (1 is the header) and reason. The exit code is 1 when there is any.

    \b
      communique knowledge check my-tables/
      communique knowledge check my-tables/ --json
    """
    from communique.knowledge.overlay import problems, row_count

    found = problems(folder)
    for problem in found:
        if as_json:
            print_json({"file": problem.file, "line": problem.line, "reason": problem.reason})
        else:
            click.echo(safe_line(str(problem)))
    if found:
        click.get_current_context().exit(1)
    elif not as_json:
        click.echo(f"nothing wrong in {row_count(folder)} rows", err=True)


def _print(found: Findings) -> None:
    if found.persons:
        rows = [(p.person, p.office, p.country, p.start, p.end or "", p.source) for p in found.persons]
        print_table(PERSON_COLUMNS, rows, empty="")
    elif found.meanings or found.parts:
        print_table(MEANING_COLUMNS, [_cells(m) for m in found.meanings or found.parts], empty="")
    else:
        click.echo(safe_line(f"no table has {found.name!r}"), err=True)
        for near in found.suggestions:
            click.echo(safe_line(f"near: {near}"), err=True)


def _cells(meaning: Meaning) -> tuple[str, ...]:
    entry = meaning.entry
    return (meaning.name, entry.kind, entry.code, entry.name, entry.form, entry.detail, meaning.origin)


def _as_json(found: Findings) -> dict[str, Any]:
    return {
        "name": found.name,
        "meanings": [dict(zip(MEANING_COLUMNS, _cells(m), strict=True)) for m in found.meanings],
        "parts": [dict(zip(MEANING_COLUMNS, _cells(m), strict=True)) for m in found.parts],
        "persons": [
            {"person": p.person, "office": p.office, "country": p.country, "from": p.start, "to": p.end,
             "source": p.source, "doubtful": p.doubtful}
            for p in found.persons
        ],
        "suggestions": list(found.suggestions),
    }  # fmt: skip
