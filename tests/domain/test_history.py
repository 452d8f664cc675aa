"""The kinds of history entry and the chain that shows tampering."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.history import CHAIN_START, KINDS, HistoryOperation, canonical_json, chained_hash, salted_hash

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
ENTRIES = st.dictionaries(st.text(max_size=5), JSON, max_size=4)


def test_every_kind_says_which_operation_it_is_and_reads_well():
    assert all(kind.code == code for code, kind in KINDS.items())
    assert {kind.operation for kind in KINDS.values()} == set(HistoryOperation)
    titles = [kind.title for kind in KINDS.values()]
    assert len(set(titles)) == len(titles)
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)


def test_canonical_text_does_not_depend_on_the_order_of_keys():
    assert canonical_json({"b": 1, "a": {"d": "é", "c": None}}) == '{"a":{"c":null,"d":"é"},"b":1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"a": float("nan")})


def test_the_hash_is_that_of_the_previous_hash_and_the_canonical_text():
    expected = hashlib.sha256((CHAIN_START + '{"id":1}').encode()).hexdigest()
    assert chained_hash(CHAIN_START, {"id": 1}) == expected
    assert chained_hash("1" * 64, {"id": 1}) != expected


@given(st.lists(ENTRIES, min_size=2, max_size=6), st.data())
def test_changing_taking_out_or_swapping_an_entry_breaks_every_link_after_it(entries, data):
    def chain(rows):
        links = [CHAIN_START]
        for row in rows:
            links.append(chained_hash(links[-1], row))
        return links

    index = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries]
    changed[index] = {**entries[index], "changed": len(canonical_json(entries[index]))}
    true, false = chain(entries), chain(changed)
    assert true[: index + 1] == false[: index + 1]
    assert all(left != right for left, right in zip(true[index + 1 :], false[index + 1 :], strict=True))
    assert chain(entries[:index] + entries[index + 1 :])[-1] != true[-1]


def test_a_salted_hash_needs_both_the_text_and_the_salt():
    assert salted_hash("Complained again.", "ab") != salted_hash("Complained again.", "ac")
    assert salted_hash("Complained again.", "ab") != salted_hash("Complained.", "ab")
    assert len(salted_hash("", "ab")) == 64
