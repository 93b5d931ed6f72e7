"""What a tree of conditions comes to, said twice: evaluated as people read it, and as clauses for SQL.

A verdict is 0 (fails), 1 (unknown), 2 (passes) or 3 (does not apply). ``evaluate`` is the meaning of a tree.
``clauses`` writes the same tree in normal form: the tree comes to the least of its clauses, a clause to the
greatest of its literals, a literal to what it says for the verdict of its leaf. So judging is two GROUP BYs
for a tree of any depth. Both need only that verdicts are ordered: min and max distribute over each other, a
map that keeps the order goes through both, and one that turns it round swaps them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

FAILS, UNKNOWN, PASSES, NOT_ASKED = 0, 1, 2, 3
Inner = Literal["all", "any", "not", "if", "warns", "sure"]
INNER: tuple[Inner, ...] = ("all", "any", "not", "if", "warns", "sure")
MOST_LITERALS = 2000

Map = tuple[int, int, int, int]
"""What a literal says for each verdict of its leaf: fails, unknown, passes, not asked."""
Clause = dict[str, Map]
Form = list[Clause]
"""The least of its clauses; without a clause it is always NOT_ASKED, the greatest there is."""

# maps that keep the order of verdicts
_SAME: Map = (0, 1, 2, 3)
_ANSWER: Map = (0, 1, 2, 2)
_WARNED: Map = (1, 1, 2, 3)
_CERTAIN: Map = (0, 0, 2, 2)
_MAY_HOLD: Map = (0, 3, 3, 3)
# maps that turn it round
_NEGATED: Map = (2, 1, 0, 0)
_CONDITION: Map = (3, 1, 0, 0)
_IS_UNASKED: Map = (3, 0, 0, 0)
# of leaves only
_IS_ASKED: Map = (3, 3, 3, 0)


class TooTangled(ValueError):
    """A tree whose normal form would not be small: it belongs cut into several rules."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A leaf (``op`` is its own, no parts) or a joint; ``if`` has two parts: the condition, the consequence.

    ``sure`` turns unknown into fails: what is asked only where a condition certainly holds. A leaf that is
    the verdict of another rule may itself not be asked (``may_not_apply``).
    """

    id: str
    op: str
    parts: tuple[Tree, ...] = ()
    may_not_apply: bool = False


def evaluate(tree: Tree, told: Mapping[str, int]) -> int:
    """The verdict of a tree.

    Args:
        tree: the tree.
        told: the verdict of each leaf, by its id.
    """
    if tree.op not in INNER:
        return told[tree.id]
    found = [evaluate(part, told) for part in tree.parts]
    asked = [verdict for verdict in found if verdict != NOT_ASKED]
    first, last = found[0], found[-1]
    match tree.op:
        case "all":
            return min(found)
        case "any":
            return max(asked, default=NOT_ASKED)
        case "not":
            return 2 - first if asked else NOT_ASKED
        case "warns":
            return max(first, UNKNOWN)
        case "sure":
            return PASSES if first == PASSES else FAILS
        case _:  # if: where its condition fails it asks nothing; where that is unknown it can break nothing
            if first in (FAILS, NOT_ASKED) or last == NOT_ASKED:
                return NOT_ASKED
            return last if first == PASSES else max(last, UNKNOWN)


@lru_cache(maxsize=4096)
def clauses(tree: Tree) -> Form:
    """The tree in normal form, without what other clauses already say; a night asks for it several times.

    Raises:
        TooTangled: it would be larger than ``MOST_LITERALS``.
    """
    if tree.op not in INNER:
        return [{tree.id: _SAME}]
    first, last = tree.parts[0], tree.parts[-1]
    match tree.op:
        case "all":
            return _least(clauses(part) for part in tree.parts)
        case "any":
            return _greatest([*(_if_asked(part, _ANSWER) for part in tree.parts), *_unasked(tree)])
        case "not":
            return _greatest([_turned(clauses(first), _NEGATED), *_unasked(first)])
        case "warns":
            return _mapped(clauses(first), _WARNED)
        case "sure":
            return _if_asked(first, _CERTAIN)
        case _:
            return _greatest([_turned(clauses(first), _CONDITION), *_unasked(first), clauses(last)])


def leaves(tree: Tree) -> Iterator[Tree]:
    """The leaves of a tree, in order."""
    if tree.op not in INNER:
        yield tree
    for part in tree.parts:
        yield from leaves(part)


def may_be_unasked(tree: Tree) -> bool:
    """Whether the tree may come to NOT_ASKED."""
    if tree.op not in INNER:
        return tree.may_not_apply
    return tree.op == "if" or (tree.op != "sure" and all(may_be_unasked(part) for part in tree.parts))


def _asked(tree: Tree) -> Form:
    """3 where the tree is asked, else 0."""
    if not may_be_unasked(tree):
        return []
    if tree.op not in INNER:
        return [{tree.id: _IS_ASKED}]
    if tree.op == "if":
        condition, consequence = tree.parts
        return _least([_if_asked(condition, _MAY_HOLD), _asked(consequence)])
    return _greatest(_asked(part) for part in tree.parts)


def _unasked(tree: Tree) -> list[Form]:
    """The form that is 3 where the tree is not asked, else 0; none for what is always asked."""
    return [_turned(_asked(tree), _IS_UNASKED)] if may_be_unasked(tree) else []


def _if_asked(tree: Tree, order_keeping: Map) -> Form:
    """The tree through a map, 0 where it is not asked."""
    return _least([_mapped(clauses(tree), order_keeping), _asked(tree)])


def _least(forms: Iterable[Form]) -> Form:
    """The clauses of all; those that are one literal of the same leaf become one."""
    single: dict[str, Map] = {}
    joint: Form = []
    for clause in (clause for form in forms for clause in form):
        if len(clause) != 1:
            joint.append(clause)
            continue
        ((leaf, said),) = clause.items()
        single[leaf] = _pointwise(min, single[leaf], said) if leaf in single else said
    return _without_doubles([{leaf: said} for leaf, said in single.items()] + joint)


def _greatest(forms: Iterable[Form]) -> Form:
    """Clauses of one form joined with those of each other: a form that says nothing (3) says it of all."""
    joined: Form | None = None
    for form in forms:
        joined = form if joined is None else _without_doubles([_joined(a, b) for a in joined for b in form])
    return joined or []


def _joined(one: Clause, other: Clause) -> Clause:
    both = dict(one)
    for leaf, said in other.items():
        both[leaf] = _pointwise(max, both[leaf], said) if leaf in both else said
    return both


def _mapped(form: Form, order_keeping: Map) -> Form:
    return [{leaf: _through(said, order_keeping) for leaf, said in clause.items()} for clause in form]


def _turned(form: Form, order_turning: Map) -> Form:
    """A map that turns the order round makes the least of clauses the greatest, and the reverse."""
    if not form:  # 3 always, so turned round 0 always: a clause without literals
        return [{}]
    return _greatest(
        _least([[{leaf: _through(said, order_turning)}] for leaf, said in clause.items()]) for clause in form
    )


def _through(said: Map, then: Map) -> Map:
    a, b, c, d = said
    return then[a], then[b], then[c], then[d]


def _pointwise(choose: Callable[[int, int], int], one: Map, other: Map) -> Map:
    a, b, c, d = (choose(x, y) for x, y in zip(one, other, strict=True))
    return a, b, c, d


def _without_doubles(form: Form) -> Form:
    """Without clauses that never are the least: always 3, or never below another."""
    kept: Form = []
    for clause in sorted(form, key=len):
        clause = {leaf: said for leaf, said in clause.items() if any(said)} or clause
        if any(said == (3, 3, 3, 3) for said in clause.values()) or any(_below(one, clause) for one in kept):
            continue
        kept = [one for one in kept if not _below(clause, one)] + [clause]
        if sum(map(len, kept)) > MOST_LITERALS:
            raise TooTangled
    return kept


def _below(one: Clause, other: Clause) -> bool:
    if not one.keys() <= other.keys():
        return False
    return all(a <= b for leaf, said in one.items() for a, b in zip(said, other[leaf], strict=True))
