"""The command line: `communique COMMAND`. Thin; every command imports what it needs when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from communique.cli.lazy import LazyGroup
from communique.errors import CommuniqueError

COMMANDS = {
    "code": ("communique.cli.code:code", "Read and code documents into an archive."),
    "events": ("communique.cli.events:events", "List what happened, by actor, kind, status and date."),
    "event": ("communique.cli.event:event", "Show what all documents together say of one event."),
    "dyad": ("communique.cli.dyad:dyad", "Show all that passed between two actors."),
    "deals": ("communique.cli.deals:deals", "List deals in arms, and follow one from interest to delivery."),
    "agreements": (
        "communique.cli.agreements:agreements",
        "List agreements, and follow one from negotiation to its end.",
    ),
    "contradictions": (
        "communique.cli.contradictions:contradictions",
        "Show where sources disagree: what is at odds, and both passages.",
    ),
    "person": (
        "communique.cli.person:person",
        "Show a person's posts, travels, counterparts and statements.",
    ),
    "digest": ("communique.cli.digest:digest", "Write a month's brief with its sources."),
    "search": ("communique.cli.search:search", "Find words in documents, claims and statements."),
    "explain": (
        "communique.cli.explain:explain",
        "Show the words behind a claim, and how its fields came about.",
    ),
    "serve": ("communique.cli.serve:serve", "Show an archive as web pages."),
    "accounts": ("communique.cli.accounts:accounts", "Keep the accounts of the web pages."),
    "export": ("communique.cli.export:export", "Write the record to files."),
    "verify": ("communique.cli.verify:verify", "Re-check every hash, offset and reference of an archive."),
    "runs": ("communique.cli.runs:runs", "List the coding passes of an archive, with their failures."),
    "judge": ("communique.cli.judge:judge", "Record what people decide about claims."),
    "relink": ("communique.cli.relink:relink", "Link all claims of an archive into events anew."),
    "link": ("communique.cli.link:link", "Link records of many documents into events."),
    "score": ("communique.cli.score:score", "Measure exported records against gold records."),
    "demo": ("communique.cli.demo:demo", "Run the whole job on the shipped sample."),
    "who": ("communique.cli.who:who", "Say who held an office on a day."),
    "knowledge": ("communique.cli.knowledge:knowledge", "Look into and check the tables of what exists."),
}
"""The commands: where each is, and its line in the list (a test holds it to the command's own help)."""


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique", prog_name="communique")
def cli() -> None:
    """Read news about defence diplomacy and keep the record.

    Who met, agreed, sold, blocked, threatened; when; said by whom; and the words behind every value.

    \b
      communique code pages/ --archive record.db
      communique events record.db --between IRN RUS --kind arms_transfer
      communique explain record.db ID
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 some failed, 2 an error."""
    try:
        given = None if arguments is None else list(arguments)
        code = cli.main(args=given, prog_name="communique", standalone_mode=False)
    except click.ClickException as error:
        sys.exit(_usage_error(error))
    except CommuniqueError as error:
        sys.exit(_complain(str(error)))
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted; what was reported as kept is kept")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    sys.exit(code if isinstance(code, int) else 0)


def _usage_error(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    _complain(error.format_message())
    if context is not None:
        click.echo(f"Try '{context.command_path} --help'.", err=True)
    return 2


def _complain(message: str) -> int:
    from communique.cli.terminal import safe

    click.echo(f"communique: {safe(message)}", err=True)
    return 2
