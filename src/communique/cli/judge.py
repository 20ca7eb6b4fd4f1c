"""`communique judge`: what people decide about claims, kept apart from what was coded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import archive_argument, json_option
from communique.cli.terminal import print_json, print_table, safe_line
from communique.errors import ArchiveError, InputError, SettingsError

if TYPE_CHECKING:
    from communique.archive import Archive, Resolved
    from communique.linking.records import ClaimAnchor, Judgement, Verdict

COLUMNS = ("id", "verdict", "document", "claim", "what", "who", "made", "why", "holds")


class _Made(click.ParamType[date]):
    """An ISO day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day (2016-04-07)", param, ctx)


def _said(command: Any) -> Any:
    """The options that every new judgement has."""
    made = click.option("--made", type=_Made(), help="The day on which it was made (not told by default).")
    why = click.option("--why", required=True, metavar="TEXT", help="The reason.")
    who = click.option("--who", required=True, metavar="NAME", help="Who decides.")
    return who(why(made(command)))


@click.group()
@archive_argument
@click.pass_context
def judge(context: click.Context, archive: Path) -> None:
    """Record what people decide about claims.

    Judgements are kept apart from what was coded and are never overwritten. They name a claim by where it
    stands in its text, so they hold when documents are coded and linked again. `list` says which still do. Of two
    on the same question the one made later stands.

    \b
      communique judge record.db wrong c3fa9c1 --who "A. Reader" --why "the deal is of 2016, not this one"
      communique judge record.db same c3fa9c1 c81be02 --who "A. Reader" --why "one visit, told by host and guest"
      communique judge record.db correct c3fa9c1 status '"planned"' --who "A. Reader" --why "not delivered yet"
      communique judge record.db list
      communique judge record.db export judgements.jsonl
    """
    context.obj = archive


@judge.command()
@click.argument("claim")
@click.argument("other")
@_said
@click.pass_obj
def same(archive: Path, claim: str, other: str, who: str, why: str, made: date | None) -> None:
    """Two claims tell the same event."""
    _judge(archive, "same", (claim, other), said=(who, why, made))


@judge.command("not-same")
@click.argument("claim")
@click.argument("other")
@_said
@click.pass_obj
def not_same(archive: Path, claim: str, other: str, who: str, why: str, made: date | None) -> None:
    """Two claims tell two events."""
    _judge(archive, "not_same", (claim, other), said=(who, why, made))


@judge.command()
@click.argument("claim")
@_said
@click.pass_obj
def wrong(archive: Path, claim: str, who: str, why: str, made: date | None) -> None:
    """A claim is wrong: it is left out of events."""
    _judge(archive, "wrong", (claim,), said=(who, why, made))


@judge.command()
@click.argument("claim")
@_said
@click.pass_obj
def right(archive: Path, claim: str, who: str, why: str, made: date | None) -> None:
    """A claim is right: it is sure from now on."""
    _judge(archive, "right", (claim,), said=(who, why, made))


@judge.command()
@click.argument("claim")
@click.argument("field")
@click.argument("value")
@_said
@click.pass_obj
def correct(archive: Path, claim: str, field: str, value: str, who: str, why: str, made: date | None) -> None:
    """A field of a claim has another value.

    FIELD is kind, status, stage, actors, date, place, materiel, instrument or attribution; VALUE is JSON as the
    records have it, null for unknown.
    """
    _judge(archive, "corrected", (claim,), said=(who, why, made), correction=(field, value))


@judge.command()
@click.argument("id")
@click.pass_obj
def withdraw(archive: Path, id: str) -> None:
    """Withdraw a judgement; it stays on record as withdrawn."""
    from communique.archive import open_archive
    from communique.relinking import rebuild_lives

    with open_archive(archive) as opened:
        found = opened.withdraw(id)
        rebuild_lives(opened)
    click.echo(f"{found.id}: {found.verdict} withdrawn", err=True)


@judge.command("list")
@json_option
@click.pass_obj
def list_(archive: Path, as_json: bool) -> None:
    """List all judgements, and whether they still hold."""
    from communique.archive import open_archive

    with open_archive(archive) as opened:
        found = opened.resolved_judgements()
    if as_json:
        for one in found:
            print_json(one.model_dump(mode="json") | {"holds": _holds(one)})
    else:
        print_table(COLUMNS, [_row(one) for one in found], empty="no judgements")


