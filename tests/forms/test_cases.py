"""Files as people and their tools make them: what a person sees on the page is read, or told."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.inbox.document import Unreadable
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.raw_rows import known_forms

CASES = next(
    (found for parent in Path(__file__).resolve().parents if (found := parent / "shared/cases").is_dir()),
    Path("none"),
)
FILES = sorted(path for path in CASES.glob("*/*.*") if path.suffix != ".md")
SEEN = {
    "danh-sach-hai-bang.docx": ("KT-DS", 9, {}),
    "danh-sach-mot-bang.docx": ("KT-DS", 9, {}),
    "tieu-de-rieng-bang.docx": ("KT-DS", 6, {}),
    "mau-03-hai-bang.docx": ("LS-M03", 6, {}),
    "mau-02-hai-bang-giua-muc-II.docx": ("LS-M02", 43, {}),
    "moi-trang-pdf-mot-sheet.xlsx": ("KT-DS", 6, {}),
    "sheet-2-co-tieu-de-danh-sach.xlsx": ("KT-DS", 6, {}),
    "hop-chu.xlsx": ("LS-DSDN", 4, {}),
    "ten-trang.xlsx": ("KT-DS", 4, {"RD-TEN-TRANG": 1}),
    "so-general-1904.xlsx": ("KT-DS", 6, {}),
    "so-cot-trong-o-tieu-de.xlsx": ("KT-DS", 4, {}),
    "nam-qua-cuoi.xlsx": ("KT-DS", 4, {}),
    "doi-tuong-vua-du.xlsx": ("KT-DS", 6, {}),
    "A-B-C.xlsx": ("KT-DS", 4, {}),
    "danh-hieu-va-hinh-thuc.xlsx": ("KT-DS", 5, {}),
    "hai-bang-khac-cot-mot-trang.xlsx": ("KT-DS", 4, {}),
    "hai-dong-an.xlsx": ("KT-DS", 6, {"RD-DONG-AN": 1}),
    "dang-ky-danh-hieu.xlsx": ("KT-DS", 0, {"RD-CHUA-DOC": 1}),
    "ba-ten-mot-o.xlsx": ("KT-DS", 2, {"RD-NHIEU-TEN": 1}),
}


def read_file(path: Path, programme: str = "LS-1620") -> Reading:
    document = read_document(path.name, path.read_bytes())
    context = SubmissionContext("S", path.name, programme, "LS-SO-Y-TE", date(2020, 6, 1))
    return read_submission(document, context, known_forms(), reference())


def unbalanced(reading: Reading) -> list[dict[str, object]]:
    return [
        part
        for part in reading.rows("file_parts")
        if part["cells"] != part["cells_read"] + part["cells_ignored"] + part["cells_reported"]
        or min(part["cells_read"], part["cells_ignored"], part["cells_reported"]) < 0
    ]


@pytest.mark.skipif(not FILES, reason="../shared/cases is not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ledger_of_case_balances(path: Path) -> None:
    try:
        reading = read_file(path)
    except Unreadable:
        return
    assert unbalanced(reading) == []


@pytest.mark.skipif(not FILES, reason="../shared/cases is not beside this checkout")
@pytest.mark.parametrize("path", [path for path in FILES if path.name in SEEN], ids=lambda path: path.name)
def test_case_is_read_as_a_person_sees_it(path: Path) -> None:
    reading = read_file(path)
    told = Counter(row["rule_id"] for row in reading.rows("reading_findings"))
    assert (reading.form_id, reading.rows_read, dict(told)) == SEEN[path.name]
    years = {row["award_year"] for row in reading.rows("award_rows")}
    assert years <= {2019, 2020} if path.name != "so-general-1904.xlsx" else years == {2020}
