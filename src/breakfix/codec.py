"""Model values to and from JSON, strictly: an unknown key or a wrong type is an error."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The validator of one kind of value; making one takes long, so each is kept."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(value: object) -> str:
    """`value` as one line of JSON."""
    return adapter(type(value)).dump_json(value).decode()


def to_data(value: object) -> object:
    """`value` as dictionaries, lists, strings and numbers."""
    return adapter(type(value)).dump_python(value, mode="json")


def from_data(kind: type[T], data: object) -> T:
    """The value of `kind` that JSON data holds. Raises pydantic.ValidationError."""
    return from_json(kind, json.dumps(data))


def from_json(kind: type[T], text: str | bytes) -> T:
    """The value of `kind` that `text` holds. Raises pydantic.ValidationError with every problem."""
    return adapter(kind).validate_json(text, strict=True)
