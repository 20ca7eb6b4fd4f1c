"""Compresses answers for a team: whoever reads over a network gets an eighth to a fifth of the bytes.

On a laptop nothing is compressed: bytes cost nothing there and time does.

What is compressed tells by its length what repeats in it, so a page that holds a secret and repeats words of its
address would give the secret away bit by bit (BREACH, https://www.breachattack.com/). The only secret in our pages is
the token of their forms, and that is written otherwise in every answer (`entrance.masked`); the session's cookie is
never in a page. So all text is compressed, pages with forms too.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST: Final = 1024  # bytes; less fits into one packet anyhow
_LEVEL: Final = 5
_PACKED: Final = (
    "application/vnd.apache.parquet",
    "application/octet-stream",
)  # these are compressed by themselves


class Compressing:
    """Compresses by gzip what is text and not tiny, for whom takes it.

    An ETag then stands for both forms of an answer, so it is a weak one (RFC 9110, 8.8.3), and every answer, the 304
    among them, says that it varies with `Accept-Encoding` (RFC 9110, 15.4.5).
    """

    def __init__(self, app: ASGIApp) -> None:
        left = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *_PACKED)
        self.app = GZipMiddleware(app, SMALLEST, _LEVEL, exclude_content_types=left)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, compressed where that helps."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                _say_so(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, told)


def _say_so(headers: MutableHeaders) -> None:
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")
    etag = headers.get("etag", "")
    if "content-encoding" in headers and etag.startswith('"'):
        headers["etag"] = f"W/{etag}"
