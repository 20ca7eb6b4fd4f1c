"""Talking to an OpenAI-compatible server: time-outs, retries, a cache by content. Standard library only."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from communique.coding.external.asking import key_of
from communique.errors import ServerError, SettingsError

_LARGEST = 8_000_000  # bytes of an answer
_PORTION = 65_536
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Server:
    """Which server and model, and how patiently it is asked.

    `url` is the base that `/chat/completions` is added to. `timeout` is seconds for one whole answer, `retries` how
    often a failed request is made again, `pause` the seconds before the first of these (doubled each time).
    `key_in` names the environment variable that holds the key; answers are kept in the folder `cache`.
    """

    url: str
    model: str
    timeout: float = 120.0
    retries: int = 3
    pause: float = 1.0
    key_in: str = "COMMUNIQUE_LLM_KEY"
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, the tokens that the server counted (0 where it does not), and if it was kept before."""

    content: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: bool = False


def check(server: Server) -> None:
    """Raises SettingsError for an address that is none, ServerError where nothing answers there at all."""
    if urlsplit(server.url).scheme not in {"http", "https"} or not urlsplit(server.url).hostname:
        raise SettingsError(
            f"{server.url!r} is no http or https address (--base-url http://localhost:8080/v1)"
        )
    try:
        _read(server, urllib.request.Request(f"{server.url.rstrip('/')}/models", headers=_headers(server)))
    except urllib.error.HTTPError as error:
        error.close()
    except (OSError, http.client.HTTPException) as error:
        raise ServerError(f"{server.url}: no answer ({error})") from error


def complete(server: Server, body: dict[str, Any]) -> Answer:
    """The answer to a request, from the cache where it was asked before; it is kept once it came whole.

    Raises ServerError when the last try failed too, or when the server refuses the request.
    """
    kept = server.cache / f"{key_of(body)}.json" if server.cache else None
    if kept is not None and kept.exists():
        return Answer(**json.loads(kept.read_text(encoding="utf-8")), cached=True)
    answer = _ask(server, body)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = {n: getattr(answer, n) for n in ("content", "prompt_tokens", "completion_tokens")}
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(made), encoding="utf-8")
        part.replace(kept)
    return answer


def _ask(server: Server, body: dict[str, Any]) -> Answer:
    data = json.dumps(body).encode()
    address = f"{server.url.rstrip('/')}/chat/completions"
    reason = "not asked"
    for attempt in range(server.retries + 1):
        if attempt:
            time.sleep(server.pause * 2 ** (attempt - 1))
        try:
            return _answer(_read(server, urllib.request.Request(address, data, _headers(server))))
        except urllib.error.HTTPError as error:
            reason = f"{error.code} {error.reason}"
            error.close()
            if error.code not in _AGAIN:
                break
        except (OSError, http.client.HTTPException, _BrokenAnswer) as error:
            reason = str(error) or type(error).__name__
    raise ServerError(f"{server.url}: {reason}")


def _headers(server: Server) -> dict[str, str]:
    key = os.environ.get(server.key_in)
    return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})


def _read(server: Server, request: urllib.request.Request) -> bytes:
    """The whole answer; TimeoutError when it is not there in time, however slowly it trickles."""
    ends = time.monotonic() + server.timeout
    found = bytearray()
    with urllib.request.urlopen(request, timeout=server.timeout) as response:
        while portion := response.read1(_PORTION):
            found += portion
            if len(found) > _LARGEST:
                raise _BrokenAnswer(f"an answer of more than {_LARGEST} bytes")
            if time.monotonic() > ends:
                raise TimeoutError(f"no whole answer in {server.timeout:g} s")
    return bytes(found)


def _answer(content: bytes) -> Answer:
    try:
        found = json.loads(content)
        usage = found.get("usage") or {}
        counted = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
        prompt, completion = (n if isinstance(n, int) and n >= 0 else 0 for n in counted)
        text = found["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _BrokenAnswer("the answer is not a chat completion") from error
    if not isinstance(text, str):
        raise _BrokenAnswer("the answer has no text")
    return Answer(text, prompt, completion)


class _BrokenAnswer(Exception):
    """The server answered, but not with what was asked for; it is asked again."""
