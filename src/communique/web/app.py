"""The application: pages, twins, static files, OpenAPI; errors as pages.

    app = make_app(Path("record.db"))

`accounts` is the file where accounts live (communique.web.accounts); without it nobody logs in, everybody may
look and judge, and the server must listen on the loopback only (`communique serve` sees to it).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.resources import files
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from communique import __version__
from communique.archive import open_archive
from communique.errors import ArchiveError, SettingsError
from communique.web import counted
from communique.web.accounts import Accounts
from communique.web.accounts.entrance import Entrance, from_our_form
from communique.web.accounts.pages import add_accounts
from communique.web.answers import Desk, add_page, html
from communique.web.compressing import Compressing
from communique.web.headers import HEADERS, LOOPBACK, Guard
from communique.web.page import Missing
from communique.web.pages import ACTIONS, PAGES, Action, navigation
from communique.web.rendering import environment
from communique.web.titles import titled

_ABOUT = """Every page of the archive has a JSON twin (`/events` and `/events.json`), every list a CSV twin as well
(`/events.csv`, always the whole result). Parameters are those of the page's address. An answer has an ETag; ask again
with `If-None-Match` to hear whether anything has changed."""


def make_app(
    archive: Path, *, accounts: Path | None = None, hosts: Iterable[str] | None = LOOPBACK
) -> FastAPI:
    """The pages over the archive at that path. `hosts`: names that are answered to (None is any).

    Raises ArchiveError when the archive cannot be opened, AccountsError for a file that holds no accounts.
    """
    opened = open_archive(archive)
    more = {"navigation": navigation(), "titled": partial(titled, opened)}
    desk = Desk(opened, environment({p.name: p.path for p in PAGES}, **more))
    app = FastAPI(
        title="Communiqué",
        version=__version__,
        description=_ABOUT,
        lifespan=_open,
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    if accounts:
        app.add_middleware(Compressing)
    app.add_middleware(Entrance, accounts=Accounts(accounts) if accounts else None, told=_told)
    app.add_middleware(Guard, hosts=hosts)
    if accounts:
        add_accounts(app)
    app.mount("/static", _Static(directory=str(files("communique.web") / "static")), name="static")
    for page in PAGES:
        add_page(app, page)
    for action in ACTIONS:
        _add_action(app, action)
    _show_errors(app)
    return app


def _add_action(app: FastAPI, action: Action) -> None:
    app.add_api_route(
        action.path,
        action.do,
        methods=[action.method],
        name=action.name,
        operation_id=action.name,
        summary=action.about,
        include_in_schema=action.method == "GET",
        response_model=None,
        dependencies=[Depends(from_our_form)] if action.method == "POST" else [],
    )


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    """Reads the events' columns before the first one asks, so that nobody waits for them; lets go of all at the end."""
    with suppress(ArchiveError):  # pages will say what is wrong
        await run_in_threadpool(counted.chosen, app.state.desk.archive)
    yield
    app.state.desk.close()


class _Static(StaticFiles):
    """Static files, kept by browsers for ever: their address has a hash of their content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _show_errors(app: FastAPI) -> None:
    """What goes wrong is told on a page of ours, or as JSON to whom asked for a twin."""

    @app.exception_handler(Missing)
    def missing(request: Request, error: Missing) -> Response:
        return _told(request, 404, "Not in the archive", [str(error)])

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        title = "There is no such page" if error.status_code == 404 else "That cannot be done"
        return _told(request, error.status_code, title, [str(error.detail)], headers=error.headers)

    @app.exception_handler(RequestValidationError)
    def wrong(request: Request, error: RequestValidationError) -> Response:
        told = [f"{_field(e['loc'])}: {e['msg']}" for e in error.errors()]
        return _told(request, 422, "That cannot be asked", told)

    @app.exception_handler(ArchiveError)
    def damaged(request: Request, error: ArchiveError) -> Response:
        return _told(request, 503, "The archive cannot be read", [str(error)])

    @app.exception_handler(SettingsError)
    def cannot(request: Request, error: SettingsError) -> Response:
        return _told(request, 501, "This server cannot do that", [str(error)])

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        text = "Something is wrong with the program; the server's log says what.\n"
        return Response(text, status_code=500, media_type="text/plain", headers=dict(HEADERS))


def _field(loc: tuple[int | str, ...]) -> str:
    """The parameter that an error is about: ("query", "kind", 0) gives "kind"."""
    return next((part for part in reversed(loc) if isinstance(part, str)), "")


def _told(request: Request, status: int, title: str, lines: list[str], *, headers: object = None) -> Response:
    more = dict(headers) if isinstance(headers, dict) else {}
    if request.url.path.endswith((".json", ".csv")):
        return JSONResponse({"error": title, "detail": lines}, status_code=status, headers=more)
    text = html(request.app.state.desk, request, "error.html", title=title, lines=lines, status=status)
    return HTMLResponse(text, status_code=status, headers=more)
