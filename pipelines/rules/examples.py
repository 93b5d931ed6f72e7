"""Examples of rules, told in words: the cases of the tests, one that passes and one that does not.

``data/reference/examples`` holds them: ``cases/`` of completeness rules (what a unit sent), ``criteria.yml``
(what was told of a nominee) and ``quotas.yml`` (how many were named). An example of a completeness rule is
told by what differs between its two sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.rules.words import Words
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

_MOST = 6


@dataclass(frozen=True, slots=True)
class Example:
    """What passes a rule and what does not, each in a sentence."""

    passes: str
    fails: str


def opened(files: list[dict[str, Any]], bases: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Files with their base (``like``) put in; ``without`` drops fields, ``set`` and ``items`` add.

    Args:
        files: one side of a case.
        bases: ``bases.yml``: complete sets of files by name.
    """
    done: list[dict[str, Any]] = []
    for given in files:
        if "like" not in given:
            done.append(given)
            continue
        for base in bases[given["like"]]:
            if base["form"] in given.get("no_form", []):
                continue
            file = {
                **base,
                **{
                    k: v for k, v in given.items() if k in ("received", "year", "name", "kind", "rows", "key")
                },
            }
            target = given.get("in")
            mine = target is not None and base["form"] == target
            if not mine and target is not None:
                file = dict(base)
            file["kind"] = given.get("kind_in", {}).get(base["form"], file.get("kind"))
            file["received"] = given.get("received_in", {}).get(base["form"], file["received"])
            if base.get("year") == given.get("no_year", ""):
                continue
            for part, dropped in (("set", "without"), ("head", "without_in_head"), ("items", "without")):
                values = {**base.get(part, {}), **(given.get(part, {}) if mine else {})}
                file[part] = {k: v for k, v in values.items() if not (mine and k in given.get(dropped, []))}
            if mine and "rows" in base:
                without = given.get("without_in_rows", [])
                rows = given.get("rows", base["rows"])
                rows = [{**row, **given.get("rows_set", {})} for row in rows[: given.get("rows_kept")]]
                file["rows"] = [{k: v for k, v in row.items() if k not in without} for row in rows]
            done.append(file)
        if "facts" in given:
            last = done[-1]
            who = given.get(
                "name_of_facts", last.get("name") or next((r["name"] for r in last.get("rows", [])), None)
            )
            annex = {"form": "PL-TC", "received": last["received"], "name": who, "facts": given["facts"]}
            done.append({**annex, "evidence": given.get("evidence", {})})
    return done


def examples(folder: Path, words: Words) -> dict[str, Example]:
    """The example of every rule that has one; none where the folder is not there.

    Args:
        folder: ``examples`` of the reference data.
        words: the names of fields, codes and forms.
    """
    found: dict[str, Example] = {}
    if not folder.is_dir():
        return found
    bases = _read(folder / "bases.yml")
    for path in sorted((folder / "cases").glob("*.yml")):
        for name, case in _read(path)["cases"].items():
            told = _of_files(opened(case["satisfies"], bases), opened(case["breaks"], bases), words)
            found.setdefault(name.split()[0], told)
    for name, case in _read(folder / "criteria.yml").items():
        if "satisfies" in case and "breaks" in case:
            found[name] = Example(_facts(case["satisfies"], words), _facts(case["breaks"], words))
    for name, case in _read(folder / "quotas.yml").get("counted", {}).items():
        form = words.form(case["form"])
        found[name] = Example(
            *(
                text("example.counted", number=format_number(case[side]), form=form)
                for side in ("at", "beyond")
            )
        )
    return found


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = read_plain(path)
    return loaded


def _of_files(good: list[dict[str, Any]], bad: list[dict[str, Any]], words: Words) -> Example:
    """What only the good side sent, and what only the bad one did."""
    sent, lacking = dict(_flat(good)), dict(_flat(bad))
    differing = [key for key in {**sent, **lacking} if sent.get(key) != lacking.get(key)]
    forms = {form for form, _ in differing}
    for form in forms:  # a form that one side did not send is told as one thing
        for one, other in ((sent, lacking), (lacking, sent)):
            if not any(key[0] == form for key in other):
                differing = [key for key in differing if key[0] != form or key[1] == ""]
                one.setdefault((form, ""), "")
                other.setdefault((form, ""), None)
                break
    return Example(*(_said(side, differing, words) for side in (sent, lacking)))


def _flat(files: Iterable[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], Any]]:
    """Form and field → value; lists of rows and lines as how many there are."""
    for file in files:
        form = file["form"]
        yield (form, ""), ""
        for part in ("received", "year", "title", "kind", "key", "held"):
            if file.get(part) is not None:
                yield (form, part), file[part]
        for part in ("set", "head"):
            yield from (((form, name), value) for name, value in file.get(part, {}).items())
        for number, row in enumerate(file.get("rows", []), 1):
            yield from (((form, f"{number}|{name}"), value) for name, value in row.items())
        for name, lines in file.get("items", {}).items():
            for number, line in enumerate(lines, 1):
                yield from (((form, f"{number}|{name}.{part}"), value) for part, value in line.items())
        for what, year, value in file.get("facts", []):
            yield (form, f"{year or ''}@{what}"), value


def _said(side: Mapping[tuple[str, str], Any], keys: list[tuple[str, str]], words: Words) -> str:
    rows_of: dict[str, list[str]] = {}
    for form, name in keys:  # what several rows say is told once
        row, _, rest = name.rpartition("|")
        rows = rows_of.setdefault(_one(form, rest, side.get((form, name)), words), [])
        rows += [row] if row and row not in rows else []
    rows_of.pop("", None)
    unique = [
        f"{said} ({text('example.row', row=', '.join(rows))})" if rows else said
        for said, rows in rows_of.items()
    ]
    more = [text("example.more", count=len(unique) - _MOST)] if len(unique) > _MOST else []
    return "; ".join([*unique[:_MOST], *more])


def _one(form: str, name: str, value: Any, words: Words) -> str:
    if name == "":
        return text("example.sent" if value == "" else "example.not_sent", form=words.form(form))
    if name in ("received", "year", "title", "kind", "key", "held"):
        shown = "" if value is None else words.shown("recipient_kind" if name == "kind" else "", value)
        return text(f"example.{name}", form=words.form(form), value=shown) if shown else ""
    year, _, field = name.rpartition("@")
    label = words.field(field.split(".")[0] if field.startswith(("rating", "award")) else field)
    place = f" ({text('example.of_year', year=year)})" if year else ""
    if value is None:
        return text("example.none", field=label) + place
    return text("example.value", field=label, value=words.shown(field, value)) + place


def _facts(facts: list[list[Any]], words: Words) -> str:
    told = []
    for what, year, value, *day in facts:
        family, _, of = what.partition(".")
        field = family if family in ("rating", "award") else what
        said = text("example.value", field=words.field(field), value=words.shown(field, value))
        subject = text(f"condition.of.{of}") if of in ("party_org", "mass_org", "led_unit", "family") else ""
        parts = [text("example.of_year", year=year)] if year else []
        parts += [text("example.day", day=words.shown("", day[0]))] if day else []
        told.append(subject + said + (f" ({', '.join(parts)})" if parts else ""))
    return "; ".join(told) or text("example.nothing")
