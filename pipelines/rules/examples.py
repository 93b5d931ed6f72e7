"""Examples of rules, told in words: the cases of the tests, one that passes and one that does not.

``data/reference/examples`` holds them: ``cases/`` of completeness rules (what a unit sent), ``criteria.yml``,
``groups.yml`` and ``heads.yml`` (what was told of a nominee), ``quotas.yml`` (how many were named),
``mau_02.yml`` and ``reading.yml`` (what stands in a file). What nothing that units send shows has no example:
it says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.rules.example_files import Example, flat, opened, said_of, told_of_files, value_of
from pipelines.rules.words import Words
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

_HEADER = 3
"""The row of a list of ``reading.yml`` that names its columns."""
_COLUMNS = "ABCDEFGHIJK"


def examples(folder: Path, words: Words) -> dict[str, Example]:
    """The example of every rule that has one; none where the folder is not there.

    Args:
        folder: ``examples`` of the reference data.
        words: the names of fields, codes and forms.
    """
    if not folder.is_dir():
        return {}
    criteria = _read(folder / "criteria.yml")
    found = {
        **_of_cases(folder, words),
        **_of_groups(criteria, words),
        **_of_nominees({**criteria, **_read(folder / "groups.yml"), **_read(folder / "heads.yml")}, words),
        **{name: _plain(case) for name, case in _read(folder / "mau_02.yml")["cases"].items()},
        **_of_reading(_read(folder / "reading.yml")),
    }
    return found | _of_quotas(_read(folder / "quotas.yml"), found, words)


def never(why: str) -> Example:
    """Of what is not judged: both sides say why."""
    said = text("example.never", why=why)
    return Example(said, said)


def _of_cases(folder: Path, words: Words) -> dict[str, Example]:
    found: dict[str, Example] = {}
    bases = _read(folder / "bases.yml")
    for path in sorted((folder / "cases").glob("*.yml")):
        for name, case in _read(path)["cases"].items():
            told = told_of_files(opened(case["satisfies"], bases), opened(case["breaks"], bases), words)
            around = _around(case, bases, words)
            found.setdefault(name.split()[0], Example(told.passes + around, told.fails + around))
    return found


def _around(case: dict[str, Any], bases: Mapping[str, Any], words: Words) -> str:
    """What stands beside both sides: the unit's last day, what other units sent."""
    said = [text("example.ended", day=words.shown("", case["ended"]))] if "ended" in case else []
    for other in case.get("others", []):
        sent = dict(flat(opened(other["files"], bases)))
        told = said_of(sent, [key for key in sent if key[1]], words)
        said.append(text("example.others", told=told))
    return f" ({'; '.join(said)})" if said else ""


def _of_nominees(cases: dict[str, Any], words: Words) -> dict[str, Example]:
    """Criteria and groups by what was told of a nominee, and what their lists of awards say."""
    found = {}
    for name, case in cases.items():
        if "never" in case:
            found[name] = never(case["never"])
            continue
        told = {side: _facts(case[side], words) for side in ("breaks", "satisfies", "open") if side in case}
        for side, row in case.get("listed", {}).items():
            told[side] = text("example.listed", award=row["award"], decision=row["decision_no"])
        if "open" in told:
            told["satisfies"] = text("example.open", told=told["open"])
        found[name] = Example(told["satisfies"], told.get("breaks", text("example.unknown")))
    return found


def _of_groups(criteria: dict[str, Any], words: Words) -> dict[str, Example]:
    """A group breaks with a criterion of its own; where that is met, the council weighs the rest."""
    found: dict[str, Example] = {}
    for case in criteria.values():
        also = {case.get("group"), *case.get("too", [])} - set(case.get("satisfies_too", [])) - {None}
        told = "satisfies" in case and "listed" not in case
        for group in sorted(name for name in also if name.startswith("G-") and told):
            good, bad = (_facts(case[side], words) for side in ("satisfies", "breaks"))
            found.setdefault(group, Example(text("example.open", told=good), bad))
    return found


def _of_quotas(quotas: dict[str, Any], known: dict[str, Example], words: Words) -> dict[str, Example]:
    found = {name: never(why) for name, why in quotas.get("never", {}).items()}
    found |= {name: known[rule] for name, rule in quotas.get("same_as", {}).items()}
    for group in ("counted", "counted_whole", "measured"):
        for name, case in quotas.get(group, {}).items():
            sides = (_counted(case, case[side], words) for side in ("at", "beyond"))
            found[name] = Example(*sides)
    return found


def _counted(case: dict[str, Any], number: int, words: Words) -> str:
    if "form" not in case:
        return text("example.awarded", number=format_number(number), award=case["award"])
    kind = words.value("recipient_kind", case["kind"]).lower()
    return text("example.counted", number=format_number(number), kind=kind, form=words.form(case["form"]))


def _plain(case: dict[str, Any]) -> Example:
    return Example(case["passes"]["vi"], case["fails"]["vi"])


def _of_reading(reading: dict[str, Any]) -> dict[str, Example]:
    """What stands in a file: told as written, else by the cells that make the difference."""
    return {
        name: Example(*(_of_a_file(case[side], reading["lists"]) for side in ("passes", "fails")))
        for name, case in reading["cases"].items()
    }


def _of_a_file(side: dict[str, Any], lists: dict[str, Any]) -> str:
    if "vi" in side:
        return str(side["vi"])
    return "; ".join(_cell(place, value, lists[side["of"]]["rows"]) for place, value in side["cells"].items())


def _cell(place: str, value: Any, rows: list[list[Any]]) -> str:
    """``G4`` of a list by its column's name, or by its place where it is a column's name itself."""
    column, row = _COLUMNS.index(place[0]), int(place[1:])
    shown = text("example.blank") if value is None else f"«{value}»"
    if row == _HEADER:
        return text("example.header", cell=place, value=shown)
    return text("example.cell", column=rows[_HEADER - 1][column], row=row, value=shown)


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = read_plain(path)
    return loaded


def _facts(facts: list[list[Any]], words: Words) -> str:
    told = []
    for what, year, value, *day in facts:
        family, _, of = what.partition(".")
        field = family if family in ("rating", "award") else what
        said = value_of(words.field(field), field, value, words)
        subject = text(f"condition.of.{of}") if of in ("party_org", "mass_org", "led_unit", "family") else ""
        parts = [text("example.of_year", year=year)] if year else []
        parts += [text("example.day", day=words.shown("", day[0]))] if day else []
        told.append(subject + said + (f" ({', '.join(parts)})" if parts else ""))
    return "; ".join(told) or text("example.nothing")
