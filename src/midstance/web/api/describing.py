"""The API describes itself: as OpenAPI for programs, as a page for people, both without a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from midstance.web.rendering import page

__all__ = ["PROBLEM", "Operation", "api_page", "document", "openapi", "operations", "router", "shapes"]

router = APIRouter(include_in_schema=False)
_METHODS = ("get", "post", "put", "patch", "delete")

PROBLEM = {
    "description": "It cannot be done: what is wrong, where, and what to do",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "title": "Problem",
                "required": ["title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string", "description": "what is wrong, with its numbers"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string", "description": "what · where · what to do"},
                    "where": {"type": "string"},
                    "remedy": {"type": "string", "description": "what to do"},
                    "instance": {"type": "string"},
                    "errors": {"type": "array", "items": {"type": "object"}},
                },
            }
        }
    },
}
"""Every answer that is not a success."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API does.

    Parameters
    ----------
    method, path
        How it is asked.
    summary
        What it does, in a sentence.
    inputs
        Name, where it goes, type and what it means, of everything that is sent.
    outputs
        The same of everything that comes back.
    """

    method: str
    path: str
    summary: str
    inputs: list[tuple[str, str, str, str]]
    outputs: list[tuple[str, str, str, str]]


@router.get("/api/openapi.json")
def document(request: Request) -> Response:
    """Give the API's own description."""
    return JSONResponse(openapi(request.app))


@router.get("/api")
def api_page(request: Request) -> Response:
    """Show the API's own description."""
    described = openapi(request.app)
    return page(request, "api.html", groups=operations(described), shapes=shapes(described))


def openapi(app: FastAPI) -> dict[str, Any]:
    """Return the description of an app's API (OpenAPI 3.1).

    Parameters
    ----------
    app
        The app.

    Returns
    -------
    dict
        What FastAPI writes, with our own kind of refusal.
    """
    described = app.openapi()
    for path in described["paths"].values():
        for method in _METHODS:
            if method in path:
                path[method]["responses"].pop("422", None)
                path[method]["responses"]["4XX"] = PROBLEM
    schemas = described.get("components", {}).get("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return described


def operations(described: dict[str, Any]) -> dict[str, list[Operation]]:
    """Return what the API does, by noun.

    Parameters
    ----------
    described
        Its OpenAPI description.

    Returns
    -------
    dict
        Noun → what can be done with it.
    """
    schemas = described.get("components", {}).get("schemas", {})
    groups: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method in _METHODS:
            if method in methods:
                one = methods[method]
                groups.setdefault((one.get("tags") or ["more"])[0], []).append(
                    Operation(
                        method.upper(),
                        path,
                        one.get("description", one.get("summary", "")),
                        [*_parameters(one), *_body(one, schemas)],
                        _answer(one, schemas),
                    )
                )
    return groups


def shapes(described: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """Return every shape that has fields: its name, what it is, its fields.

    Parameters
    ----------
    described
        The OpenAPI description.

    Returns
    -------
    list of tuple
        By name.
    """
    schemas = described.get("components", {}).get("schemas", {})
    return [
        (name, shape.get("description", ""), _fields(shape, schemas, ""))
        for name, shape in sorted(schemas.items())
        if shape.get("properties")
    ]


def _parameters(one: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [
        (
            given["name"],
            given["in"],
            _kind(given.get("schema", {})),
            given.get("description") or _meaning(given.get("schema", {})),
        )
        for given in one.get("parameters", [])
    ]


def _body(one: dict[str, Any], schemas: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    content = one.get("requestBody", {}).get("content", {})
    return [row for sent in content.values() for row in _fields(sent.get("schema", {}), schemas, "body")]


def _answer(one: dict[str, Any], schemas: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [
        row
        for status, answer in one.get("responses", {}).items()
        if status.startswith("2")
        for sent in answer.get("content", {}).values()
        for row in _fields(sent.get("schema", {}), schemas, status)
    ]


def _fields(schema: dict[str, Any], schemas: dict[str, Any], where: str) -> list[tuple[str, str, str, str]]:
    plain = _resolved(schema, schemas)
    items = _resolved(plain.get("items", {}), schemas)
    if not plain.get("properties") and items.get("properties"):
        return [(f"[].{name}", where, kind, what) for name, _, kind, what in _fields(items, schemas, where)]
    if not plain.get("properties"):
        return [("all of it", where, _kind(plain), _meaning(plain))]
    return [(name, where, _kind(field), _meaning(field)) for name, field in plain["properties"].items()]


def _meaning(schema: dict[str, Any]) -> str:
    """Return what a field means: said of it, or of one of what it may be."""
    told = (one.get("description", "") for one in (schema, *schema.get("anyOf", [])))
    return next((words for words in told if words), "")


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas.get(schema.get("$ref", "").rsplit("/", 1)[-1], schema)
    return found


def _kind(schema: dict[str, Any]) -> str:
    """Return a type in words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(_kind(one) for one in choices))
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format", schema.get("type", schema.get("const", "any"))))
