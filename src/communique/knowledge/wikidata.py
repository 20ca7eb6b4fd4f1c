"""A client of Wikidata's query service (SPARQL over HTTP): paging, time-outs, retries, a polite user agent.

The service's documented form: GET <service>?query=...&format=json answers
{"head": {"vars": [...]}, "results": {"bindings": [{"name": {"type": ..., "value": ...}}]}}; a client has 60
seconds a query, 429 with Retry-After asks it to wait, and it must name itself
(https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from communique.errors import InputError

SERVICE = "https://query.wikidata.org/sparql"
AGENT = "communique-knowledge/0.1 (https://pypi.org/project/communique; office-holders table) python-urllib"
LARGEST_ANSWER = 64 * 1024 * 1024
"""An answer of more bytes than this is refused."""
BUSY = frozenset({429, 500, 502, 503, 504})

Binding = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one query, and the day on which the service answered (its own Date header)."""

    rows: tuple[Binding, ...]
    day: date


@dataclass(frozen=True, slots=True)
class QueryService:
    """A SPARQL endpoint. `timeout` is seconds a request; `wait` sleeps between tries and pages."""

    url: str = SERVICE
    timeout: float = 70.0
    tries: int = 4
    pause: float = 1.0
    wait: Callable[[float], None] = time.sleep

    def select(self, query: str) -> Answer:
        """The answer to one query. Raises InputError without network, or where the service keeps failing."""
        for attempt in range(1, self.tries + 1):
            try:
                return self._ask(query)
            except HTTPError as error:
                if error.code not in BUSY or attempt == self.tries:
                    raise InputError(self.url, f"the service answered {error.code} {error.reason}") from error
                self.wait(_seconds(error.headers, self.pause * 2**attempt))
            except (HTTPException, OSError) as error:
                reason = error.reason if isinstance(error, URLError) else error
                if not isinstance(reason, TimeoutError):
                    raise InputError(self.url, f"no network, or no such service: {reason}") from error
                if attempt == self.tries:
                    raise InputError(self.url, f"no answer within {self.timeout:g} seconds") from error
                self.wait(self.pause * 2**attempt)
        raise AssertionError("unreachable: the last try returns or raises")

    def pages(self, query: str, size: int) -> Iterator[Answer]:
        """The query's rows in portions, until one is not full; the query must say ORDER BY."""
        offset = 0
        while True:
            answer = self.select(f"{query}\nLIMIT {size} OFFSET {offset}")
            yield answer
            if len(answer.rows) < size:
                return
            offset += size
            self.wait(self.pause)

    def _ask(self, query: str) -> Answer:
        address = f"{self.url}?{urlencode({'query': query, 'format': 'json'})}"
        headers = {"User-Agent": AGENT, "Accept": "application/sparql-results+json"}
        with urlopen(Request(address, headers=headers), timeout=self.timeout) as response:
            body = response.read(LARGEST_ANSWER + 1)
            day = _day(response.headers)
        if len(body) > LARGEST_ANSWER:
            raise InputError(self.url, f"an answer of more than {LARGEST_ANSWER} bytes")
        return Answer(self._rows(body), day)

    def _rows(self, body: bytes) -> tuple[Binding, ...]:
        try:
            found = json.loads(body)["results"]["bindings"]
            return tuple({name: str(cell["value"]) for name, cell in row.items()} for row in found)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(self.url, f"no answer in the form of SPARQL results: {error!r}") from error


def _day(headers: Message) -> date:
    told = headers["Date"]
    if told is None:
        raise InputError("Date header", "the service does not say when it answered")
    return parsedate_to_datetime(told).date()


def _seconds(headers: Message, otherwise: float) -> float:
    told = headers["Retry-After"] if headers is not None else None
    return min(float(told), 120.0) if told and told.isdigit() else otherwise
