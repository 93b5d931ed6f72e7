"""What units sent, as cases of the rules tell it: told in words by what differs between two sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.rules.words import Words
from pipelines.sentences import text

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


def told_of_files(good: list[dict[str, Any]], bad: list[dict[str, Any]], words: Words) -> Example:
    """What only the good side sent, and what only the bad one did."""
    sent, lacking = dict(flat(good)), dict(flat(bad))
    differing = [key for key in {**sent, **lacking} if sent.get(key) != lacking.get(key)]
    forms = {form for form, _ in differing}
    for form in forms:  # a form that one side did not send is told as one thing
        for one, other in ((sent, lacking), (lacking, sent)):
            if not any(key[0] == form for key in other):
                differing = [key for key in differing if key[0] != form or key[1] == ""]
                one.setdefault((form, ""), "")
                other.setdefault((form, ""), None)
                break
    return Example(*(said_of(side, differing, words) for side in (sent, lacking)))


def flat(files: Iterable[dict[str, Any]]) -> Iterator[tuple[tuple[str, str], Any]]:
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
            yield (form, f"{number}|row"), ""
            yield from (((form, f"{number}|{name}"), value) for name, value in row.items())
        for name, lines in file.get("items", {}).items():
            for number, line in enumerate(lines, 1):
                yield from (((form, f"{number}|{name}.{part}"), value) for part, value in line.items())
        for what, year, value in file.get("facts", []):
            yield (form, f"{year or ''}@{what}"), value
        yield from (((form, f"@{what}"), value) for what, value in file.get("evidence", {}).items())


def said_of(side: Mapping[tuple[str, str], Any], keys: list[tuple[str, str]], words: Words) -> str:
    """Some fields of one side, in words."""
    rows_of: dict[str, list[str]] = {}
    for form, name in keys:  # what several rows say is told once
        row, _, rest = name.rpartition("|")
        here = (form, f"{row}|row")
        if here in keys and here not in side and rest != "row":
            continue  # a row that is not there says nothing
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
    if name == "row":
        return "" if value == "" else text("example.no_row")
    if name == "year" and value is None:
        return text("example.no_year", form=words.form(form))
    if name in ("received", "year", "title", "kind", "key", "held"):
        shown = "" if value is None else words.shown("recipient_kind" if name == "kind" else "", value)
        return text(f"example.{name}", form=words.form(form), value=shown) if shown else ""
    year, _, field = name.rpartition("@")
    label = words.field(field.split(".")[0] if field.startswith(("rating", "award")) else field)
    place = f" ({text('example.of_year', year=year)})" if year else ""
    if value is None:
        return text("example.none", field=label) + place
    return value_of(label, field, value, words) + place


def value_of(label: str, field: str, value: Any, words: Words) -> str:
    """A fact; an annex denies an award by ``false:`` and its code."""
    is_denied = isinstance(value, str) and value.startswith("false:")
    told = value.removeprefix("false:") if is_denied else value
    return text(
        "example.denied" if is_denied else "example.value", field=label, value=words.shown(field, told)
    )
