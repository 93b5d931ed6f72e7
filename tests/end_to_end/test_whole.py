"""Whole, per output: what is open or due in the sample night is what is told, none more, none less."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from dashboards.formats import slug
from pipelines.common.paths import PROJECT, Home
from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.reports.letters.content import IN_LETTERS, letter_content
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.places import letter_path, returned_files
from pipelines.reports.published import Published
from pipelines.reports.reading import read_published
from pipelines.reports.years import told_once
from pipelines.sentences import text
from pipelines.sentences.words import lowered, raised
from pipelines.text.numbers_vi import format_number

NIGHT = date(2025, 12, 31)
RAW = PROJECT / "data" / "raw"
TODO = "CẦN BỔ SUNG"


@pytest.fixture(scope="module")
def night(sample_home: Home) -> Published:
    return read_published(sample_home.warehouse)


def _units(night: Published) -> Iterator[tuple[str, list[Finding]]]:
    """Each unit and what is open of it, in whatever programme, told to the unit or not."""
    for code in night.units:
        yield code, [one for one in night.findings if one.unit_code == code and one.present]


def _told(present: list[Finding]) -> list[Finding]:
    """What is to be told: what is alike year after year once, in a sentence that names each of its years."""
    once = told_once(present)
    each = [(one, sentence) for sentence in once for one in sentence.each]
    assert Counter(one.finding_id for one, _ in each) == Counter(one.finding_id for one in present)
    for one, sentence in each:
        years = [str(other.year) for other in sentence.each]
        assert sentence.fact == one.fact.replace(str(one.year), ", ".join(sorted(years))), one.fact
    return once


def test_what_is_left_is_in_the_marts(night: Published, published: duckdb.DuckDBPyConnection) -> None:
    """Steps due and not whole of every unit, told by a finding or by themselves; open findings with them."""
    untold = published.execute("SELECT count(*) FROM marts.rpt_steps_left WHERE NOT is_told").fetchall()[0][0]
    steps = [one for one in night.findings if one.is_step]
    assert len(steps) == untold > 100
    left = published.execute(
        "SELECT count(*) FROM marts.rpt_phase_coverage AS c "
        "JOIN marts.dim_coverage_cells AS d USING (cell_id) "
        "JOIN marts.dim_units AS u USING (unit_code) "
        "WHERE c.status IN ('none', 'partial') AND NOT coalesce(d.is_optional, false) "
        "AND NOT u.is_placeholder "
        # of a unit abolished before the day, with nobody after it, nothing is owed any more
        "AND (u.valid_to IS NULL OR u.successor_code IS NOT NULL OR u.valid_to >= d.due_on)"
    ).fetchall()[0][0]
    assert published.execute("SELECT count(*) FROM marts.rpt_steps_left").fetchall()[0][0] == left
    open_ = published.execute("SELECT finding_id FROM marts.fct_findings WHERE is_open").fetchall()
    assert {one.finding_id for one in night.findings if one.present and not one.is_step} == {
        row[0] for row in open_
    }


def test_a_quantity_has_the_deadline_of_its_own_step(published: duckdb.DuckDBPyConnection) -> None:
    """A field's number of 2023 is not due with the lists of 2021, and its step is not told again."""
    rows = published.execute(
        "SELECT f.cell_id, f.fact_vi, f.deadline, s.is_told FROM marts.fct_findings AS f "
        "JOIN marts.rpt_steps_left AS s USING (unit_code, cell_id) "
        "WHERE f.is_open AND f.rule_id IN ('CP-HCM-SL-LV', 'CP-HCM-SL-DV')"
    ).fetchall()
    assert len(rows) > 10
    for cell, fact, deadline, is_told in rows:
        assert is_told
        assert cell == "HCM-DV" or f"{cell[-4:]}:" in fact
        assert deadline is None  # of the year, of the plan: no day is named
    untold = published.execute(
        "SELECT count(*) FROM marts.fct_findings WHERE is_open AND cell_id = 'HCM-DK' "
        "AND rule_id LIKE '%-SL-%'"
    ).fetchall()
    assert untold == [(0,)]


def test_the_page_of_a_unit(sample_home: Home, night: Published) -> None:
    seen = 0
    for code, present in _units(night):
        page = html.parse(str(sample_home.dashboards / "don-vi" / f"{slug(code)}.html"))
        told: Counter[str] = Counter()
        for line in page.xpath("//ol[@class='todo']/li"):
            fact = line.xpath("string(.//b)")
            told[fact] += len(line.xpath(".//ul/li")) or 1
        expected = Counter(raised(one.fact) for one in _told(present))
        left_out = page.xpath("string(//section[@id='viec']/p[contains(., 'Còn ')])")
        number = int(re.sub(r"\D", "", left_out) or 0)
        assert sum((expected - told).values()) == number, code
        assert told - expected == Counter(), code
        blocking = Counter(raised(one.fact) for one in _told(present) if one.urgency == 0)
        assert blocking - told == Counter(), code
        seen += len(present)
    assert seen > 1000


