"""`communique agreements`: treaties and accords from negotiation to their end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from communique.linking.records import Agreement

COLUMNS = ("id", "parties", "name", "state", "since", "steps")


@click.command()
@archive_argument
@click.argument("id", required=False)
@click.option("--party", metavar="CODE", help="Of this code (or name).")
@click.option("--name", metavar="WORDS", help="Whose name holds these words.")
@click.option("--steps", is_flag=True, help="Show the steps of each agreement.")
@json_option
def agreements(archive: Path, id: str | None, steps: bool, as_json: bool, **wanted: str | None) -> None:
    """List agreements, and follow one from negotiation to its end.

    One line an agreement. With an ID (or its beginning), or with --steps, each step is shown with its event
    and sentence, and what the record leaves open.

    \b
      communique agreements record.db
      communique agreements record.db --party RUS --steps
      communique agreements record.db --name START --json
    """
    from communique.archive import open_archive
    from communique.cli.actors import actor_code
    from communique.cli.lives import of_id, show

    with open_archive(archive) as opened:
        party, name = wanted["party"], wanted["name"]
        code = actor_code(party, opened) if party else None
        found = of_id(opened.agreements(code), id, archive, what="agreement")
        if name:
            found = [one for one in found if name.lower() in (one.instrument or "").lower()]
        if as_json:
            for one in found:
                print_json(one.model_dump(mode="json", by_alias=True))
        elif found and (id or steps):
            for one in found:
                show(opened, one, one.questions)
        else:
            rows = [_row(one) for one in found]
            print_table(COLUMNS, rows, empty="no such agreements")


def _row(one: Agreement) -> list[str]:
    from communique.cli.lives import since_in_words, state_in_words

    return [
        one.id,
        "; ".join(one.parties),
        one.instrument or "",
        state_in_words(one),
        since_in_words(one),
        str(len(one.steps)),
    ]
