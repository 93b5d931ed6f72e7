"""The sentences that open the pages: good, bad and empty data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from dashboards.build import BuildResult
from dashboards.facts import Facts, facts_of
from dashboards.figures import share_or_counts
from dashboards.pages import alike, coverage, overview, quality, units
from dashboards.pages.todo import Todo
from dashboards.site import Programme, Site, make_site
from dashboards.snapshot import opened
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables
from tests.unit.dashboards.conftest import NOW
from tests.unit.dashboards.published_file import REFERENCE

PROGRAMME = Programme("LS-1620", "Lạng Sơn 2016–2020", "", 1, True)
GOOD = Facts(
    row={
        "programme_id": "LS-1620",
        "files_used": 10,
        "files_unread": 0,
        "nominations": 38,
        "incomplete_nominations": 0,
        "awards_in_mau_02": 70,
        "awards_outside_mau_02": 0,
        "awards_by_level": 70,
        "awards_from_tables": 0,
        "awards_unplaced": 0,
        "individuals": 70,
        "direct_individuals": 50,
        "direct_individuals_pct": 100 * 50 / 70,
        "unknown_class_individuals": 0,
        "open_findings": 0,
        "blocking_findings": 0,
        "blocking_of_units": 0,
        "new_findings": 0,
        "fixed_findings": 0,
        "open_over_30_days": 0,
        "units_silent": 0,
        "units_expected": 41,
    },
    silent_units=(),
    deadline=None,
    first_night=False,
)


def but(facts: Facts, **row: int) -> Facts:
    """The same with other headline figures."""
    return replace(facts, row=facts.row | row)


BAD = replace(
    but(GOOD, incomplete_nominations=9, open_findings=12, units_silent=2, open_over_30_days=2),
    silent_units=("A", "B"),
    deadline=date(2020, 6, 9),
)
EMPTY = but(GOOD, files_used=0, nominations=0, individuals=0, awards_in_mau_02=0)


def plain(sentences: list[str]) -> list[str]:
    """Sentences as they are read, without the origin of their figures."""
    return [Markup(one).striptags() for one in sentences]


@contextmanager
def site_of(warehouse: Path) -> Iterator[Site]:
    reference = load_reference(REFERENCE)
    with opened(warehouse, reference_tables(reference, Settings())) as snapshot:
        yield make_site(snapshot, NOW)


@pytest.fixture
def site(tiny: tuple[Path, object]) -> Iterator[Site]:
    with site_of(tiny[0]) as made:
        yield made


def test_good(site: Site) -> None:
    assert " ".join(plain(overview.sentences(site, PROGRAMME, GOOD))) == (
        "Cả 38 đề nghị đã đủ hồ sơ. Lao động trực tiếp chiếm 71,4% cá nhân được khen "
        "(50/70 lượt trong danh sách). "
        "Không có việc cần quyết định."
    )
    assert overview.decisions(site, PROGRAMME, GOOD) == []


def test_bad_says_who_and_until_when(site: Site) -> None:
    said = plain(overview.sentences(site, PROGRAMME, BAD))
    assert said[0] == "9 trong 38 đề nghị chưa đủ hồ sơ; hạn là hết ngày 09/06/2020."
    assert said[2] == "2 đơn vị chưa gửi tệp nào: A, B."
    assert [link for _, link in overview.decisions(site, PROGRAMME, BAD)] == [
        "chat-luong-ls-1620.html#de-nghi",
        "index.html#chua-gui",
        "chat-luong-ls-1620.html#cho",
    ]


def test_empty_is_no_zero(site: Site) -> None:
    assert plain(overview.sentences(site, PROGRAMME, EMPTY)) == [
        "Chưa nhận được tệp nào của Lạng Sơn 2016–2020.",
        "Chưa có số liệu không có nghĩa là bằng 0.",
    ]
    assert overview.decisions(site, PROGRAMME, replace(EMPTY, silent_units=("A",))) == []


def test_unread_files_are_no_silence(site: Site) -> None:
    said = plain(overview.sentences(site, PROGRAMME, but(EMPTY, files_unread=3)))
    assert said[0] == "Đã nhận 3 tệp của Lạng Sơn 2016–2020 nhưng chưa tệp nào dùng được."


def test_what_units_owe_is_told_beside_whole_nominations(site: Site) -> None:
    """Nominations may all be whole while a unit's plan is missing: the two figures look alike and differ."""
    said = plain(overview.sentences(site, PROGRAMME, but(GOOD, blocking_findings=13, blocking_of_units=13)))
    assert said[0] == (
        "Cả 38 đề nghị đã đủ hồ sơ. 13 nội dung bắt buộc là của đơn vị (như kế hoạch, báo cáo chưa gửi), "
        "không thuộc đề nghị nào."
    )


