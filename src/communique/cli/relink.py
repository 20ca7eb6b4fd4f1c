"""`communique relink`: link all claims of an archive anew."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.options import archive_argument, json_option, overlay_option
from communique.cli.terminal import print_json


@click.command()
@archive_argument
@overlay_option
@json_option
def relink(archive: Path, overlay: Path | None, as_json: bool) -> None:
    """Link all claims of an archive into events anew.

    `communique code` links as it goes; this does it for an archive of an earlier version, or after an update of
    the rules of linking, without coding anything again. The result is the same either way. Judgements hold;
    readers see the events of before until all is done. An archive that was coded with an overlay stays linked by its
    tables, as they were then; --overlay takes others.

    \b
      communique relink record.db
      communique relink record.db --json
    """
    from communique.archive import open_archive
    from communique.relinking import relink as link_anew

    with open_archive(archive) as opened:
        found = link_anew(opened, overlay)
    if as_json:
        print_json(found.model_dump())
    else:
        click.echo(
            f"{found.events} events, {found.deals} deals, {found.agreements} agreements, "
            f"{found.contradictions} contradictions",
            err=True,
        )
