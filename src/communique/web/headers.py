"""What guards the pages: headers on every answer, whom the server answers to, and who may write.

Policy: https://www.w3.org/TR/CSP3/; the pages use no inline script or style and ask nothing from elsewhere.
On a laptop the pages listen on 127.0.0.1 without a log-in; so that no page of another site can reach them
(DNS rebinding, forged forms), only known hosts are answered and a write must come from our own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Puts the headers on every answer; refuses unknown hosts (421) and writes from elsewhere (403).

    HEAD is answered as GET, without the body.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] | None = LOOPBACK) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, guarded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        method = scope["method"]

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        refusal = self._refusal(method, Headers(scope=scope))
        as_get = {**scope, "method": "GET"} if method == "HEAD" else scope
        await (refusal or self.app)(as_get, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if self.hosts is not None and host_name(host) not in self.hosts:
            return PlainTextResponse("This server does not answer for that host.\n", status_code=421)
        if method not in _SAFE and not _from_here(headers, host):
            return PlainTextResponse("A change must come from the pages themselves.\n", status_code=403)
        return None


def host_name(host: str) -> str:
    """The name in a Host header, without the port: "[::1]:8000" gives "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _from_here(headers: Headers, host: str) -> bool:
    """True when the browser says that the request comes from a page of this very host, or no browser sent it.

    Our pages send no referrer, so browsers write `Origin: null` for their forms
    (https://fetch.spec.whatwg.org/#append-a-request-origin-header); then `Sec-Fetch-Site` has to say where from.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin == "null":
        return site is not None
    return origin is None or origin.partition("://")[2] == host
