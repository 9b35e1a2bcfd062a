"""Every message of the protocol, made from its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from msgspec import inspect

from app.protocol import messages as m

FROM_MEMBER: tuple[type[m.Message], ...] = get_args(m.FromMember)
FROM_HOST: tuple[type[m.Message], ...] = get_args(m.FromHost)
ALL = tuple(dict.fromkeys(FROM_MEMBER + FROM_HOST))

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests over messages and handshakes: a busy computer is no failure."""

_SMALL = 40
"""The most of anything without a bound, and of what has a large one."""


def of_type(message: type[m.Message]) -> st.SearchStrategy[m.AnyMessage]:
    """Return all messages of one type, bounds kept."""
    return _values(inspect.type_info(message))


def any_of(types: tuple[type[m.Message], ...] = ALL) -> st.SearchStrategy[m.AnyMessage]:
    """Return all messages of these types."""
    return st.sampled_from(types).flatmap(of_type)


def least(message: type[m.Message]) -> m.AnyMessage:
    """Return the smallest message of a type."""
    found: m.AnyMessage = _least(inspect.type_info(message))
    return found


def _values(info: inspect.Type) -> st.SearchStrategy[Any]:
    return _STRATEGIES[type(info)](info)


def _structs(info: Any) -> st.SearchStrategy[Any]:
    required = {f.name: _values(f.type) for f in info.fields if f.required}
    optional = {f.name: _values(f.type) for f in info.fields if not f.required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda found: info.cls(**found))


def _integers(info: Any) -> st.SearchStrategy[Any]:
    lowest = -(2**63) if info.ge is None else info.ge
    highest = 2**64 - 1 if info.le is None else info.le
    return st.integers(lowest, highest)


def _least(info: inspect.Type) -> Any:
    return _LEAST[type(info)](info)


# What MessagePack can carry within the bounds of each kind of field.
_STRATEGIES: dict[type[inspect.Type], Callable[[Any], st.SearchStrategy[Any]]] = {
    inspect.StructType: _structs,
    inspect.IntType: _integers,
    inspect.StrType: lambda info: (
        st.from_regex(info.pattern)
        if info.pattern
        else st.text(max_size=min(info.max_length or _SMALL, _SMALL))
    ),
    inspect.BytesType: lambda info: st.binary(
        min_size=info.min_length or 0, max_size=info.max_length
    ),
    inspect.BoolType: lambda _: st.booleans(),
    # JSON has neither infinities nor NaN.
    inspect.FloatType: lambda info: st.floats(
        info.ge, info.le, allow_nan=False, allow_infinity=False
    ),
    inspect.NoneType: lambda _: st.none(),
    inspect.LiteralType: lambda info: st.sampled_from(info.values),
    inspect.VarTupleType: lambda info: st.lists(
        _values(info.item_type), min_size=info.min_length or 0, max_size=4
    ).map(tuple),
    inspect.DictType: lambda info: st.dictionaries(
        _values(info.key_type), _values(info.value_type), max_size=4
    ),
    inspect.UnionType: lambda info: st.one_of([_values(one) for one in info.types]),
}

_LEAST: dict[type[inspect.Type], Callable[[Any], Any]] = {
    inspect.StructType: lambda info: info.cls(
        **{f.name: _least(f.type) for f in info.fields if f.required}
    ),
    inspect.IntType: lambda info: info.ge or 0,
    inspect.StrType: lambda _: "",
    inspect.BoolType: lambda _: False,
    inspect.FloatType: lambda info: info.ge or 0.0,
    inspect.BytesType: lambda info: bytes(info.min_length or 0),
    inspect.LiteralType: lambda info: info.values[0],
    inspect.VarTupleType: lambda _: (),
    inspect.DictType: lambda _: {},
}


def tag_of(message: type[m.Message]) -> str:
    """Return the tag that a message travels under."""
    tag = message.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


def raw(message: m.AnyMessage) -> dict[str, Any]:
    """Return the message as the map that travels."""
    decoded: dict[str, Any] = msgspec.msgpack.decode(msgspec.msgpack.encode(message))
    return decoded