def test_the_letter(sample_home: Home, night: Published) -> None:
    letters = 0
    reports = sample_home.reports(NIGHT)
    for programme in night.programmes:
        head = load_letterhead(PROJECT / "data" / "reference", programme, night.programmes[programme])
        writing = night.units_to_write_to(programme)
        asked = {
            code: _asked(night, programme, code)
            for code in night.units
            if night.programme_of[code] == programme
        }
        # without a letter: nothing to ask, or only steps the document names no day for
        assert all(
            one.is_step and one.deadline is None
            for code, several in asked.items()
            if code not in writing
            for one in several
        )
        for code in writing:
            path = letter_path(reports, programme, code)
            assert path.exists() == bool(asked[code]), code
            if not path.exists():
                continue
            letters += 1
            content = letter_content(night, programme, code, head, 0)
            assert content is not None
            said = [item.what for subject in content.subjects for item in subject.items]
            for one in asked[code]:
                assert any(one.fact in what or lowered(one.fix) in what for what in said), one
            told = _docx(path)
            assert [what for what in said if what.casefold() not in told] == [], code
            assert content.unit.casefold() in told
    assert letters > 100


YEARS = re.compile(r"(?<![/\d])20\d\d(?:, 20\d\d)*(?![/\d])")
"""Of words, not of dates."""


def _year_after_year(lines: Iterable[str]) -> list[str]:
    """What several lines say alike but for the year."""
    return [line for line, times in Counter(YEARS.sub("…", line) for line in set(lines)).items() if times > 1]


def test_nothing_is_told_year_after_year(sample_home: Home, night: Published) -> None:
    """Pages, letters, mails, returned files: one sentence carries the years."""
    assert _year_after_year(["thiếu năm 2021", "thiếu năm 2022"]) == ["thiếu năm …"]
    found, joined = [], 0
    for code in night.units:
        page = html.parse(str(sample_home.dashboards / "don-vi" / f"{slug(code)}.html"))
        lines = [
            "|".join([line.xpath("string(.//b)"), *line.xpath(".//div/p[2]//text()")])
            for line in page.xpath("//ol[@class='todo']/li")
        ]
        found += [(code, line) for line in _year_after_year(line.split(", từ ngày")[0] for line in lines)]
        joined += sum(", 20" in line for line in lines)
    reports = sample_home.reports(NIGHT)
    for programme in night.programmes:
        mail = reports / programme / "thu-gui-ban-tdkt.txt"
        units = re.split(r"\n(?=[^-\n])", mail.read_text("utf-8") if mail.exists() else "")
        found += [(programme, line) for unit in units for line in _year_after_year(unit.splitlines())]
        head = load_letterhead(PROJECT / "data" / "reference", programme, night.programmes[programme])
        for code in night.units_to_write_to(programme):
            content = letter_content(night, programme, code, head, 0)
            for subject in content.subjects if content else ():
                found += [(code, line) for line in _year_after_year(item.sentence for item in subject.items)]
            for path in _workbooks(reports, programme, code):
                found += [(code, line) for line in _year_after_year(_todo(path))]
    assert found == []
    assert joined > 20


def _asked(night: Published, programme: str, code: str) -> list[Finding]:
    found = _told(night.of(programme, code))
    return [one for one in found if one.present and one.mends == BY_UNIT and one.severity in IN_LETTERS]


def test_a_letter_that_leaves_something_out_is_seen(night: Published) -> None:
    """The letter is made from what is open: one finding less, and it says less."""
    programme = "LS-1620"
    head = load_letterhead(PROJECT / "data" / "reference", programme, "Lạng Sơn")
    code = night.units_to_write_to(programme)[0]
    fewer = replace(night, findings=tuple(one for one in night.findings if not one.is_step))
    assert letter_content(night, programme, code, head, 0) != letter_content(fewer, programme, code, head, 0)


