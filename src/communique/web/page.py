"""What a page is: its address, what can be asked of it, the data it shows, its template and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from communique.archive import Archive


class Missing(Exception):
    """There is no such document, event, ...: the message says what is missing. Shown as a page with status 404."""


class Asked(BaseModel):
    """The GET parameters of a page. An empty one counts as not given, so a form's empty fields ask for nothing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        kept = {
            n: [v for v in value if v != ""] if isinstance(value, list) else value
            for n, value in values.items()
        }
        return {name: value for name, value in kept.items() if value not in ("", [])}

    @cached_property
    def _told(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def query(self, **changed: Any) -> list[tuple[str, str]]:
        """What was asked as pairs of a query string, with some parts changed; defaults are left out."""
        told = self._told | changed
        pairs: list[tuple[str, str]] = []
        for name, value in told.items():
            several = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in several if one not in (None, "")]
        return pairs


class Paged(Asked):
    """What can be asked of a page that lists: which portion, and how long it is."""

    page: int = Field(1, ge=1, le=1_000_000, description="Which portion of the list, the first is 1.")
    size: int = Field(50, ge=1, le=500, description="How many rows a portion has.")

    @property
    def offset(self) -> int:
        """How many rows come before this portion."""
        return (self.page - 1) * self.size


class Shown(BaseModel):
    """What a page shows: plain data, the same in the JSON twin."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Portion(Shown):
    """Where a list stands: `total` rows in all, `page` of `pages`."""

    total: int
    page: int
    pages: int
    size: int

    @classmethod
    def of(cls, total: int, asked: Paged) -> Portion:
        """The portion that was asked for of so many rows."""
        return cls(total=total, page=asked.page, pages=max(1, -(-total // asked.size)), size=asked.size)


Row = Sequence[str | int | float | None]


@dataclass(frozen=True)
class Table:
    """The CSV twin: its columns, and all rows (not one portion) for what was asked."""

    columns: tuple[str, ...]
    rows: Callable[..., Iterator[Row]]  # (archive, asked, **keys)


@dataclass(frozen=True)
class Page:
    """One page. `keys` of the path stand in braces: "/documents/{id}"."""

    name: str
    path: str
    title: str
    about: str  # one sentence: what is on it (for OpenAPI and the API page)
    template: str
    data: Callable[..., Shown]  # (archive, asked, **keys)
    gives: type[Shown]
    asked: type[Asked] = Asked
    table: Table | None = None
    place: str | None = None  # the entry of the navigation that it stands under
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        object.__setattr__(self, "keys", tuple(p[1:-1] for p in parts if p.startswith("{")))

    def twin(self, kind: str) -> str:
        """The path of a twin: "/events.json"; "/index.json" for the first page."""
        return f"{'/index' if self.path == '/' else self.path}.{kind}"

    def answer(self, archive: Archive, asked: Asked, keys: dict[str, str]) -> Shown:
        """The page's data. Raises Missing where there is no such thing."""
        return self.data(archive, asked, **keys)
