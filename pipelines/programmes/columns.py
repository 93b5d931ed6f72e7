"""The columns of a form of a programme's own: what each means, by its label as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.forms.recognise.labels import words_key
from pipelines.programmes.refused import Refused
from pipelines.reference.forms import form_files
from pipelines.reference.said import unknown
from pipelines.text.keys import search_key

USUAL = "HCM-DSDK"
"""The registration whose columns are taken where none are given, and whose labels are known first."""
NAME, KIND = "ten", "loai"
CLASSED = "object_class"
"""The column that says who leads and who works directly."""
_BRACKETS = re.compile(r"\([^)]*\)")
_MEANT = re.compile(r"=(?![^(]*\))")
"""Between a column as it is printed and a known one: «Loại hình = Loại», not «(3 = 1 + 2)»."""
_MUST = re.compile(r"\(\*+\)|\*+")
"""At a column, on either side of what it means: it must be filled in."""
_FACTS = {"number": "number", "flag": "yes_no"}
"""Types of contents of the annex that a column may hold, and what stands in the column."""
_NO_CODE = re.compile(r"[^a-z0-9]+")


class UnknownMeaning(Refused):
    """A column is said to mean one that the software does not know; the text says which."""

    key = "programme.unknown_meaning"


class SameLabel(Refused):
    """Two columns are printed in the same words, so no file tells them apart; the text is the label."""

    key = "programme.same_label"


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column: its code, what stands in it, how it may be labelled, whether it must be filled in."""

    id: str
    type: str
    labels: tuple[str, ...]
    must: bool
    is_known: bool = True
    """Whether the software knows what such a column says; else its text is kept."""
    year_before: int | None = None
    """Of a rating: so many years before the year of the list."""


def columns_of(printed: list[str], reference: Path) -> list[ColumnOf]:
    """The columns of a form.

    Args:
        printed: its columns as printed, each with what it means and whether it must be filled in.
        reference: the reference folder, whose forms tell what labels mean.

    Raises:
        UnknownMeaning: a column is said to mean one that nobody knows.
        SameLabel: two columns are printed in the same words.
    """
    known = known_columns(reference)
    columns = [_column(label, known) for label in printed]
    if all(one.id != NAME for one in columns):
        at = next((at for at, one in enumerate(columns) if _names(one.labels[0])), None)
        if at is not None:
            columns[at] = ColumnOf(NAME, "text", columns[at].labels[:1], must=False)
    return _told_apart(columns, {one.id for one in known.values()})


def known_columns(reference: Path) -> dict[str, ColumnOf]:
    """Every column of a list of nominees, by each of its labels."""
    found: dict[str, ColumnOf] = {}
    for one in (*_of_lists(reference), *_facts(reference)):
        for label in one.labels:
            for key in (words_key(label), _by_words(label)):
                found.setdefault(key, one)
    return found


def _of_lists(reference: Path) -> Iterator[ColumnOf]:
    """The columns of lists of nominees, those of the usual registration first."""
    for path in sorted(form_files(reference), key=lambda path: path.parent.name != USUAL):
        for table in read_plain(path).get("tables", ()):
            for column in table["columns"]:
                if _is_of_nominees(table, column):
                    labels = tuple(str(label) for label in column["labels"] if isinstance(label, str))
                    yield ColumnOf(column["id"], column["type"], labels, must=False)


def _facts(reference: Path) -> Iterator[ColumnOf]:
    """What criteria ask of a nominee once, as the annex calls it: «Số sáng kiến»."""
    for label in read_plain(reference / "annex_labels.yaml")["labels"]:
        kind = _FACTS.get(label["type"])
        if kind and not label["by_year"] and "(" not in label["vocabulary"]:
            field = str(label["vocabulary"])
            labels = (*called()["facts"].get(field, ()), str(label["label_vi"]))
            yield ColumnOf(field, kind, labels, must=False)


