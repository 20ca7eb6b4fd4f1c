"""`communique accounts`: who may log in to the web pages."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import json_option
from communique.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from communique.web.accounts import Accounts

role_option = click.option(
    "--role", type=click.Choice(["reader", "reviewer", "admin"]), default="reader", show_default=True
)


@click.group()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.pass_context
def accounts(context: click.Context, file: Path) -> None:
    """Keep the accounts of the web pages.

    A reader looks, a reviewer also judges, an admin also keeps accounts. FILE is made where there is none. Passwords
    are asked for, or read from standard input (one line) where that is not a terminal.

    \b
      communique accounts team.db add ada --role admin
      communique accounts team.db list
      communique serve record.db --host 0.0.0.0 --accounts team.db
    """
    from communique.web.accounts import Accounts

    context.obj = Accounts(file)


@accounts.command()
@click.argument("name")
@role_option
@click.pass_obj
def add(kept: Accounts, name: str, role: str) -> None:
    """Make an account."""
    kept.add(name, _password(), role)  # type: ignore[arg-type]
    _log(kept, f"account {name}: add {role}")


@accounts.command()
@click.argument("name")
@click.argument("role", type=click.Choice(["reader", "reviewer", "admin"]))
@click.pass_obj
def role(kept: Accounts, name: str, role: str) -> None:
    """Give an account another role."""
    kept.set_role(name, role)  # type: ignore[arg-type]
    _log(kept, f"account {name}: role {role}")


@accounts.command()
@click.argument("name")
@click.pass_obj
def password(kept: Accounts, name: str) -> None:
    """Give an account another password; its sessions end."""
    kept.set_password(name, _password())
    _log(kept, f"account {name}: password")


@accounts.command()
@click.argument("name")
@click.pass_obj
def remove(kept: Accounts, name: str) -> None:
    """Take an account away."""
    kept.remove(name)
    _log(kept, f"account {name}: remove")


@accounts.command("list")
@json_option
@click.pass_obj
def list_(kept: Accounts, as_json: bool) -> None:
    """List the accounts with their roles."""
    if as_json:
        for one in kept.all():
            print_json({"name": one.name, "role": one.role})
    else:
        print_table(("name", "role"), [[one.name, one.role] for one in kept.all()], empty="nobody yet")


@accounts.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@json_option
@click.pass_obj
def log(kept: Accounts, limit: int, as_json: bool) -> None:
    """Show what was done, the newest first."""
    rows = [
        {"at": datetime.fromtimestamp(e.at, UTC).isoformat(timespec="seconds"), "who": e.who, "what": e.what,
         "address": e.address}
        for e in kept.audit(limit=limit)
    ]  # fmt: skip
    if as_json:
        for row in rows:
            print_json(row)
    else:
        print_table(
            ("at", "who", "what", "address"), [list(row.values()) for row in rows], empty="nothing yet"
        )


def _log(kept: Accounts, what: str) -> None:
    kept.note("-", what, address="command line")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
