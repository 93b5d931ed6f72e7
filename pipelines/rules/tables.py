"""All `ref.*` tables of a night: the reference data, the forms, and every condition as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.forms.registry import load_catalogue
from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_with_places
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.rule_nodes import RuleTooTangled
from pipelines.reference.tables.tables import reference_tables
from pipelines.rules.words import Words, whole

TEXT = pl.String


_last: list[tuple[Reference, Settings, dict[str, pl.DataFrame]]] = []
"""The law worked out last, and of what: a night asks for it before it counts and when it draws."""


def law_tables(reference: Reference, settings: Settings) -> dict[str, pl.DataFrame]:
    """The tables of ``reference_tables``, with ``forms``, ``name_words``, ``codes``, ``rule_sentences``.

    Args:
        reference: the reference data.
        settings: policies and waivers of this installation.
    """
    for known, chosen, tables in _last:
        # units are loaded anew whenever any file of the folder is another
        if known.units is reference.units and known == reference and chosen == settings:
            return dict(tables)
    tables = _worked_out(reference, settings)
    _last[:] = [(reference, settings, tables)]
    return dict(tables)


def _worked_out(reference: Reference, settings: Settings) -> dict[str, pl.DataFrame]:
    tables = reference_tables(reference, settings)
    catalogue = load_catalogue(reference.folder)
    words = Words(reference, catalogue, tables["windows"].iter_rows(named=True))
    return tables | {
        "forms": pl.DataFrame(
            [(form.id, form.official_label, form.contents) for form in catalogue.forms.values()],
            schema={"form_id": TEXT, "official_label": TEXT, "contents": TEXT},
            orient="row",
        ),
        "name_words": pl.DataFrame(
            [
                *(("household", word, None) for word in catalogue.words.household_heads),
                *(("address", word, sex) for word, sex in catalogue.words.household_address),
                *(("couple", word, None) for word in catalogue.words.couples),
                *(("parent", word, None) for word in catalogue.words.parents),
                *(("post", word, None) for word in catalogue.words.posts),
            ],
            schema={"kind": TEXT, "word": TEXT, "sex": TEXT},
            orient="row",
        ),
        "codes": pl.DataFrame(
            list(words.codes()),
            schema=dict.fromkeys(("field", "code", "label_vi"), TEXT),
            orient="row",
        ),
        "rule_sentences": pl.DataFrame(
            list(_sentences(tables, words)),
            schema=dict.fromkeys(("rule_id", "node_id", "sentence_vi", "fields"), TEXT),
            orient="row",
        ),
    }


def law_tables_of(folder: Path, reference: Reference, settings: Settings) -> dict[str, pl.DataFrame]:
    """``law_tables`` of the reference data of a folder.

    Raises:
        ReferenceError: with file and line, a rule whose condition is too tangled to be judged.
    """
    try:
        return law_tables(reference, settings)
    except RuleTooTangled as error:
        raise ReferenceError([load_with_places(folder).places.problem(error.rule_id, str(error))]) from None


def _sentences(tables: dict[str, pl.DataFrame], words: Words) -> Iterator[tuple[str, str, str, str | None]]:
    """Rule, node, sentence, fields it looks at; under the rule's own id the whole tree in one sentence."""
    lists: dict[int, dict[str, list[str]]] = {}
    for leaf_no, kind, value in tables["leaf_values"].iter_rows():
        lists.setdefault(leaf_no, {}).setdefault(kind, []).append(value)
    nodes: list[dict[str, Any]] = list(tables["rule_nodes"].iter_rows(named=True))
    below: dict[str, list[Any]] = {}
    for node in nodes:
        if node["parent_id"]:
            below.setdefault(node["parent_id"], []).append(node)
    sentences = {node["node_id"]: words.sentence(node, lists.get(node["leaf_no"], {})) for node in nodes}
    for node in nodes:
        fields = " ".join(_fields(node, lists.get(node["leaf_no"], {})))
        yield node["rule_id"], node["node_id"], sentences[node["node_id"]], fields or None
        if node["parent_id"] is None:
            yield node["rule_id"], node["rule_id"], whole(node, below, sentences), None


def _fields(node: dict[str, Any], lists: dict[str, list[str]]) -> Iterator[str]:
    for family in ("rating", "award"):
        if node["op"].startswith(family):
            yield family
    yield from (name for name in (node["field"], node["other"], *lists.get("field", [])) if name)
