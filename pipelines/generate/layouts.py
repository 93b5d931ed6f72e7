"""The generator's data files: labels of forms, awards to draw from, names, phrases; read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain

_DATA = Path(__file__).parent / "data"


@cache
def read(name: str) -> Any:
    """The content of ``data/<name>.yml``."""
    return read_plain(_DATA / f"{name}.yml")


def table(form_id: str) -> dict[str, Any]:
    """Title and columns of a table form; ``same_as`` is followed."""
    layout = read("layouts")["tables"][form_id]
    if "same_as" in layout:
        return {**read("layouts")["tables"][layout["same_as"]], "title": layout["title"]}
    return dict(layout)


def values(name: str) -> Any:
    """A list of allowed labels, e.g. ``kinds``."""
    return read("layouts")["values"][name]


def signature(form_id: str) -> list[str]:
    """Label and hint of a form's signature block."""
    known = read("layouts")["signatures"]
    return list(known.get(form_id, known["default"]))


def fields(programme_id: str) -> list[str]:
    """The fields (lĩnh vực) of a programme by their official names."""
    return list(read("fields")[programme_id])
