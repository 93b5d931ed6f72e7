"""Steps that are due and not whole: told in the letter, each with its own day; silence gets a letter too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from pipelines.reports.deadlines import Deadline
from pipelines.reports.digest import Told, digest
from pipelines.reports.letters.content import LetterContent, letter_content
from pipelines.reports.letters.days import Days
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.mail.reminders import load_reminders
from pipelines.reports.mail.text import board_text
from pipelines.reports.published import Published
from pipelines.reports.reading import read_published
from pipelines.reports.returned.marks import marks_of
from pipelines.reports.steps import KINDS, SAID, WHOSE, steps_left
from pipelines.reports.years import told_once
from tests.unit.reports import small

NIGHT = date(2020, 6, 5)
STEPS = [
    # unit, cell, label, status, last day, is_before, told, required, counted
    (small.TRANG_DINH, "LS-HNX", "Hội nghị điểm cấp xã", "none", date(2020, 1, 31), False, False, None, None),
    (small.TRANG_DINH, "LS-GT", "Giới thiệu điển hình", "partial", date(2020, 4, 9), True, False, 2, 1),
    (small.TRANG_DINH, "LS-HS", "Hồ sơ", "none", date(2020, 6, 9), True, True, None, None),
    (small.BINH_GIA, "LS-BC", "Báo cáo tổng kết", "none", None, False, False, None, None),
    (small.Y_TE, "LS-BC", "Báo cáo tổng kết", "none", None, False, False, None, None),
    (small.Y_TE, "LS-HNX", "Hội nghị điểm cấp xã", "none", date(2020, 1, 31), False, False, None, None),
]


def _published(path: Path, findings: list[dict[str, object]], **sending: str) -> Published:
    small.write_published(path, findings)
    with duckdb.connect(str(path)) as connection:
        for order, (unit, cell, label, status, last, before, told, required, counted) in enumerate(STEPS):
            connection.execute(
                "INSERT INTO marts.rpt_steps_left VALUES "
                "(?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, 'Hướng dẫn', ?, ?, ?, ?, "
                "NULL, NULL, NULL, NULL, NULL, NULL)",
                [
                    f"{unit}|{cell}",
                    small.LS,
                    unit,
                    cell,
                    order,
                    label,
                    status,
                    last,
                    before,
                    NIGHT,
                    told,
                    required,
                    counted,
                ],
            )
        connection.executemany(
            "INSERT INTO marts.dim_coverage_cells (cell_id, forms) VALUES (?, ?)",
            [
                ("LS-HNX", '["DOC-HOINGHI", "DOC-BIENBAN"]'),
                ("LS-BC", '["LS-M01", "LS-M02"]'),
                ("LS-GT", '["LS-M04"]'),
            ],
        )
        for unit, state in sending.items():
            connection.execute("UPDATE marts.rpt_units SET sending = ? WHERE unit_code = ?", [state, unit])
        connection.execute(
            "UPDATE marts.dim_units SET official_name = 'UBND huyện Tràng Định' WHERE unit_code = ?",
            [small.TRANG_DINH],
        )
    return read_published(path)


def _letter(published: Published, unit: str) -> LetterContent:
    head = load_letterhead(small.REFERENCE, small.LS, "Lạng Sơn")
    content = letter_content(published, small.LS, unit, head, 0)
    assert content is not None
    return content


def test_a_letter_tells_missing_steps_with_the_day_of_each(tmp_path: Path) -> None:
    content = _letter(_published(tmp_path / "p.duckdb", small.FINDINGS), small.TRANG_DINH)
    assert content.unit == "UBND huyện Tràng Định"
    assert "02 trong 05 trường hợp, hồ sơ chung và 02 việc đến hạn còn thiếu nội dung" in content.lead
    # 31/01 and 09/4 have passed, 09/6 has not: no day holds for all
    assert "đúng hạn ghi ở từng nội dung, hạn gần nhất hết ngày 09/06/2020" in content.lead
    steps = content.subjects[-1]
    assert (steps.name, [item.sentence for item in steps.items]) == (
        "Việc đến hạn",
        [
            "Hội nghị điểm cấp xã: chưa có (hạn: hết ngày 31/01/2020, đã qua)",
            "Giới thiệu điển hình: còn thiếu, mới có 1/2 tập thể (hạn: hết ngày 09/04/2020, đã qua)",
        ],
    )
    assert all("hạn: hết ngày 09/06/2020)" in item.sentence for item in content.subjects[0].items)


def test_what_is_due_each_year_is_told_once_with_its_years() -> None:
    """One sentence for many years; what is half done or names no year stands alone."""
    alike: dict[str, object] = dict.fromkeys(f"{kind}_required" for kind in KINDS) | {
        "status": "none", "last_day": None, "citation": "mục III.1", "is_before": False,
        "label_of_years_vi": "Bồi dưỡng năm {years}", "programme_id": small.LS, "unit_code": small.Y_TE,
        "cell_id": "X", "left_since_on": NIGHT,
    }  # fmt: skip
    steps = [
        alike | {"step_id": "a", "year": 2022, "label_vi": "Bồi dưỡng năm 2022"},
        alike | {"step_id": "b", "year": 2021, "label_vi": "Bồi dưỡng năm 2021"},
        alike | {"step_id": "c", "year": 2023, "label_vi": "Bồi dưỡng năm 2023", "last_day": NIGHT},
        alike | {"step_id": "d", "year": 2024, "label_vi": "Bồi dưỡng năm 2024", "status": "partial"},
        alike | {"step_id": "e", "year": None, "label_vi": "Sơ kết", "label_of_years_vi": None},
    ]
    rows = [[step.get(name) for name in (*WHOSE, *SAID)] for step in steps]
    told = told_once(steps_left(rows, NIGHT))
    assert [one.fact for one in told] == [
        "Bồi dưỡng năm 2021, 2022, 2023: chưa có",
        "Bồi dưỡng năm 2024: còn thiếu",
        "Sơ kết: chưa có",
    ]
    assert [one.finding_id for one in told[0].each] == ["a", "b", "c"]
    days = Days.of((one for step in told for one in step.each), NIGHT)
    assert days.told(told[0]) == ["hạn: hết ngày 05/06/2020"]  # the others have no day: it is not theirs
    whole = [one._replace(deadline=Deadline(NIGHT, False)) for one in told[0].each]
    days = Days.of(whole, NIGHT)
    assert days.told(told[0]._replace(together=tuple(whole))) == []  # one day holds for all
    other = told[0].each[0]._replace(deadline=Deadline(date(2020, 5, 1), False))
    days = Days.of([other, *told[0].each], NIGHT)
    assert days.told(told[0]._replace(together=(other, *told[0].each))) == [
        "hạn: hết ngày 01/05/2020, đã qua",
        "hạn: hết ngày 05/06/2020",
    ]


def test_findings_of_several_years_are_one_line_everywhere(tmp_path: Path) -> None:
    """Letter, mail and the sheet of a returned file name the years in one sentence; no year is lost."""
    of_years = "chưa nhận được báo cáo năm {years}"
    findings = [
        {"finding_id": f"y{year}", "rule_id": "CP-LS-BIENBAN", "severity": "warning", "source_file": None,
         "source_sheet": None, "fact_vi": of_years.format(years=year), "fact_of_years_vi": of_years,
         "year": year, "values_vi": f'{{"due_year": "{year}"}}', "deadline": date(year, 12, 15)}
        for year in (2019, 2017, 2018)
    ]  # fmt: skip
    findings.append({**findings[0], "finding_id": "z", "unit_code": small.Y_TE, "deadline": None})
    published = small.write_published(tmp_path / "p.duckdb", findings)
    assert len(published.findings) == 4
    (subject,) = _letter(published, small.TRANG_DINH).subjects
    assert [item.what for item in subject.items] == [
        "chưa nhận được báo cáo năm 2017, 2018, 2019; bổ sung biên bản họp xét của Hội đồng"
    ]
    assert subject.items[0].where == "hạn: hết ngày 15/12/2017, 15/12/2018, 15/12/2019, đã qua"
    (other,) = _letter(published, small.Y_TE).subjects
    assert "năm 2019;" in other.items[0].what
    news = digest(published.findings, {}, load_reminders(small.REFERENCE), NIGHT)
    body = board_text(published, news, [])
    assert "MỚI (4)" in body
    assert "(3)\n- Hồ sơ chung: chưa nhận được báo cáo năm 2017, 2018, 2019." in body
    (told,) = told_once(published.for_unit(small.LS, small.TRANG_DINH))
    (mark,) = marks_of(told)
    assert (mark.what, mark.until) == (
        "Chưa nhận được báo cáo năm 2017, 2018, 2019",
        "15/12/2017, 15/12/2018, 15/12/2019",
    )


def test_a_unit_that_sent_nothing_by_a_passed_day_gets_a_letter(tmp_path: Path) -> None:
    published = _published(tmp_path / "p.duckdb", [], **{small.Y_TE: "none", small.BINH_GIA: "none"})
    # what has no day of its own is no cause to write
    assert published.units_to_write_to(small.LS) == [small.Y_TE, small.TRANG_DINH]
    content = _letter(published, small.Y_TE)
    assert content.subject == "V/v đôn đốc gửi báo cáo điển hình tiên tiến"
    assert "chưa nhận được báo cáo, hồ sơ nào của quý đơn vị; 02 việc đến hạn chưa đủ" in content.lead
    # a day that is not everything's stands beside its own thing
    assert "Nội dung có thời hạn theo văn bản đều đã qua hạn, ghi ở từng nội dung" in content.lead
    assert [item.where for subject in content.subjects for item in subject.items] == [
        "hạn: hết ngày 31/01/2020, đã qua",
        "",
    ]
    assert "gửi lại" not in content.lead
    assert content.closing == (
        "Nếu quý đơn vị đã gửi, đề nghị cho biết ngày gửi, nơi nhận và gửi lại một bản./."
    )


def test_what_could_not_be_read_was_sent(tmp_path: Path) -> None:
    content = _letter(_published(tmp_path / "p.duckdb", [], **{small.Y_TE: "unread"}), small.Y_TE)
    assert "chưa nhận được" not in content.lead
    assert "đã nhận 02 tệp của quý đơn vị nhưng chưa đọc được tệp nào" in content.lead


def test_a_step_that_became_whole_is_told_as_mended_to_who_was_told_of_it(tmp_path: Path) -> None:
    path = tmp_path / "p.duckdb"
    _published(path, [])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO marts.dim_coverage_cells (cell_id, programme_id, label_vi) VALUES "
            "('LS-HN', 'LS-1620', 'Hội nghị điểm cấp huyện')"
        )
        connection.execute(
            "INSERT INTO marts.rpt_phase_coverage (programme_id, cell_id, unit_code, status) VALUES "
            "('LS-1620', 'LS-HN', ?, 'covered'), ('LS-1620', 'LS-HN', ?, 'covered')",
            [small.Y_TE, small.TRANG_DINH],
        )
    published = read_published(path)
    step = f"LS-1620|{small.Y_TE}|LS-HN"
    told = {step: Told(date(2020, 6, 1), date(2020, 6, 1)), "x": Told(date(2020, 6, 1), date(2020, 6, 1))}
    known = [*published.of(small.LS), *published.steps_done(told)]
    news = digest(known, told, load_reminders(small.REFERENCE), NIGHT)
    assert [(one.finding_id, one.fact) for one in news.fixed] == [(step, "Hội nghị điểm cấp huyện: đã đủ")]
    body = board_text(published, news, [])
    assert "ĐÃ XỬ LÝ (1)" in body
    assert "Sở Y tế" in body
    closed = {step: Told(date(2020, 6, 1), date(2020, 6, 2), closed=True)}
    assert digest(published.steps_done(closed), closed, load_reminders(small.REFERENCE), NIGHT).fixed == ()
