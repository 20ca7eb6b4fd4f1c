"""The API as its own description tells it, whatever is asked (schemathesis over the OpenAPI document)."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.config import (
    CoveragePhaseConfig,
    ExamplesPhaseConfig,
    FuzzingPhaseConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
    StatefulPhaseConfig,
)
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from communique.web.app import make_app
from communique.web.pages import PAGES

OPERATIONS = [
    f"{page.name}_{kind}" for page in PAGES for kind in ("json", "csv") if kind == "json" or page.table
]
_ASKED = settings(
    max_examples=4, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
"""So many questions an operation; each answer is held to the description: status, type, schema."""
_ONLY_FUZZING = PhasesConfig(
    examples=ExamplesPhaseConfig(enabled=False),
    coverage=CoveragePhaseConfig(enabled=False),
    fuzzing=FuzzingPhaseConfig(enabled=True),
    stateful=StatefulPhaseConfig(enabled=False),
)


def described(app: FastAPI) -> OpenApiSchema:
    """The API of the application, as its own document tells it."""
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(phases=_ONLY_FUZZING)))
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


@asynccontextmanager
async def _staying(app: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="session")
def api(sample: Path) -> Iterator[OpenApiSchema]:
    app = make_app(sample, hosts=None)  # schemathesis asks "testserver"
    app.router.lifespan_context = _staying  # it begins and ends the application with each question
    yield described(app)
    app.state.desk.close()


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_api_is_as_described(name: str, api: OpenApiSchema) -> None:
    operation = api.find_operation_by_id(name)

    @_ASKED
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def is_answered_as_described(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate()

    is_answered_as_described()


def test_every_operation_is_asked(api: OpenApiSchema) -> None:
    found = [one.ok() for one in api.get_all_operations() if isinstance(one, Ok)]
    described = [operation.definition.raw["operationId"] for operation in found]
    assert sorted(described) == sorted([*OPERATIONS, "download", "pass-on"])


def test_what_cannot_be_asked_is_refused_as_described(api: OpenApiSchema) -> None:
    operation = api.find_operation_by_id("events_json")
    for query in (
        {"page": "x"},
        {"size": 501},
        {"kind": "party"},
        {"since": "2016-13"},
        {"min_confidence": 2},
    ):
        case = operation.Case(query=query)
        answer = case.call_and_validate()
        assert (answer.status_code, set(answer.json())) == (422, {"error", "detail"})
