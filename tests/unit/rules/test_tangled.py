"""A condition too tangled to be judged: told with file, line and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import PROJECT

RULES = "programmes/LS-1620/completeness_rules.yaml"
PLAIN = "{any: [{op: present, field: ho_ten}, {op: present, field: chu_ho}]}"
ASKED = (
    "op: present",
    "op: field_present",
    "op: flag, equals: true",
    "op: flag, equals: false",
    "op: signed",
)
FIELDS = ("ho_ten", "chu_ho", "ngay_sinh", "gioi_tinh", "que_quan", "tru_quan")


def test_a_tangled_condition_is_told_with_its_line(tmp_path: Path) -> None:
    """Five times «all of six» under «any of», each asking something else: 6 to the 5th, 7776 clauses."""
    reference = Path(shutil.copytree(PROJECT / "data" / "reference", tmp_path / "reference"))
    path = reference / RULES
    text = path.read_text("utf-8")
    leaves = [[f"{{{asked}, field: {field}}}" for field in FIELDS] for asked in ASKED]
    tangled = ", ".join(f"{{all: [{', '.join(five)}]}}" for five in leaves)
    assert PLAIN in text
    path.write_text(text.replace(PLAIN, f"{{any: [{tangled}]}}"), "utf-8")
    before = text[: text.index(PLAIN)]
    rule = before.rindex("  - id: ")
    line = before[:rule].count("\n") + 1
    name = before[rule:].split()[2]
    told = CliRunner().invoke(app, ["programme", "check", "--reference", str(reference)])
    assert told.exit_code == 2
    assert f"completeness_rules.yaml:{line}: {name}: điều kiện lồng quá rối" in told.output.replace("\n", "")
