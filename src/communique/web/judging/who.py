"""Who judges: the account's name, or on a laptop the name that was given last, kept in a cookie."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote, unquote

from fastapi import HTTPException, Request
from starlette.responses import Response

from communique.web.accounts.entrance import who

COOKIE: Final = "communique_name"
LONGEST: Final = 80
_YEAR: Final = 365 * 24 * 3600
_DONE: Final = re.compile(r"j[0-9a-f]{15}(?:,j[0-9a-f]{15})*")


def reviewer(request: Request) -> str:
    """The name under which is judged; "" where nobody has told one yet."""
    return who(request) or unquote(request.cookies.get(COOKIE, ""))[:LONGEST].strip()


def named(request: Request, told: str) -> str:
    """The reviewer's name: the account's, else the one told in the form, else that of the cookie. 422 without any."""
    name = who(request) or " ".join(told.split())[:LONGEST] or reviewer(request)
    if not name:
        raise HTTPException(422, "Tell your name: every judgement says who made it.")
    return name


def remember(request: Request, response: Response, name: str) -> None:
    """Keep the name for the next judgement, where nobody logs in."""
    if who(request) is None:
        response.set_cookie(COOKIE, quote(name, safe=""), max_age=_YEAR, httponly=True, samesite="lax")


def judging_context(request: Request) -> dict[str, Any]:
    """What templates know of judging: the reviewer's name, whether one may judge, and what was judged just now."""
    user = getattr(request.state, "user", None)
    done = request.query_params.get("done", "")
    return {
        "reviewer": reviewer(request) if hasattr(request.state, "user") else "",
        "may_judge": user is None or user.may("reviewer"),
        "done": done.split(",") if _DONE.fullmatch(done) else [],
    }
