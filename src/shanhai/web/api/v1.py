"""Version 1 of the API: its resources, how it reads and writes JSON, and its OpenAPI description."""

import json
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from typing import Any, NoReturn

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

import shanhai
from shanhai.web.api import problems
from shanhai.web.api.identity import Bearer, Rate
from shanhai.web.api.resources import (
    audit,
    collections,
    facts,
    findings,
    pairings,
    promises,
    records,
    reports,
    search,
    sources,
    statements,
    tokens,
)

_RESOURCES = (
    pairings, sources, reports, statements, facts, findings, promises, records, collections, search, audit,
    tokens,
)  # fmt: skip
"""Adding a resource is one module and its name here."""
_MOST_DIGITS = 28
_ALWAYS = (400, 401, 403, 404, 422, 429, 503)


class _Exact(Parser):
    """Reads JSON with its numbers exact."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_float=_exact, parse_constant=_refuse)


def _exact(told: str) -> int | Decimal:
    """A number with all its digits; one that is whole counts as such, as JSON has it, unless it is beyond all measure."""
    number = Decimal(told)
    whole = number.adjusted() < _MOST_DIGITS and number == number.to_integral_value()
    return int(number) if whole else number


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


class _Json(BaseRenderer):
    """Writes JSON with its numbers exact."""

    media_type = "application/json"
    _encoder = msgspec.json.Encoder(decimal_format="number")

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return self._encoder.encode(data)


class Api(NinjaAPI):
    """Ninja's API, whose faults are problems and whose description names them."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """The answer to what went wrong; a fault of ours goes on to be logged."""
        told = problems.of_error(exc)
        if told is None:
            raise exc
        return told


api = Api(
    title="山海 Shanhai",
    version="1",
    description=(
        "账本接口：来源、报告、数字、事实、问题。令牌见“接口”页。\n\n"
        "The ledger for programs: sources, reports, statements, facts, findings. Lists come in pages: pass `next` as "
        "`cursor`. Faults are problem+json with a `code`."
    ),
    auth=Bearer(),
    throttle=[Rate()],
    parser=_Exact(),
    renderer=_Json(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
)
for resource in _RESOURCES:
    api.add_router("", resource.router)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description; paths begin below ``/api/v1``."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    told["info"]["x-shanhai"] = shanhai.__version__
    told["servers"] = [{"url": "/api/v1"}]
    told["components"]["schemas"]["Problem"] = problems.SCHEMA
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            _describe(path, method, operation)
    return told


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    """Name the problems, and what caching answers, of one operation."""
    statuses = [*_ALWAYS]
    if "requestBody" in operation:
        for body in operation["requestBody"]["content"].values():
            if "properties" in body["schema"]:  # of a form; other bodies say so themselves
                body["schema"]["additionalProperties"] = False
                for field in body["schema"]["properties"].values():
                    if field.get("format") == "binary":
                        field["minLength"] = 1  # an empty file is none
        statuses += [413, 415]
    if method != "get" or "cursor" in {p["name"] for p in operation.get("parameters", ())}:
        statuses.append(409)
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted(statuses):
        operation["responses"][str(status)] = {"description": HTTPStatus(status).phrase, "content": content}
    if method == "get":
        operation["responses"]["304"] = {"description": "Not Modified"}
