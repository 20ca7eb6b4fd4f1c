"""Makes the addresses of a page answer: HTML, the JSON twin and the CSV twin, each with an ETag.

An ETag is made from the archive's state, the address, and whoever is logged in: as long as none of them has changed,
a browser that asks again is told so (304) and nothing is read.
"""

from __future__ import annotations

import csv
import hashlib
import inspect
import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from jinja2 import Environment
from pydantic import BaseModel

from communique.archive import Archive
from communique.archive.pages import Watch
from communique.web.accounts.entrance import masked
from communique.web.judging.who import COOKIE, judging_context
from communique.web.keys import id_of
from communique.web.memory import forget
from communique.web.page import Asked, Page, Row, Table

Kind = Literal["html", "json", "csv"]
MEDIA: Final[dict[Kind, str]] = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_CHUNK: Final = 1 << 16


class Refusal(BaseModel):
    """What a program is told where there is no answer for it: what is wrong, and the particulars."""

    error: str
    detail: list[str]


class Desk:
    """What answering needs: the archive, its watch, the templates. One for each app; kept in `app.state.desk`."""

    def __init__(self, archive: Archive, templates: Environment) -> None:
        self.archive = archive
        self.templates = templates
        self._watch = Watch(archive.path)
        self._salt = secrets.token_hex(8)  # numbers of an earlier process mean nothing

    def etag(self, request: Request) -> str:
        """The tag of what the address shows to this user in the archive's present state."""
        who = getattr(request.state, "user", None)
        form = getattr(request.state, "csrf", "") + request.cookies.get(COOKIE, "")
        told = f"{self._salt} {self._watch.state()} {who!r} {form} {request.url.path}?{request.url.query}"
        return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'

    def close(self) -> None:
        """Let go of the archive."""
        forget(self.archive)
        self._watch.close()
        self.archive.close()


def add_page(app: FastAPI, page: Page) -> None:
    """Make the page and its twins answer; the twins' paths go first, as `/x/{id}` would match theirs as well."""
    for kind in ("json", "csv", "html"):
        if kind == "csv" and page.table is None:
            continue
        described: dict[str, Any] = (
            {"model": page.gives} if kind == "json" else {"content": {MEDIA[kind]: {}}}
        )
        app.add_api_route(
            page.path if kind == "html" else page.twin(kind),
            _endpoint(page, kind),
            methods=["GET"],
            name=page.name if kind == "html" else f"{page.name}.{kind}",
            operation_id=f"{page.name}_{kind}",
            summary=f"{page.title} ({kind.upper()})",
            description=page.about,
            include_in_schema=kind != "html",
            response_class=Response,
            response_model=None,
            responses=_responses(page, described | {"description": page.about}),
        )


def _responses(page: Page, fine: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    told: dict[int | str, dict[str, Any]] = {
        200: fine,
        304: {"description": "Not changed since (If-None-Match)."},
        422: {"description": "That cannot be asked.", "model": Refusal},
    }
    missing = {404: {"description": "There is no such thing in the archive.", "model": Refusal}}
    return told | (missing if page.keys else {})


def _endpoint(page: Page, kind: Kind) -> Callable[..., Response]:
    """A function with the signature that FastAPI reads parameters from."""

    def answer(request: Request, **given: Any) -> Response:
        asked = given.pop("asked", None) or page.asked()
        keys = {name: id_of(given[name]) for name in page.keys}
        return _answer(request, page, kind, asked=asked, keys=keys)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)]
    parameters += [inspect.Parameter(n, keyword, annotation=Annotated[str, Path()]) for n in page.keys]
    if page.asked.model_fields:
        parameters.append(inspect.Parameter("asked", keyword, annotation=Annotated[page.asked, Query()]))
    answer.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return answer


def _answer(request: Request, page: Page, kind: Kind, *, asked: Asked, keys: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    headers = {"etag": desk.etag(request), "cache-control": "private, no-cache", "vary": "Cookie, HX-Request"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if kind == "csv":
        assert page.table is not None
        return _csv(page.table, page.name, page.table.rows(desk.archive, asked, **keys), headers)
    data = page.answer(desk.archive, asked, keys)
    if kind == "json":
        return Response(data.model_dump_json(by_alias=True), media_type="application/json", headers=headers)
    return HTMLResponse(
        html(desk, request, page.template, page=page, data=data, asked=asked), headers=headers
    )


def html(desk: Desk, request: Request, template: str, **shown: Any) -> str:
    """The template filled with what is shown, knowing where it stands and who looks."""
    query = request.url.query
    context: dict[str, Any] = {
        "path": request.url.path,
        "query": f"?{query}" if query else "",
        "page": None,
        "asked": None,
    }
    token = getattr(request.state, "csrf", None)
    user = getattr(request.state, "user", None)
    outside = user is None and getattr(request.state, "accounts", None) is not None
    context |= {"user": user, "outside": outside, "csrf": token and masked(token)}
    return desk.templates.get_template(template).render(context | judging_context(request) | shown)


def _csv(table: Table, name: str, rows: Iterable[Row], headers: Mapping[str, str]) -> Response:
    """The table as a download. The first portion is read before anything is sent, so that an error is told."""
    portions = _portions(table.columns, rows)
    first = next(portions)

    def sent() -> Iterator[str]:
        yield first
        yield from portions

    told = dict(headers) | {"content-disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(sent(), media_type="text/csv; charset=utf-8", headers=told)


def _portions(columns: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the table in portions; lines end in CR LF (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if out.tell() > _CHUNK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def cell(value: str | int | float | None) -> str:
    """A cell's text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, int | float):
        return str(value)
    return f"'{value}" if value and value.startswith(_FORMULA) else value or ""
