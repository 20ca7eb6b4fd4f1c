"""`communique verify`: re-check an archive."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, safe_line


@click.command()
@archive_argument
@json_option
def verify(archive: Path, as_json: bool) -> int:
    """Re-check every hash, offset and reference of an archive.

    Events are worked out again from their claims. Says what is wrong, one fault a line, and leaves with 1; says
    so and leaves with 0 when nothing is. What waits to be linked, judgements that no claim is found for
    any more, and links made by the rules of another version, are told as notes on standard error.

    \b
      communique verify record.db
      communique verify record.db --json
    """
    from communique.archive import open_archive
    from communique.archive.records import Fault
    from communique.relinking import linked_as_now

    with open_archive(archive) as opened:
        faults = opened.faults()
        notices = opened.notices() if not faults else []
        if any(f.where.startswith("link of") for f in faults) and not linked_as_now(opened):
            what = f"made by the rules of another version; `communique relink {archive}` makes them anew"
            notices = [Fault(where="links", what=what)]
    for fault in faults:
        if as_json:
            print_json(fault.model_dump())
        else:
            click.echo(f"{safe_line(fault.where)}: {safe_line(fault.what)}")
    for notice in notices:
        click.echo(f"communique: note: {safe_line(notice.where)}: {safe_line(notice.what)}", err=True)
    if not faults:
        click.echo(f"{safe_line(str(archive))}: every hash, offset and reference is right", err=True)
    return 1 if faults else 0
