"""A JSON object as a raw page: which fields it must have, and of which types."""

from __future__ import annotations

import json
import unicodedata

from communique.errors import InputError
from communique.records import Metadata, RawPage
from communique.sources.decoding import without_unwanted
from communique.sources.limits import MAX_ID_CHARACTERS

_METADATA = ("title", "date", "source", "url", "lang")


def parsed(text: str, origin: str) -> dict[str, object]:
    """The JSON object that `text` is. Raises `InputError` where it is broken or something else."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise InputError(origin, "JSON nested too deeply") from error
    except ValueError as error:
        raise InputError(origin, f"broken JSON: {error}") from error
    return as_object(value, origin)


def as_object(value: object, origin: str) -> dict[str, object]:
    """`value` where it is a JSON object, else `InputError`."""
    if not isinstance(value, dict):
        raise InputError(origin, f"a JSON object is wanted, not {_kind(value)}")
    return value


def page_of(fields: dict[str, object], *, origin: str, sha256: str, default_id: str) -> RawPage:
    """The raw page that a JSON document is: `text`, or else `html`, with `id` and metadata where given.

    Raises `InputError` for a missing text and for a field of a wrong type. Other fields are ignored.
    """
    text, html = (_string(fields, name, origin) for name in ("text", "html"))
    if text is None and html is None:
        raise InputError(origin, "the document has neither `text` nor `html`")
    return RawPage(
        id=id_of(fields, origin) or checked_id(default_id, origin),
        content=text if text is not None else html or "",
        media="text" if text is not None else "html",
        metadata=metadata_of(fields, origin),
        origin=origin,
        sha256=sha256,
    )


def metadata_of(fields: dict[str, object], origin: str) -> Metadata:
    """Title, date, source, url and lang of a JSON object; what is absent, null or blank is None."""
    values = {name: _string(fields, name, origin) for name in _METADATA}
    return Metadata(**{name: value.strip() or None for name, value in values.items() if value is not None})


def id_of(fields: dict[str, object], origin: str) -> str | None:
    """The object's `id`, a string or a whole number; None where there is none."""
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    given = _string(fields, "id", origin)
    return checked_id(given, origin) if given is not None and given.strip() else None


def checked_id(value: str, origin: str) -> str:
    """`value` as an id. Raises `InputError` where it is too long or has control characters."""
    name = value.strip()
    if len(name) > MAX_ID_CHARACTERS:
        raise InputError(origin, f"the id has {len(name)} characters, more than {MAX_ID_CHARACTERS}")
    if not name or any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in name):
        raise InputError(origin, "the id is empty or has control characters")
    return name


def _string(fields: dict[str, object], name: str, origin: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(origin, f"`{name}` must be a string, not {_kind(value)}")
    return without_unwanted(value)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
