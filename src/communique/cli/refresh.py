"""`communique knowledge refresh`: take office-holders from Wikidata into a folder of tables."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--from-wikidata", is_flag=True, required=True, help="Ask Wikidata's query service (network).")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder of tables to write occupancies.csv into.",
)
@click.option(
    "--since", type=click.IntRange(1900), default=2000, show_default=True, help="Tenures that touch it."
)
@click.option("--service", default=None, help="Another SPARQL endpoint of the same form.")
def refresh(from_wikidata: bool, folder: Path, since: int, service: str | None) -> None:
    """Take office-holders from Wikidata.

    Asks for heads of state and government, foreign and defence ministers of all states, and writes them as
    occupancies.csv into a folder that other commands take with --overlay. This is the only command of the
    knowledge room that uses the network; nothing is written when the service cannot be reached.

    \b
      communique knowledge refresh --from-wikidata --into my-tables/
      communique who "defence minister" FRA 2026-03-01 --overlay my-tables/
    """
    from communique.knowledge.refresh import write_overlay
    from communique.knowledge.wikidata import SERVICE, QueryService

    count = write_overlay(QueryService(url=service or SERVICE), folder, since=since)
    click.echo(f"{count} tenures written to {folder / 'occupancies.csv'}", err=True)
