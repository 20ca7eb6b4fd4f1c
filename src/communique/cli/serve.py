"""`communique serve`: the archive as web pages."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from communique.cli.options import archive_argument
from communique.errors import SettingsError


@click.command()
@archive_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option(
    "--accounts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of accounts (`communique accounts`): everybody logs in.",
)
@click.option(
    "--name", "names", multiple=True, help="A host name to answer to (default: any, with accounts)."
)
@click.option("--open", "show", is_flag=True, help="Open the pages in a browser.")
def serve(
    archive: Path, host: str, port: int, accounts: Path | None, names: tuple[str, ...], show: bool
) -> None:
    """Show an archive as web pages.

    Without accounts nobody logs in, so it listens on this machine alone (127.0.0.1). For a team, give --host and
    --accounts, and put a server that speaks HTTPS before it. Stop it with Ctrl-C. The pages need
    `pip install communique[web]`.

    \b
      communique serve record.db
      communique serve record.db --port 8080 --open
      communique serve record.db --host 0.0.0.0 --accounts team.db --name record.example.org
    """
    try:
        import uvicorn

        from communique.web.app import make_app
        from communique.web.headers import LOOPBACK, host_name
        from communique.web.settling import settle
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"{error.name} is missing: the pages need `pip install communique[web]`"
        ) from error
    if accounts is None and host_name(host if host != "::1" else "[::1]") not in LOOPBACK:
        raise SettingsError(
            f"{host}: listening for others needs --accounts; without them only 127.0.0.1 is served"
        )
    if accounts is not None:
        _check(accounts)
    app = make_app(archive, accounts=accounts, hosts=names or (None if accounts else LOOPBACK))
    listening = _listen(host, port)
    address = f"http://{'[::1]' if host == '::1' else host}:{listening.getsockname()[1]}/"
    click.echo(f"{archive} is at {address} (Ctrl-C stops it)", err=True)
    if show:
        click.launch(address)
    settle()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    server.run(sockets=[listening])


def _check(accounts: Path) -> None:
    """Raises SettingsError for a file of accounts with nobody in it."""
    from communique.web.accounts import Accounts

    if not accounts.exists() or not Accounts(accounts).all():
        raise SettingsError(
            f"{accounts}: nobody is in it yet: communique accounts {accounts} add NAME --role admin"
        )


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the port. Raises SettingsError where the port is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)  # who comes before the pages are ready waits
    except OSError as error:
        listening.close()
        raise SettingsError(f"{host}:{port}: {error.strerror}: try another with --port") from error
    return listening