@judge.command()
@click.argument("output", metavar="FILE")
@click.pass_obj
def export(archive: Path, output: str) -> None:
    """Write all judgements as JSON Lines, for others to import (FILE may be -)."""
    from communique.archive import open_archive
    from communique.cli.export import write_lines
    from communique.export.jsonlines import line

    with open_archive(archive) as opened:
        write_lines((line(j.model_dump(mode="json")) for j in opened.judgements()), output)


@judge.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def import_(archive: Path, file: Path) -> None:
    """Take judgements in from a file; those held already are passed over."""
    from communique.archive import open_archive
    from communique.relinking import rebuild_lives

    made = _read(file)
    with open_archive(archive) as opened:
        new = opened.judge(*made)
        rebuild_lives(opened)
        lost = [r for r in opened.resolved_judgements() if r.judgement in made and _holds(r) == "no"]
    click.echo(f"{new} new, {len(made) - new} held already", err=True)
    for one in lost:
        click.echo(f"{one.judgement.id}: no claim of this archive stands there", err=True)


@judge.command("gold")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR"
)
@click.pass_obj
def gold_(archive: Path, output: Path) -> None:
    """Write the judged documents as gold records, which `communique score` reads."""
    from communique.archive import open_archive
    from communique.cli.export import write_lines
    from communique.export.gold import gold

    with open_archive(archive) as opened:
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"{output}: {error.strerror}") from error
        files = 0
        for name, text in gold(opened):
            write_lines([text], str(output / name))
            files += 1
    click.echo(f"{files} judged documents", err=True)


def _judge(
    archive: Path,
    verdict: Verdict,
    claims: tuple[str, ...],
    *,
    said: tuple[str, str, date | None],
    correction: tuple[str, str] | None = None,
) -> None:
    """Make a judgement on claims, keep it, and link again what it touches."""
    from communique.archive import open_archive
    from communique.linking.judgements import judgement
    from communique.relinking import rebuild_lives

    who, why, made = said
    with open_archive(archive) as opened:
        anchor, *others = (_anchor(opened, id, correction) for id in claims)
        about = others[0] if others else correction
        new = judgement(verdict, anchor, about=about, who=who, why=why, made=made)
        kept = opened.judge(new)
        rebuild_lives(opened)
    click.echo(new.id if kept else f"{new.id} (held already)")


def _anchor(opened: Archive, id: str, correction: tuple[str, str] | None) -> ClaimAnchor:
    """Where the claim of that id (or beginning) stands; the correction must be one that it can take."""
    from communique.linking.judgements import anchor, corrected

    found = opened.claims_by_id(id)
    if len(found) != 1:
        some = ", ".join(claim.id for claim in found[:4])
        what = f"{id!r} begins several ids: {some}" if found else f"there is no claim {id}"
        raise ArchiveError(f"{opened.path}: {what}")
    if correction:
        corrected(found[0], *correction)
    stored = opened.document(found[0].doc_id)
    if stored is None:
        raise ArchiveError(f"{opened.path}: document {found[0].doc_id} is missing")
    return anchor(found[0], stored.document.text_sha256)


def _read(file: Path) -> list[Judgement]:
    """The judgements of a file. Raises InputError where a line is none."""
    from communique.linking.judgements import read_judgement

    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), str(error)) from error
    made = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                made.append(read_judgement(line))
            except SettingsError as error:
                raise InputError(f"{file}:{number}", str(error)) from error
    return made


def _holds(one: Resolved) -> str:
    return "withdrawn" if one.judgement.withdrawn else "yes" if one.holds else "no"


def _row(one: Resolved) -> list[str]:
    judged = one.judgement
    other = judged.other.doc_id if judged.other else ""
    what = f"{judged.field} = {judged.value}" if judged.field else other
    if one.other is not None:
        what += f" {one.other.id}"
    claim = one.claim.id if one.claim else f"{judged.claim.kind} at {judged.claim.start}-{judged.claim.end}"
    made = judged.made.isoformat() if judged.made else ""
    cells = [judged.id, judged.verdict, judged.claim.doc_id, claim, what, judged.who, made, judged.why]
    return [safe_line(cell) for cell in (*cells, _holds(one))]