def test_unclear_persons_are_named(site: Site) -> None:
    said = plain(overview.sentences(site, PROGRAMME, but(GOOD, unknown_class_individuals=5)))
    assert said[1].endswith("5 lượt chưa rõ đối tượng.")


def test_a_share_of_few_is_no_headline(site: Site) -> None:
    said = plain(overview.sentences(site, PROGRAMME, but(GOOD, individuals=28, direct_individuals=20)))
    assert said[1] == ("20/28 lượt cá nhân được khen là lao động trực tiếp; số nhỏ, chưa nêu tỷ lệ.")


def test_a_share_of_few_is_told_with_its_counts() -> None:
    assert share_or_counts(20, 29) == "20/29"
    assert share_or_counts(15, 30) == "50,0%"
    assert share_or_counts(0, 3) == "0/3"
    assert share_or_counts(0, 0) == "-"


def test_a_unit_is_compared_by_counts_where_they_are_few(site: Site) -> None:
    unit = next(iter(site.units.values()))
    figures = {
        "unit_code": unit.code,
        "nominations": 4,
        "incomplete_nominations": 2,
        "complete_nominations_pct": 50.0,
        "individuals": 40,
        "direct_individuals": 30,
        "direct_individuals_pct": 75.0,
        "cells_due": 0,
        "cells_covered": 0,
        "cells_covered_pct": None,
    }
    row: dict[str, object] = {"programme_id": unit.programme_id, "unit_type": unit.unit_type}
    for metric in alike.METRICS:
        row |= {f"median_{metric}": 60.0, f"units_with_{metric.removesuffix('_pct')}": 5}
    chart = alike.compare(unit, figures, row)
    assert [plain(line[1:2]) for line in chart.rows] == [["2/4"], ["75,0%"]]
    assert chart.plain_title == "Đơn vị này (chấm) và mức giữa của (chưa đọc được) đơn vị cùng loại (vạch)"
    (told,) = alike.middles({(unit.programme_id, unit.unit_type): row}).values()
    assert told["median_direct_individuals_pct"] == "60,0%"
    assert told["units_with_direct_individuals"] == "5"
    assert "Dưới 30" in chart.unit
    few = row | {f"units_with_{metric.removesuffix('_pct')}": 2 for metric in alike.METRICS}
    assert alike.compare(unit, figures, few).rows == []


def test_no_page_joins_sentences_after_a_stop(tiny: tuple[Path, BuildResult]) -> None:
    for page in tiny[1].index.parent.rglob("*.html"):
        said = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
        assert re.search(r"\.;|\.\. ", said) is None, page.name


def test_totals_that_look_alike_say_why_they_differ() -> None:
    assert overview.why_levels_differ(GOOD) == ""
    # 538 in the form + 17 outside it = 555; 497 by level: 57 from tables alone, and 1 left
    facts = but(
        GOOD,
        awards_in_mau_02=538,
        awards_outside_mau_02=17,
        awards_by_level=497,
        awards_from_tables=57,
        awards_unplaced=1,
    )
    assert plain([overview.why_levels_differ(facts)])[0] == (
        "Tổng 555 lượt; các cấp dưới đây cộng lại 497 lượt. Chênh lệch: 57 lượt chỉ có trong mẫu 02 đơn vị "
        "gửi, chưa chia được theo cấp, năm và 1 lượt chưa nhận ra tên hoặc chưa "
        "ghi năm."
    )


def test_quality() -> None:
    assert plain(quality.sentences(GOOD, [])) == [
        "Cả 38 đề nghị đã đủ hồ sơ; không còn nội dung nào phải bổ sung."
    ]
    rules: list[dict[str, object]] = [
        {"programme_id": "LS-1620", "rule_id": "x", "sentence": "chưa ghi nhóm đối tượng.", "findings": 7}
    ]
    assert plain(quality.sentences(BAD, rules))[1] == "Thiếu nhiều nhất: chưa ghi nhóm đối tượng (7 lần)."
    assert quality.sentences(EMPTY, []) == ["Chưa có hồ sơ nào để kiểm tra."]


