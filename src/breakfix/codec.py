"""Model values to and from JSON, strictly: an unknown key or a wrong type is an error."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The validator of one kind of value."""
    return TypeAdapter(kind)


def to_json(value: object) -> str:
    """`value` as one line of JSON."""
    return adapter(type(value)).dump_json(value).decode()


def to_data(value: object) -> object:
    """`value` as dictionaries, lists, strings and numbers."""
    return adapter(type(value)).dump_python(value, mode="json")


def from_json(kind: type[T], text: str | bytes) -> T:
    """The value of `kind` that `text` holds. Raises pydantic.ValidationError with every problem."""
    return adapter(kind).validate_json(text, strict=True)
