"""Who is asking: the session of each request, what its role allows, and the token that our own forms carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from communique.web.accounts.store import Accounts, Role, Session

COOKIE: Final = "communique_session"
FIELD: Final = "csrf"
_OPEN: Final = ("/login", "/static/")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ANY_ROLE: Final = frozenset({"/logout", "/account"})
_ADMIN: Final = "/accounts"
_A: Final[dict[Role, str]] = {"reader": "a reader", "reviewer": "a reviewer", "admin": "an admin"}
Told = Callable[[Request, int, str, list[str]], Response]


class Entrance:
    """Puts `user` (an Account or None), `session` and `csrf` on each request's state, and lets in whom it may.

    Without `accounts` everybody is let in (a laptop). With them: who has no session is sent to the log-in (asked
    for a twin, 401); a reader may not change anything (403), and only an admin sees the accounts. `told` makes
    the answer that says so, of the request, the status, a title and lines.
    """

    def __init__(self, app: ASGIApp, *, accounts: Accounts | None, told: Told) -> None:
        self.app = app
        self.accounts = accounts
        self.told = told
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        session = await self._session(request)
        request.state.session = session
        request.state.user = session.account if session else None
        request.state.accounts = self.accounts
        request.state.csrf = self._token(session.token if session else "")
        refusal = self._refusal(request, session) if self.accounts is not None else None
        await (refusal or self.app)(scope, receive, send)

    async def _session(self, request: Request) -> Session | None:
        token = request.cookies.get(COOKIE)
        if self.accounts is None or not token:
            return None
        return await run_in_threadpool(self.accounts.session, token)

    def _refusal(self, request: Request, session: Session | None) -> Response | None:
        path = request.url.path
        if path.startswith(_OPEN):
            return None
        if session is None:
            return self._to_log_in(request)
        needed = _needed(request.method, path)
        if not session.account.may(needed):
            role = f"It takes the role of {_A[needed]}; {session.account.name} is {_A[session.account.role]}."
            return self.told(request, 403, "Your account may not do that", [role])
        return None

    def _to_log_in(self, request: Request) -> Response:
        path = request.url.path
        if request.method not in _SAFE:
            ended = "The session has ended, and nothing was kept. Log in, go back and send it again."
            return self.told(request, 401, "Log in first", [ended])
        if path.endswith((".json", ".csv")):
            return self.told(request, 401, "Log in first", [])
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/login?next={quote(path + query)}", status_code=303)

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()


async def from_our_form(request: Request) -> None:
    """A dependency of everything that writes: the form carries the token that our pages put into it, else 403."""
    given = request.headers.get("x-csrf-token") or (await request.form()).get(FIELD)
    if not isinstance(given, str) or not hmac.compare_digest(_unmasked(given), request.state.csrf.encode()):
        raise HTTPException(403, "This form is too old, or not from these pages: load the page again.")


def masked(token: str) -> str:
    """The token as a form carries it: under a mask of its own each time, so that no two answers have it in common.

    Else the length of a compressed answer could be made to tell it (https://www.breachattack.com/).
    """
    mask = secrets.token_bytes(len(token) // 2)
    return mask.hex() + _crossed(mask, bytes.fromhex(token)).hex()


def _unmasked(given: str) -> bytes:
    """The token in what a form carried, written as `masked` was given it; b"" where it is not of that form."""
    try:
        content = bytes.fromhex(given)
    except ValueError:
        return b""
    half = len(content) // 2
    return _crossed(content[:half], content[half:]).hex().encode()


def _crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def who(request: Request) -> str | None:
    """The name of who is logged in; None where nobody logs in."""
    return request.state.user.name if request.state.user else None


def note(request: Request, what: str) -> None:
    """Write what was done into the audit log, where there are accounts."""
    if request.state.accounts is not None:
        request.state.accounts.note(who(request) or "-", what, address=address_of(request))


def address_of(request: Request) -> str:
    """The address that the request came from."""
    return request.client.host if request.client else "-"


def local(path: str | None) -> str:
    """The path, where it is one of this server, else "/": nobody is sent elsewhere after the log-in."""
    parts = urlsplit(path or "/")
    is_local = not parts.scheme and not parts.netloc and (path or "/").startswith("/")
    return path if path and is_local and not path.startswith(("//", "/\\")) else "/"


def _needed(method: str, path: str) -> Role:
    if path == _ADMIN or path.startswith(f"{_ADMIN}/"):
        return "admin"
    return "reader" if method in _SAFE or path in _ANY_ROLE else "reviewer"
