"""What is still to be filled in is a mistake wherever it stands: file, line, key; and a mistake once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.to_fill import is_to_fill
from tests.unit.reference.conftest import REFERENCE

OPEN = {
    # file, what stands there, what stands there instead, the key told
    "a type of units": ("unit_types.yaml", "name: 'Các xã, phường'", "name: ĐIỀN", "name"),
    "the programme of a field": (
        "fields.yaml",
        "programme: VD-2630, code: c",
        "programme: ĐIỀN, code: c",
        "programme",
    ),
    "the letter of a field": ("fields.yaml", "code: d,", "code: …,", "code"),
    "the programme's name": (
        "programme.yaml",
        "short_name: 'Ví dụ 2026–2030'",
        "short_name: Điền",
        "short_name",
    ),
    "a year": (
        "programme.yaml",
        "award_year_window: [2026,",
        "award_year_window: [ĐIỀN,",
        "award_year_window",
    ),
    "a letterhead": ("letter.yaml", "place: Ví Dụ", "place: '[ĐIỀN]'", "place"),
    "a column of a form": ("forms/VD-DSDK/form.yml", "labels: [Ghi chú]", "labels: [ĐIỀN]", "labels"),
    "a number": ("quotas.yaml", "max: 10", "max: ĐIỀN", "max"),
    "a sentence": (
        "completeness_rules.yaml",
        "short_vi: 'thiếu tờ trình'",
        "short_vi: 'thiếu ĐIỀN'",
        "short_vi",
    ),
    "a deadline": ("coverage.yaml", "deadline: '2026-03-31'", "deadline: ĐIỀN", "deadline"),
    "a clause": ("criteria.yaml", "section: IV.3,", "section: TODO,", "section"),
    "a kind": ("nominations.yaml", "kind: dang_ky", "kind: điền sau", "kind"),
    "an award": ("awards.yaml", "Gương sáng tỉnh Ví Dụ", "ĐIỀN", "official_name"),
    "a unit": ("units.csv", "Xã Đồng Xanh,VD-XA", "Xã Đồng Xanh,ĐIỀN", "unit_type"),
}


def test_everything_open_is_told_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    own = folder / "programmes" / "VD-2630"
    for name, right, wrong, _ in OPEN.values():
        text = (own / name).read_text("utf-8")
        assert right in text, (name, right)
        (own / name).write_text(text.replace(right, wrong, 1), "utf-8")
    lines = {
        (f"programmes/VD-2630/{name}", key): next(
            number
            for number, line in enumerate((own / name).read_text("utf-8").splitlines(), 1)
            if wrong.splitlines()[0] in line
        )
        for name, _, wrong, key in OPEN.values()
    }
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    told = raised.value.problems
    for (file, key), line in lines.items():
        assert [one for one in told if (one.file, one.line) == (file, line) and f"«{key}»" in one.text], (
            file,
            key,
        )
    assert len(told) == len(OPEN), [str(one) for one in told]


@pytest.mark.parametrize(
    ("value", "is_open"),
    [
        *((one, True) for one in ("ĐIỀN", "điền", "<Điền>", "mục ĐIỀN", "…", "....", "TODO", "xxx", "??")),
        *((one, False) for one in ("GIẢI ĐIỀN KINH", "Điền kinh", "Xã Điền Xá", "?", "I", "", 3, None)),
    ],
)
def test_what_is_open(value: object, is_open: bool) -> None:
    assert is_to_fill(value) is is_open