def test_coverage_names_the_slowest_step_and_the_next_deadline(site: Site) -> None:
    cell = {
        "cell_id": "LS-GT",
        "coverage_pct": 80.5,
        "is_optional": False,
        "units_not_due": 0,
        "units_expected": 41,
        "units_covered": 33,
        "units_late": 2,
        "units_none": 7,
        "units_partial": 1,
        "cell_order": 1,
        "label": "Giới thiệu mẫu 04",
        "rests_on_usual": False,
    }
    ahead = [{"label": "Hồ sơ Bằng khen", "cell_id": "x", "last_day": date(2020, 6, 9), "days": 4}]
    assert plain(coverage.sentences(PROGRAMME, [cell], ahead)) == [
        "Giới thiệu mẫu 04: 33/41 đơn vị đủ, 1 còn thiếu, 7 chưa có; trong số đã gửi, 2 đơn vị gửi muộn.",
        "Hạn gần nhất: Hồ sơ Bằng khen, hết ngày 09/06/2020 (còn 4 ngày).",
    ]
    unknown = cell | {"coverage_pct": None}
    assert "chưa có danh mục đơn vị" in coverage.sentences(PROGRAMME, [unknown], [])[0]
    only_caps = unknown | {"is_optional": True}
    assert "không buộc đơn vị nào phải gửi" in coverage.sentences(PROGRAMME, [only_caps], [])[0]


def test_headline_figures_are_the_marts(site: Site) -> None:
    facts = facts_of(site, site.programmes[0])
    row = site.snapshot.row(
        "SELECT (SELECT count(*) FROM fct_nominations) AS nominations, "
        "(SELECT count(*) FROM fct_nominations WHERE NOT is_complete) AS incomplete, "
        "(SELECT count(*) FROM fct_awards) AS awards, "
        "(SELECT count(*) FROM fct_findings WHERE status <> 'fixed') AS findings"
    )
    assert site.programmes[0].id == "LS-1620"
    assert (facts.row["nominations"], facts.row["incomplete_nominations"], facts.row["open_findings"]) == (
        row["nominations"],
        row["incomplete"],
        row["findings"],
    )
    assert facts.row["awards_in_mau_02"] + facts.row["awards_outside_mau_02"] == row["awards"]


def test_a_unit_hears_whose_findings_they_are(site: Site) -> None:
    figures = {
        "unit_code": "A",
        "files_seen": 1,
        "cells_due": 4,
        "cells_covered": 1,
        "sending": "read",
        "open_findings": 4,
        "steps_left": 1,
    }
    nothing, step = Todo((), 0, ()), Todo((), 0, ({"cell_id": "x"},))
    found = {"recipient_kind": None, "nominee": None, "nomination_id": None}
    findings = [
        found,
        found | {"recipient_kind": "ca_nhan", "nomination_id": "a"},
        found | {"recipient_kind": "ca_nhan", "nomination_id": "a"},
        found | {"nominee": "Tổ 1"},
    ]
    assert plain(units.sentences(site, figures, findings, nothing, [])) == [
        "Còn 4 nội dung: 1 người, 1 trường hợp chưa rõ tập thể hay cá nhân, hồ sơ chung.",
        "Đã làm đủ 1 trong 4 việc đến hạn.",
    ]
    silent = figures | {"files_seen": 0, "cells_due": 0, "sending": "none"}
    assert plain(units.sentences(site, silent, [], nothing, [])) == ["Đơn vị chưa gửi tệp nào."]
    unread = figures | {"files_seen": 2, "cells_due": 0, "sending": "unread"}
    assert plain(units.sentences(site, unread, [], step, [])) == [
        "Đơn vị đã gửi 2 tệp, chưa tệp nào đọc được.",
        "Ngoài ra, 1 việc đến hạn chưa đủ.",
    ]
    assert plain(units.sentences(site, figures | {"cells_due": 0}, [], step, [])) == [
        "Hồ sơ đã gửi không còn nội dung nào phải bổ sung; còn 1 việc đến hạn chưa đủ."
    ]
