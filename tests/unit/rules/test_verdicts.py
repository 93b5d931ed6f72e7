"""Clauses say what the tree says: random trees down to twelve levels, every verdict of every leaf."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.rules.verdicts import NOT_ASKED, Form, TooTangled, Tree, clauses, evaluate

LEAVES = "abcd"


@st.composite
def trees(draw: st.DrawFn, depth: int = 12) -> Tree:
    """A tree of exactly ``depth`` levels along one branch; what stands beside is small."""
    beside = st.recursive(
        st.sampled_from(LEAVES).map(_leaf),
        lambda part: st.one_of(
            st.builds(_joint, st.sampled_from(["all", "any"]), st.lists(part, min_size=1, max_size=2)),
            st.builds(
                _joint, st.sampled_from(["not", "warns", "sure"]), st.lists(part, min_size=1, max_size=1)
            ),
            st.builds(_joint, st.just("if"), st.lists(part, min_size=2, max_size=2)),
        ),
        max_leaves=3,
    )
    tree = _leaf(draw(st.sampled_from(LEAVES)))
    for _ in range(depth):
        op = draw(st.sampled_from(["all", "any", "not", "if", "if", "warns", "sure"]))
        parts = [tree] if op in ("not", "warns", "sure") else [tree, draw(beside)]
        if len(parts) == 2 and draw(st.booleans()):
            parts.reverse()
        tree = _joint(op, parts)
    return tree


def _leaf(name: str) -> Tree:
    return Tree(name, "leaf", may_not_apply=name == "d")


def _joint(op: str, parts: list[Tree]) -> Tree:
    return Tree("", op, tuple(parts))


def _judged(form: Form, verdicts: dict[str, int]) -> int:
    """As int_rule_verdicts judges: the greatest of each clause, the least of all."""
    return min(
        (max((said[verdicts[leaf]] for leaf, said in clause.items()), default=0) for clause in form),
        default=NOT_ASKED,
    )


@settings(max_examples=80, deadline=None)
@given(trees())
def test_clauses_say_what_the_tree_says(tree: Tree) -> None:
    try:
        form = clauses(tree)
    except TooTangled:
        assume(False)
        raise
    for verdicts in product(*[(0, 1, 2, 3) if leaf == "d" else (0, 1, 2) for leaf in LEAVES]):
        told = dict(zip(LEAVES, verdicts, strict=True))
        assert _judged(form, told) == evaluate(tree, told), told


@pytest.mark.parametrize(
    ("op", "verdicts", "expected"),
    [
        ("all", (2, 1), 1),
        ("all", (0, 1), 0),
        ("any", (0, 1), 1),
        ("any", (2, 0), 2),
        ("if", (0, 0), 3),  # asks nothing
        ("if", (1, 0), 1),  # who may not be meant is not refused
        ("if", (1, 2), 2),
        ("if", (2, 0), 0),
        ("not", (1,), 1),
        ("not", (2,), 0),
        ("warns", (0,), 1),
        ("sure", (1,), 0),
    ],
)
def test_each_joint_by_hand(op: str, verdicts: tuple[int, ...], expected: int) -> None:
    tree = _joint(op, [_leaf(name) for name in LEAVES[: len(verdicts)]])
    told = dict(zip(LEAVES, verdicts, strict=False))
    assert (evaluate(tree, told), _judged(clauses(tree), told)) == (expected, expected)


def test_what_does_not_apply_decides_nothing() -> None:
    when = _joint("if", [_leaf("a"), _leaf("b")])
    for op in ("all", "any"):
        tree = _joint(op, [when, _leaf("c")])
        for told in ({"a": 0, "b": 0, "c": 1}, {"a": 0, "b": 2, "c": 1}):
            assert (evaluate(tree, told), _judged(clauses(tree), told)) == (1, 1)


def test_a_tangle_is_refused() -> None:
    pairs = [_joint("all", [_leaf(f"x{n}"), _leaf(f"y{n}")]) for n in range(16)]
    with pytest.raises(TooTangled):
        clauses(_joint("any", pairs))
