"""`communique score`: measure exported records against gold records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import json_option
from communique.cli.terminal import complain, print_json, safe

if TYPE_CHECKING:
    from communique.scoring import EventFigures
    from communique.scoring.parts import PartsScore

Row = dict[str, Any]
_FILE = click.Path(path_type=Path)
_PART_FILES = ("documents", "statements", "people")


@click.command()
@click.argument("gold", type=_FILE)
@click.argument("records", type=_FILE)
@click.option(
    "--parts", type=_FILE, metavar="FOLDER", help="Score documents, statements and people there too."
)
@click.option(
    "--floors", type=_FILE, metavar="FILE", help="Fail where a figure is under its floor in this TOML file."
)
@click.option("--verbose", is_flag=True, help="List what was missed, invented and wrong.")
@json_option
def score(
    gold: Path, records: Path, parts: Path | None, floors: Path | None, verbose: bool, as_json: bool
) -> int:
    """Measure exported records against gold records.

    GOLD is a folder of gold documents, one JSON file each; RECORDS is what `export --format records` wrote.
    Documents without gold are left out. With --floors the exit code is 1 when a figure has dropped.

    \b
      communique score gold/ records.jsonl
      communique score gold/ out/records.jsonl --parts out/ --verbose
      communique score gold/ out/records.jsonl --parts out/ --floors tests/quality/floors.toml
    """
    from communique.scoring import load_gold, load_lines, score_events
    from communique.scoring.floors import floors_of, shortfalls

    wanted = load_gold(gold)
    events = score_events(wanted, load_lines(records, wanted=("doc_id", "kind")))
    around = _around(wanted, parts) if parts else None
    figures: Row = events.figures | ({"parts": around.figures()} if around else {})
    if events.strangers:
        complain(
            f"{records}: {len(events.strangers)} documents without gold left out, e.g. {events.strangers[0]}"
        )
    if as_json:
        print_json(figures)
    else:
        _print(figures, events, _errors(events, around) if verbose else [])
    below = shortfalls(floors_of(floors, wanted), figures) if floors else []
    for fall in below:
        complain(f"{floors}: {fall.figure} is {fall.value}, under its floor of {fall.floor}")
    return 1 if below else 0


def _around(gold: dict[str, Row], folder: Path) -> PartsScore:
    from communique.scoring import load_lines, score_parts

    return score_parts(gold, *(load_lines(folder / f"{name}.jsonl") for name in _PART_FILES))


def _errors(events: EventFigures, around: PartsScore | None) -> list[str]:
    from communique.scoring.error_kinds import error_kinds
    from communique.scoring.events import errors, kinds

    lines = [line for match in events.documents for line in errors(match)]
    lines += ["kind: matched / missed / invented"]
    lines += [f"  {kind:14} {a:3} {b:3} {c:3}" for kind, (a, b, c) in kinds(events.documents).items()]
    lines += ["errors by kind, the most frequent first, with an example:"]
    lines += [f"  {e.count:4} {e.name} ({e.document}: {e.example})" for e in error_kinds(events.documents)]
    return lines + (around.errors if around else [])


def _print(figures: Row, events: EventFigures, errors: list[str]) -> None:
    from communique.scoring.events import sometimes_told
    from communique.scoring.pairs import LEVELS

    click.echo(
        f"{figures['documents']} documents, {figures['gold']} gold records, {figures['predicted']} predicted"
    )
    rows = [(level, figures[level]) for level in (*LEVELS, "not_actual")]
    for level, at in (*rows, *sometimes_told(events.documents).items()):
        click.echo(f"  {level:11}  P {at['p']:.3f}  R {at['r']:.3f}  F1 {at['f1']:.3f}")
    click.echo(f"  dates right where given {figures['date_given']:.3f}")
    click.echo(f"  fields: {_listed(figures['fields'])}")
    for name, value in figures.get("parts", {}).items():
        if name != "documents":
            click.echo(f"  {name}: {_listed(value)}")
    for line in errors:
        click.echo(safe(line))


def _listed(value: object) -> str:
    """Figures by name on one line: "speaker 0.889, code 0.683"; figures inside figures stand in brackets."""
    if isinstance(value, float):
        return f"{value:.3f}"
    if not isinstance(value, dict):
        return str(value)
    inner = ((n, f"({_listed(v)})" if isinstance(v, dict) else _listed(v)) for n, v in value.items())
    return ", ".join(f"{name} {text}" for name, text in inner)
