"""FollowTheMoney: every entity held to a table of its schemata, written after the public reference."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.archive import Archive
from communique.export.ftm import entities

SCHEMATA: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("ftm_schemata.toml").read_text(encoding="utf-8")
)
TYPES = {
    "date": r"\d{4}(-\d\d(-\d\d)?)?",
    "country": r"[a-z]{2}",
    "language": r"[a-z]{3}",
    "url": r"https?://[!-~]+",
}
Entity = dict[str, Any]


def line_of(schema: str) -> list[str]:
    """The schema and all that it extends."""
    return [schema, *(name for above in SCHEMATA[schema].get("extends", []) for name in line_of(above))]


def properties(schema: str) -> dict[str, str]:
    return {name: type_ for s in line_of(schema) for name, type_ in SCHEMATA[s].get("properties", {}).items()}


@pytest.fixture(scope="module")
def found(archive: Archive) -> Iterator[dict[str, Entity]]:
    read = [json.loads(line) for line in entities(archive)]
    by_id = {entity["id"]: entity for entity in read}
    assert len(by_id) == len(read)
    yield by_id


def of(found: dict[str, Entity], schema: str) -> list[dict[str, list[str]]]:
    return [entity["properties"] for entity in found.values() if entity["schema"] == schema]


def test_every_entity_is_of_its_schema(found: dict[str, Entity]) -> None:
    for entity in found.values():
        assert set(entity) == {"id", "schema", "properties"}
        assert re.fullmatch(r"[0-9a-zA-Z]+", entity["id"])
        allowed, given = properties(entity["schema"]), entity["properties"]
        assert set(given) <= set(allowed)
        required = [
            name for schema in line_of(entity["schema"]) for name in SCHEMATA[schema].get("required", [])
        ]
        assert [name for name in required if not given.get(name)] == []


def test_every_value_is_of_its_type(found: dict[str, Entity]) -> None:
    for entity in found.values():
        allowed = properties(entity["schema"])
        for name, values in entity["properties"].items():
            assert values and len(set(values)) == len(values)
            for value in values:
                assert isinstance(value, str) and value.strip() == value and "\n" not in value
                if allowed[name] in SCHEMATA:
                    assert allowed[name] in line_of(found[value]["schema"])
                elif allowed[name] in TYPES:
                    assert re.fullmatch(TYPES[allowed[name]], value), (name, value)


def test_how_many_there_are(found: dict[str, Entity], archive: Archive) -> None:
    counts = Counter(entity["schema"] for entity in found.values())
    assert counts == {
        "Article": 8, "Event": archive.count_events(), "Mention": 3, "Person": 3, "Position": 2, "Occupancy": 2,
        "PublicBody": 8, "Organization": 1,
    }  # fmt: skip


def test_an_event_with_its_people_and_places(found: dict[str, Entity], archive: Archive) -> None:
    (visit,) = (e for e in of(found, "Event") if "visit" in e["keywords"])
    (event,) = (e for e in archive.events() if e.kind == "visit")
    named = {found[id_]["schema"]: found[id_]["properties"] for id_ in visit["involved"]}
    assert {name: values for name, values in visit.items() if name not in ("involved", "proof")} == {
        "name": ["Visit: Armenia to Iran"],
        "date": ["2017-01-30"],
        "startDate": ["2017-01-30"],
        "endDate": ["2017-01-30"],
        "location": ["Tehran"],
        "country": ["ir"],
        "description": ["Defence Minister Vigen Sargsyan left for Iran on Monday."],
        "keywords": ["visit", "actual"],
        "recordId": [event.id],
        "publisher": ["The Wire"],
        "sourceUrl": ["https://example.org/visit?a=1&b=2", "https://example.org/visit-again?a=1&b=2"],
    }
    assert named["Person"] == {
        "name": ["Vigen Sargsyan"],
        "country": ["am"],
        "position": ["defence minister"],
    }
    assert [found[id_]["properties"]["title"] for id_ in visit["proof"]] == [
        ["Minister in Tehran"],
        ["Sargsyan ends visit"],
    ]


def test_an_occupancy_is_dated_by_the_first_and_last_document(found: dict[str, Entity]) -> None:
    (held,) = (o for o in of(found, "Occupancy") if found[o["holder"][0]]["properties"]["country"] == ["am"])
    assert held["date"] == ["2017-01-30", "2017-02-01"]
    post = found[held["post"][0]]["properties"]
    assert post["name"] == ["defence minister of Armenia"]
    assert found[post["organization"][0]]["properties"] == {
        "name": ["Armenia"],
        "weakAlias": ["ARM"],
        "country": ["am"],
    }


def test_what_did_not_happen_says_so_in_its_name(found: dict[str, Entity]) -> None:
    names = [event["name"][0] for event in of(found, "Event")]
    assert "Arms transfer (negotiation): Russia to Iran: S-400 (denied)" in names
    assert "Meeting: Russia, Turkey (possible)" in names