def test_the_workbook(sample_home: Home, night: Published) -> None:
    book = load_workbook(sample_home.reports(NIGHT) / f"noi-dung-can-bo-sung-{NIGHT}.xlsx", read_only=True)
    of_steps = text("workbook.steps_sheet", name="")
    rows = [
        row
        for sheet in book.worksheets[1:]
        if not sheet.title.startswith(of_steps)
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    printed = "\n".join(
        " ".join(map(str, row))
        for sheet in book.worksheets
        if sheet.title.startswith(of_steps)
        for row in sheet.iter_rows(min_row=2, values_only=True)
    )
    steps = [one for one in told_once(night.findings) if one.is_step]
    assert steps
    assert [one for one in steps if raised(one.fact) not in printed] == []
    assert [one for one in steps if night.unit_name(one.unit_code) not in printed] == []
    listed = [one for one in night.findings if one.status != "fixed" or one.fixed_on == NIGHT]
    assert Counter(row[-1] for row in rows if row[-1]) == Counter(one.finding_id for one in listed)
    counts = {row[0]: row[1:6] for row in book.worksheets[0].iter_rows(values_only=True)}
    for programme, name in night.programmes.items():
        present = [one for one in night.of(programme) if one.present]
        found = [one for one in present if not one.is_step]
        by_severity = [sum(one.urgency == urgency for one in found) for urgency in range(3)]
        assert counts[name] == (len(present), *by_severity, len(present) - len(found))


def test_the_mail(sample_home: Home, night: Published) -> None:
    for programme in night.programmes:
        path = sample_home.reports(NIGHT) / programme / "thu-gui-ban-tdkt.txt"
        present = [one for one in night.of(programme) if one.present]
        assert path.exists() == bool(present)
        if not present:
            continue
        said = path.read_text("utf-8")
        assert f"Tổng còn {format_number(len(present))} nội dung" in said
        left = re.findall(r"Còn ([\d.]+) nội dung nữa", said)
        hidden = sum(int(n.replace(".", "")) for n in left)
        missing = [one for one in _told(present) if lowered(one.fact) not in said]
        assert len(missing) <= hidden
        assert [one for one in missing if one.urgency == 0] == []


def test_the_page_of_quality_says_why_each_dossier_is_not_whole(
    sample_home: Home, published: duckdb.DuckDBPyConnection
) -> None:
    wanted = {programme: Counter(dict(rows)) for programme, rows in _blocked(published).items()}
    assert sum(sum(found.values()) for found in wanted.values()) > 20
    for programme, expected in wanted.items():
        page = html.parse(str(sample_home.dashboards / f"chat-luong-{slug(programme)}.html"))
        rows = page.xpath("//section[@id='de-nghi']//tbody/tr")
        more = page.xpath("string(//section[@id='de-nghi']/p[contains(., 'đề nghị; xem')])")
        assert len(rows) + int(re.sub(r"\D", "", more) or 0) == len(expected)
        for row in rows:
            missing, since = row.xpath("string(td[2])"), row.xpath("string(td[3])")
            assert missing.strip()
            assert re.fullmatch(r"\d\d/\d\d/\d{4}", since.strip())


def _blocked(published: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, int]]]:
    rows = published.execute(
        "SELECT n.programme_id, n.nomination_id, count(*) FROM marts.fct_nominations AS n "
        "JOIN marts.trc_nominations AS t ON t.nomination_id = n.nomination_id AND t.severity = 'blocking' "
        "WHERE NOT n.is_complete GROUP BY ALL"
    ).fetchall()
    incomplete = published.execute(
        "SELECT count(*) FROM marts.fct_nominations WHERE NOT is_complete"
    ).fetchall()[0][0]
    assert len(rows) == incomplete
    out: dict[str, list[tuple[str, int]]] = {}
    for programme, nomination, number in rows:
        out.setdefault(programme, []).append((nomination, number))
    return out


def test_returned_files_hold_what_a_file_can_hold(sample_home: Home, night: Published) -> None:
    """What stands in no file goes on the sheet of the unit's first workbook; marks stand in the files."""
    held = 0
    reports = sample_home.reports(NIGHT)
    for programme in night.programmes:
        for code in night.units_to_write_to(programme):
            books = _workbooks(reports, programme, code)
            homeless = [one for one in night.for_unit(programme, code) if not one.source_file]
            if not books or not homeless:
                continue
            said = "\n".join(line for path in books for line in _todo(path))
            assert any(getattr(load_workbook(path).active, "title", "") == TODO for path in books), code
            assert [one for one in told_once(homeless) if raised(one.fact) not in said] == [], code
            held += len(homeless)
    assert held > 30


def test_what_is_missing_is_marked_where_nothing_stands(published: duckdb.DuckDBPyConnection) -> None:
    """Two tables of a sheet may have one field in different columns: no filled cell is blamed."""
    rows = published.execute(
        "SELECT f.source_file, f.source_sheet, f.source_cell FROM marts.fct_findings AS f "
        "JOIN marts.dim_rules AS r USING (rule_id) WHERE f.is_open AND r.category = 'missing_field' "
        "AND f.source_file LIKE '%.xlsx' AND regexp_full_match(f.source_cell, '[A-Z]+[0-9]+')"
    ).fetchall()
    assert len(rows) > 2
    filled = [row for row in rows if load_workbook(RAW / row[0])[row[1]][row[2]].value is not None]
    assert filled == []


def _workbooks(reports: Path, programme: str, code: str) -> list[Path]:
    """Those given back to a unit."""
    return [path for path in returned_files(reports, programme, code) if path.suffix == ".xlsx"]


def _todo(path: Path) -> list[str]:
    """The rows of the sheet, without their numbers."""
    book = load_workbook(path)
    rows = book[TODO].iter_rows(min_col=2, values_only=True) if TODO in book.sheetnames else ()
    return [" | ".join(str(value) for value in row if value) for row in rows]


def _docx(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells).casefold()
