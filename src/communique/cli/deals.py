"""`communique deals`: arms transfers from interest to delivery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from communique.linking.records import Deal

COLUMNS = ("id", "supplier", "recipient", "equipment", "ordered", "delivered", "value", "state", "since")


@click.command()
@archive_argument
@click.argument("id", required=False)
@click.option("--supplier", metavar="CODE", help="Supplied by this code (or name).")
@click.option("--recipient", metavar="CODE", help="Supplied to this code (or name).")
@click.option("--materiel", metavar="WORDS", help="Of equipment whose name holds these words.")
@click.option("--steps", is_flag=True, help="Show the steps of each deal.")
@json_option
def deals(
    archive: Path, id: str | None, materiel: str | None, steps: bool, as_json: bool, **parties: str | None
) -> None:
    """List deals in arms, and follow one from interest to delivery.

    One line a deal: transfers of the same equipment between the same parties. With an ID (or its beginning),
    or with --steps, each step is shown with its event and sentence, who stands in the way, and what the
    record leaves open.

    \b
      communique deals record.db
      communique deals record.db --supplier RUS --recipient IRN --steps
      communique deals record.db d9020c1b
      communique deals record.db --materiel S-300 --json
    """
    from communique.archive import open_archive
    from communique.cli.actors import actor_code
    from communique.cli.lives import of_id, show

    with open_archive(archive) as opened:
        codes = {role: actor_code(words, opened) for role, words in parties.items() if words}
        found = of_id(opened.deals(**codes), id, archive, what="deal")
        if materiel:
            found = [deal for deal in found if materiel.lower() in (deal.materiel or "").lower()]
        if as_json:
            for deal in found:
                print_json(deal.model_dump(mode="json", by_alias=True))
        elif found and (id or steps):
            for deal in found:
                show(opened, deal, _remarks(deal))
        else:
            print_table(COLUMNS, [_row(deal) for deal in found], empty="no such deals")


def _remarks(deal: Deal) -> Iterator[str]:
    if deal.blockers:
        yield f"in its way: {', '.join(deal.blockers)}"
    yield from deal.questions


def _row(deal: Deal) -> list[str]:
    from communique.cli.lives import since_in_words, state_in_words

    return [
        deal.id,
        "; ".join(deal.suppliers),
        "; ".join(deal.recipients),
        deal.materiel or "",
        "" if deal.quantity is None else str(deal.quantity),
        "" if deal.quantity_delivered is None else str(deal.quantity_delivered),
        "" if deal.value_usd is None else f"${deal.value_usd:,.0f}",
        state_in_words(deal),
        since_in_words(deal),
    ]
