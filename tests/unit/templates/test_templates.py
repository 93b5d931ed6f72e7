"""The templates open, carry their labels, lists, id and version, and a blank one holds no row."""

import io
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml

from pipelines.forms.registry import load_catalogue
from pipelines.generate import layouts
from pipelines.reference.forms import form_files
from pipelines.reference.load import load_reference
from pipelines.templates import Kit
from pipelines.templates.index import NAME
from pipelines.templates.options import Options, plan
from pipelines.templates.own import own_tables

REFERENCE = Path(__file__).parents[3] / "data/reference"


def labels(form: str) -> list[str]:
    forms = ("CB-BDK-I", "CB-BDK-II") if form == "CB-BDK" else (form,)
    return [column[1] for f in forms for column in layouts.table(f)["columns"]]


def test_every_entry_is_written_once(blanks):
    entries = len(plan()["workbooks"]) + len(plan()["letters"])
    folder = blanks["KT-DS"].parent
    # beside them only the forms that programmes bring along
    known = load_reference(REFERENCE)
    own = {form.id for form in own_tables(load_catalogue(REFERENCE), known)}
    more = {path.name for path in folder.iterdir()} - {NAME, *(path.name for path in blanks.values())}
    assert {name.rpartition("(")[2] for name in more} == {f"{form}).xlsx" for form in own}
    assert len(blanks) == entries


def test_how_to_check_is_said_with_what_units_have() -> None:
    """They have no software: the page where there is one, else what comes back."""
    known = load_reference(REFERENCE)
    (with_page,) = [one for one in Options(known, "https://a.vn").guide("KT-DS") if "https://a.vn" in one]
    assert with_page.startswith("8. Kiểm tra và gửi tại https://a.vn:")
    without = " ".join(Options(known).guide("KT-DS"))
    assert "được đánh dấu" in without
    assert "http" not in without


def test_the_index_says_which_file_is_for_whom_until_when(blanks):
    rows = re.findall(
        r"<tr>\n(.*?)</tr>", (blanks["KT-DS"].parent / NAME).read_text(encoding="utf-8"), re.DOTALL
    )
    cells = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row)] for row in rows]
    # programmes' own forms stand there too
    assert {row[0] for row in cells} >= {path.name for path in blanks.values()}
    assert all((blanks["KT-DS"].parent / row[0]).exists() for row in cells)
    (summary,) = [row for row in cells if row[0] == blanks["LS-M03"].name]
    # mẫu 03 is due before 10 June 2020: until the end of 9 June
    assert summary[2] == "Lạng Sơn 2016-2020"
    assert "Các huyện, thành phố" in summary[3]
    assert summary[4] == "trước ngày 10/06/2020 (chậm nhất hết ngày 09/06/2020)"
    # a plan is asked for by three of the four, each with its own units and day
    plans = [row[2] for row in cells if row[0] == blanks["DOC-KEHOACH"].name]
    assert {"BHXH 2021-2025", "Cao Bằng 2021-2025", "TP.HCM 2021-2025"} <= set(plans)
    assert "Lạng Sơn 2016-2020" not in plans


@pytest.mark.parametrize("entry", plan()["workbooks"], ids=lambda entry: entry["form"])
def test_workbook(blanks, entry):
    book = openpyxl.load_workbook(blanks[entry["form"]])
    names = [name for name in book.sheetnames if book[name].sheet_state == "visible"]
    assert names[:2] == [entry["sheet"], "Ví dụ"]
    assert names[-1] == "Hướng dẫn"
    assert ("Phụ lục" in names) == bool(entry.get("annex"))
    assert book.custom_doc_props["thidua_form"].value == entry["form"]
    form = book[entry["sheet"]]
    assert form["A1"].value == f"Biểu {entry['form']}, phiên bản {plan()['version']}"
    assert form.page_setup.paperSize == 9
    assert form.page_setup.fitToWidth == 1
    if entry["form"] == "LS-M02":
        return
    shown = [cell.value for row in form.iter_rows() for cell in row if cell.value]
    assert set(labels(entry["form"])) <= set(shown)
    lists = form.data_validations.dataValidation
    assert len(lists) == len(entry.get("choices", {})) * (2 if entry["form"] == "CB-BDK" else 1)
    for area in lists:
        first = form[str(area.sqref).split(":")[0]]
        above = form.cell(first.row - 1, first.column)
        assert above.value in shown
        assert first.value is None


def test_lists_offer_what_the_contract_names(blanks):
    book = openpyxl.load_workbook(blanks["KT-DS"])
    offered = {cell.value for column in book["Danh mục"].iter_cols() for cell in column if cell.value}
    assert {"Lao động tiên tiến", "Bằng khen của Chủ tịch UBND tỉnh", "Doanh nhân"} <= offered
    assert not {"Gia đình văn hóa", "Hoàn thành tốt nhiệm vụ"} & offered


@pytest.mark.parametrize("entry", plan()["letters"], ids=lambda entry: entry["record"])
def test_letter(blanks, entry):
    document = docx.Document(str(blanks[entry["record"]]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for line in layouts.read("records")[entry["record"]]["lines"]:
        if isinstance(line, str) or "under" in line:
            assert (line if isinstance(line, str) else line["under"]) in text
        else:
            for label in re.split(r"\{\w+\}", line["line"]):
                assert label.strip() in text
    assert f"Biểu {entry['form']}, phiên bản" in text
    assert ("Phụ lục thông tin phục vụ tiêu chí" in text) == bool(entry.get("annex"))


def test_the_annex_asks_every_fact_of_the_criteria_once():
    known = load_reference(REFERENCE)
    names = [entry.label_vi for entry in known.annex]
    assert len(names) == len(set(names))
    for programme in ("LS-1620", "CB-2125", "HCM-2125", "BHXH-2125"):
        assert "Xếp loại hằng năm" in Options(known).annex_labels(programme)
    assert all(entry.kinds and entry.programmes and entry.type for entry in known.annex)


def test_printed_labels_are_those_the_forms_read():
    read = 0
    for path in form_files(REFERENCE):
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        known_here = form["id"] in layouts.read("layouts")["tables"] or form["id"] == "CB-BDK"
        if not known_here or "tables" not in form:
            continue
        known = {
            label for table in form["tables"] for column in table["columns"] for label in column["labels"]
        }
        assert set(labels(form["id"])) <= known, form["id"]
        read += 1
    assert read


def test_the_annex_of_a_programme_whose_criteria_ask_for_it(tmp_path: Path) -> None:
    """As a file of its own, where no blank file of the programme has it as a sheet."""
    folder = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    before = Kit(load_reference(folder), folder, None)
    assert all(form != "PL-TC" for form, _ in before.names())
    label = "{label_vi: Số lần bị kỷ luật, vocabulary: discipline_count, type: number, "
    label += "kinds: [ca_nhan], by_year: true}"
    own = folder / "programmes" / "VD-2630" / "annex_labels.yaml"
    own.write_text(f"version: 1\nlabels:\n  - {label}\n", "utf-8")
    kit = Kit(load_reference(folder), folder, None)
    [name] = [name for form, name in kit.names("VD-2630") if form == "PL-TC"]
    assert all(form != "PL-TC" for form, _ in kit.names("LS-1620"))
    book = openpyxl.load_workbook(io.BytesIO(kit.file(name)))
    assert book.sheetnames == ["Phụ lục", "Hướng dẫn"]
    [choice] = book["Phụ lục"].data_validations.dataValidation
    assert "Số lần bị kỷ luật" in choice.formula1
