"""The values that a question was read with, to be changed: each change asks anew, and stands in the address."""

from collections.abc import Mapping

import streamlit as st

from hjemmel.pages.address import value
from hjemmel.pages.words import name, norwegian_order, say
from queries import Answer
from queries.answer import Taken

OTHERS = ("query", "snapshot", "as_of", "vis", "lang", "q")
"""What stands in the address of an answer beside the values of its question."""


def given() -> dict[str, list[str]]:
    """The values in the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in OTHERS}


def values(answer: Answer) -> None:
    """Draw a field for each value, with all it could be instead."""
    shown = [(number, one) for number, one in enumerate(answer.taken) if one.choice or one.alternatives]
    if not shown:
        return
    with st.expander(say("change values"), key="values"), st.container(horizontal=True, gap="small"):
        for number, one in shown:
            _field(answer, number, one)


def _field(answer: Answer, number: int, one: Taken) -> None:
    now = one.choice.value if one.choice else ""
    # A field is another one when what it changes is.
    key = f"value {answer.query} {number} {now}"
    if not one.alternatives:
        st.text_input(
            name("column", one.name), value=now, key=key, width=300, on_change=_ask_anew, args=(answer, number, key)
        )
        return
    labels = {choice.value: choice.label for choice in ((one.choice,) if one.choice else ()) + one.alternatives}
    options = sorted(labels, key=lambda address: norwegian_order(labels[address]))
    st.selectbox(
        name("column", one.name),
        options,
        index=options.index(now) if now else None,
        format_func=lambda address: labels.get(address, address),
        placeholder=say("any value"),
        key=key,
        width=300,
        on_change=_ask_anew,
        args=(answer, number, key),
    )


def _ask_anew(answer: Answer, number: int, key: str) -> None:
    asked: dict[str, list[str]] = {}
    for place, one in enumerate(answer.taken):
        chosen = st.session_state[key] if place == number else one.choice.value if one.choice else None
        if chosen:
            asked.setdefault(one.name, []).append(str(chosen))
    spoken = value("lang")
    address: Mapping[str, str | list[str]] = {
        "query": str(answer.query),
        **asked,
        **({"lang": spoken} if spoken else {}),
    }
    st.query_params.from_dict(address)