def _is_of_nominees(table: Mapping[str, Any], column: Mapping[str, Any]) -> bool:
    """Whether lists of nominees may have a column: of lists of awards the class alone, of an annex none."""
    return (table["target"] == "records" and "fact" not in table) or column["id"] == CLASSED


def _told_apart(columns: list[ColumnOf], known: set[str]) -> list[ColumnOf]:
    """Of columns that are known as one the first is it; none has the label or the code of another.

    What nobody knows has no code of what is known either: «Nam» beside «Nữ» is no year.
    """
    printed = [words_key(one.labels[0]) for one in columns]
    seen: set[str] = set()
    labelled: set[str] = set()
    found = []
    for one in columns:
        if printed.count(words_key(one.labels[0])) > 1:
            raise SameLabel(one.labels[0])
        others = [label for label in one.labels[1:] if words_key(label) not in labelled.union(printed)]
        labelled.update(map(words_key, others))
        apart = replace(one, labels=(one.labels[0], *others))
        if one.id in seen:
            apart = _own(one.labels[0], one.must)
        if not apart.is_known and apart.id in known:
            apart = replace(apart, id=f"cot_{apart.id}")
        code, number = apart.id, 1
        while _bare(apart.id) in map(_bare, seen):
            number += 1
            apart = replace(apart, id=f"{code}_{number}")
        found.append(apart)
        seen.add(apart.id)
    return found


def _bare(code: str) -> str:
    """A code as it stands in the id of a rule."""
    return code.replace("_", "")


def _own(printed: str, must: bool) -> ColumnOf:
    """A column that nobody knows: its text is kept, under a code of letters and digits."""
    code = _NO_CODE.sub("_", search_key(printed)).strip("_") or "cot"
    code = code if code[0].isalpha() else f"cot_{code}"
    return ColumnOf(code, "long_text" if must else "text", (printed,), must, is_known=False)


def _column(label: str, known: dict[str, ColumnOf]) -> ColumnOf:
    told, stars = _MUST.subn(" ", label)
    must = stars > 0
    printed, *meaning = (" ".join(part.split()) for part in _MEANT.split(told, 1))
    if year_before := _rated((meaning or [printed])[0]):
        return replace(_own(printed, must), type="rating", is_known=True, year_before=year_before)
    found = next((known[key] for key in _keys((meaning or [printed])[0]) if key in known), None)
    if found is None and meaning:
        first = [one.labels[0] for one in known.values()]
        others = [label for one in known.values() for label in one.labels]
        rated = (said.replace("{n}", "1") for said in called()["rated"])
        raise UnknownMeaning(unknown("cột có nghĩa", meaning[0], dict.fromkeys((*first, *rated, *others))))
    if found is None:
        return _own(printed, must)
    also = (one for one in found.labels if words_key(one) != words_key(printed))
    return ColumnOf(found.id, found.type, (printed, *also), must)


def _rated(meaning: str) -> int | None:
    """Of «Xếp loại 3 năm trước» how many years before the proposal; of any other column None."""
    for said in called()["rated"]:
        before, after = (words_key(part) for part in said.split("{n}"))
        if found := re.fullmatch(rf"{before} 0?([1-9]) {after}", words_key(meaning)):
            return int(found[1])
    return None


def _keys(printed: str) -> Iterator[str]:
    """What a label may be known as: as it is printed, without what stands in brackets, by its words alone."""
    bare = _BRACKETS.sub(" ", printed)
    yield words_key(printed)
    yield words_key(bare)
    yield _by_words(printed)
    yield _by_words(bare)


def _by_words(label: str) -> str:
    """The words of a label in no order, without «hoặc», «hay»."""
    return " ".join(sorted({*words_key(label).split()} - {*called()["joining"]}))


def _names(printed: str) -> bool:
    """Whether a column that nobody knows seems to hold names."""
    return f"{words_key(printed)} ".startswith(tuple(f"{word} " for word in called()["names"]))


@cache
def called() -> dict[str, Any]:
    """How papers, shares and columns are called (folder/called.yml)."""
    return dict(read_plain(Path(__file__).parent / "folder" / "called.yml"))
