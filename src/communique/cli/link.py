"""`communique link`: link records into events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import json_option, overlay_option
from communique.cli.terminal import complain, print_json

if TYPE_CHECKING:
    from communique.linking.link import Linking

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("records", type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="Where the linked records go.")
@click.option("--documents", type=_FILE, metavar="FILE", help="The records' documents: days, titles, copies.")
@overlay_option
@json_option
def link(records: Path, output: Path, documents: Path | None, overlay: Path | None, as_json: bool) -> None:
    """Link records of many documents into events.

    RECORDS is JSON Lines with the fields of the coding guide, from this program or another. The same lines
    come out in the same order, each with `event`: the id of the event that it tells, the same for all that
    tell it.

    \b
      communique link records.jsonl -o linked.jsonl
      communique link records.jsonl --documents documents.jsonl -o linked.jsonl
    """
    from communique.export.jsonlines import line
    from communique.linking import tables
    from communique.linking.lines import told_of
    from communique.linking.link import link as link_claims
    from communique.scoring import load_lines

    rows = load_lines(records, wanted=("doc_id", "kind"))
    told = told_of(rows, load_lines(documents, wanted=()) if documents else (), origin=str(records))
    with tables.over(tables.read(overlay)):
        linking = link_claims(told)
    event_of = {key: event.id for event in linking.events for key in event.claims}
    lines = (line(row | {"event": event_of[one.key]}) for row, one in zip(rows, told, strict=True))
    output.write_text("".join(lines), encoding="utf-8")
    _report(linking, len(rows), as_json)


def _report(linking: Linking, records: int, as_json: bool) -> None:
    shared = sum(event.documents > 1 for event in linking.events)
    if as_json:
        print_json({"records": records, "events": len(linking.events), "of_several_documents": shared})
    else:
        complain(f"{records} records, {len(linking.events)} events, {shared} of them of several documents")
