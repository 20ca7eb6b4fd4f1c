"""The pages of accounts: log in and out, one's own password, and (for an admin) all accounts and the audit log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.errors import AccountsError
from communique.web.accounts.entrance import COOKIE, address_of, from_our_form, local, note, who
from communique.web.accounts.store import ROLES, Accounts, AuditEntry, Role, Session
from communique.web.answers import html

Field = Annotated[str, Form(max_length=1000)]
OurForm = [Depends(from_our_form)]
_NO_STORE = {"cache-control": "no-store"}

router = APIRouter(include_in_schema=False)


def add_accounts(app: FastAPI) -> None:
    """Make the pages answer."""
    app.include_router(router)


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The form to log in with."""
    return _page(request, "login.html", "Log in", next=local(next), wrong=False)


@router.post("/login", dependencies=OurForm)
def log_in(request: Request, name: Field, password: Field, next: Field = "/") -> Response:
    """Begin a session and go on to where one wanted to go."""
    session = _accounts(request).log_in(name, password, address=address_of(request))
    if session is None:
        return _page(request, "login.html", "Log in", status=401, next=local(next), wrong=True)
    response = RedirectResponse(local(next), status_code=303, headers=_NO_STORE)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/logout", dependencies=OurForm)
def log_out(request: Request) -> Response:
    """End the session."""
    _accounts(request).log_out(cast(Session, request.state.session), address=address_of(request))
    response = RedirectResponse("/login", status_code=303, headers=_NO_STORE)
    response.delete_cookie(COOKIE)
    return response


@router.get("/account")
def own(request: Request) -> Response:
    """One's own account."""
    return _page(request, "account.html", "Your account", fault=None)


@router.post("/account", dependencies=OurForm)
def change_password(request: Request, old: Field, new: Field) -> Response:
    """Change one's password; all sessions end."""
    accounts, name = _accounts(request), who(request) or ""
    session = accounts.log_in(name, old, address=address_of(request))
    if session is None:
        return _page(request, "account.html", "Your account", status=401, fault="The old password is wrong.")
    try:
        accounts.set_password(name, new)
    except AccountsError as error:
        return _page(request, "account.html", "Your account", status=422, fault=f"{error}.")
    note(request, "changed the own password")
    return RedirectResponse("/login", status_code=303, headers=_NO_STORE)


@router.get("/accounts")
def keep(request: Request) -> Response:
    """All accounts, and what was done of late."""
    return _kept(request)


@router.post("/accounts", dependencies=OurForm)
def change(
    request: Request, do: Field, name: Field, role: Field = "reader", password: Field = ""
) -> Response:
    """Add or remove an account, or give it another role or password."""
    accounts = _accounts(request)
    changes: dict[str, Any] = {
        "add": lambda: accounts.add(name, password, cast(Role, role)),
        "role": lambda: accounts.set_role(name, cast(Role, role)),
        "password": lambda: accounts.set_password(name, password),
        "remove": lambda: accounts.remove(name),
    }
    try:
        changes.get(do, lambda: None)()
    except AccountsError as error:
        return _kept(request, fault=f"{error}.", status=422)
    note(request, f"account {name}: {do}{f' {role}' if do in ('add', 'role') else ''}")
    return RedirectResponse("/accounts", status_code=303)


def _kept(request: Request, *, fault: str | None = None, status: int = 200) -> Response:
    accounts = _accounts(request)
    log = [_entry(entry) for entry in accounts.audit()]
    shown = {"accounts": accounts.all(), "roles": ROLES, "log": log, "fault": fault}
    return _page(request, "accounts.html", "Accounts", status=status, **shown)


def _entry(entry: AuditEntry) -> dict[str, str]:
    at = datetime.fromtimestamp(entry.at, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return {"at": at, "who": entry.who, "what": entry.what, "address": entry.address}


def _accounts(request: Request) -> Accounts:
    return cast(Accounts, request.state.accounts)


def _page(request: Request, template: str, title: str, *, status: int = 200, **shown: Any) -> Response:
    text = html(request.app.state.desk, request, template, title=title, **shown)
    return HTMLResponse(text, status_code=status, headers=_NO_STORE)
