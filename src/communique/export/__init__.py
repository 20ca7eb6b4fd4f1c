"""What the archive knows, as files: one module a format."""

from __future__ import annotations

from communique.export import (
    bibliography,
    calendar_file,
    cameo,
    event_lines,
    event_table,
    feed,
    ftm,
    jsonlines,
    network,
    parquet,
    plover,
    register,
    table,
)
from communique.export.formats import FolderFormat, Format, TextFormat

JSON_LINES = "application/jsonl"
TABBED = "text/tab-separated-values"

FORMATS: dict[str, Format] = {
    "records": TextFormat(
        "Claims",
        "One claim a line: what one document says of one event, with its evidence.",
        JSON_LINES,
        (("records.jsonl", jsonlines.records),),
    ),
    "events": TextFormat(
        "Events",
        "One event a line: what all documents together say, how each value was chosen, how the status moved.",
        JSON_LINES,
        (("events.jsonl", event_lines.events),),
    ),
    "documents": TextFormat(
        "Documents",
        "One document a line, with its text, dates and hashes.",
        JSON_LINES,
        (("documents.jsonl", jsonlines.documents),),
    ),
    "statements": TextFormat(
        "Statements",
        "One quotation a line, with its speaker.",
        JSON_LINES,
        (("statements.jsonl", jsonlines.statements),),
    ),
    "people": TextFormat(
        "People",
        "One official named in a document a line, with office and state.",
        JSON_LINES,
        (("people.jsonl", jsonlines.people),),
    ),
    "csv": TextFormat(
        "Claims and events as CSV",
        "Tables for spreadsheets and statistics packages, with a codebook.",
        "text/csv",
        (
            ("claims.csv", table.claims),
            ("events.csv", event_table.events),
            ("codebook.md", event_table.codebook_page),
        ),
    ),
    "parquet": FolderFormat(
        "All tables as Parquet",
        "A star of tables with a codebook, described as a Frictionless Data Package.",
        "application/vnd.apache.parquet",
        "parquet",
        parquet.write,
    ),
    "plover": TextFormat(
        "PLOVER",
        "One row an event in the columns of POLECAT, with status and evidence behind them.",
        TABBED,
        (("plover.tsv", plover.events),),
    ),
    "cameo": TextFormat(
        "CAMEO",
        "One row for each pair of actors of an event, in columns named as GDELT's.",
        TABBED,
        (("cameo.tsv", cameo.rows),),
    ),
    "sipri": TextFormat(
        "Register of arms transfers",
        "One row a deal in the columns of SIPRI's register, doubt in brackets.",
        "text/csv",
        (("sipri.csv", register.deals),),
    ),
    "graphml": TextFormat(
        "Network of actors (GraphML)",
        "Actors as nodes, and an edge for each two that were in an event together.",
        "application/graphml+xml",
        (("actors.graphml", network.graphml),),
    ),
    "gexf": TextFormat(
        "Network of actors (GEXF)",
        "The same network for Gephi.",
        "application/gexf+xml",
        (("actors.gexf", network.gexf),),
    ),
    "ftm": TextFormat(
        "FollowTheMoney",
        "Events, people, offices, actors and articles as entities for Aleph and its kin.",
        "application/json+ftm",
        (("entities.ftm.json", ftm.entities),),
    ),
    "ics": TextFormat(
        "Calendar",
        "Visits, exercises and all that is planned, for calendar programs.",
        "text/calendar",
        (("events.ics", calendar_file.calendar),),
    ),
    "atom": TextFormat(
        "Feed",
        "The events that were told last, for feed readers.",
        "application/atom+xml",
        (("events.atom", feed.atom),),
    ),
    "bibtex": TextFormat(
        "Bibliography",
        "One entry a document, to cite articles by.",
        "application/x-bibtex",
        (("documents.bib", bibliography.documents),),
    ),
}
"""The formats by name, in the order in which they are offered (docs/exports.md)."""

__all__ = ["FORMATS", "FolderFormat", "Format", "TextFormat"]
