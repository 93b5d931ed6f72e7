"""What can never come about, though every file is right: warnings for whoever writes a programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pipelines.reference.checks.unmet import unmet
from pipelines.reference.coverage import Expanded, binds, expand_one, expected_codes
from pipelines.reference.forms import KnownForm
from pipelines.reference.models.criteria import cited_groups
from pipelines.reference.models.judges import CountJudge, OwedJudge, TreeJudge
from pipelines.reference.models.programmes import DIRECT, LEADERS, Quota
from pipelines.reference.nodes import with_operator
from pipelines.reference.reference import ProgrammeRules, Reference

Said = tuple[str, str, object]
"""The id it is about, the sentence, and the value at whose line it stands (None: at the id)."""


def idle(
    reference: Reference, rules: ProgrammeRules, forms: Mapping[str, KnownForm], policies: Mapping[str, Any]
) -> Iterator[Said]:
    """Everything of one programme that no unit, form or nominee can ever bring about.

    Args:
        reference: the reference data, without mistakes.
        rules: one programme's.
        forms: the forms of the catalogue.
        policies: the value in force of every policy.
    """
    assert rules.programme is not None
    due = [
        one
        for cell in (*rules.cells, *rules.deadlines)
        for one in expand_one(reference, rules, cell, policies)
    ]
    expected = {code for one in due for code in expected_codes(reference, one, policies)}
    yield from _graded_otherwise(reference, rules, policies)
    yield from _cells(reference, due, policies)
    yield from _quotas(reference, rules, expected)
    yield from _rules(rules, forms)
    yield from _unread(rules, forms)
    yield from _unheard(rules)
    yield from unmet(reference, rules, forms)
    cited = {name for group in rules.groups for name in cited_groups(group.logic)}
    # or asked of the unit that a nominee heads
    cited |= {name for criterion in rules.criteria for name in _groups_of_led_unit(criterion.check)}
    for group in rules.groups:
        if group.applies is None and group.replaces_field is None and group.id not in cited:
            yield (
                group.id,
                f"nhóm {group.id} không có applies và không nhóm nào dẫn tới: không ai được xét theo nó",
                None,
            )


def _graded_otherwise(
    reference: Reference, rules: ProgrammeRules, policies: Mapping[str, Any]
) -> Iterator[Said]:
    """Severities of lateness that a setting takes the place of."""
    late = reference.policies["POL-LATE-SEVERITY"]
    graded = policies[late.id]
    for rule in rules.completeness:
        if graded != late.default_value and rule.category == "late" and rule.severity != graded:
            said = f"{rule.id}: ghi mức {rule.severity}, nhưng {late.id} trong settings.yml đặt {graded}"
            yield rule.id, f"{said} cho mọi quy tắc về gửi muộn", "severity"


def _groups_of_led_unit(check: Any) -> Iterator[str]:
    return (one["group"] for one in with_operator(check) if one["op"] == "rule_group_passes")


def _cells(reference: Reference, due: list[Expanded[Any]], policies: Mapping[str, Any]) -> Iterator[Said]:
    for one in due:
        expects = one.part.expects if one.part else one.cell.expects
        for code in expects.units:
            unit = reference.units.by_code[reference.units.standing_on(code, one.start)]
            if unit.valid_to and unit.valid_to < one.start:
                ended = f"{unit.valid_to:%d/%m/%Y}"
                said = f"đơn vị {unit.unit_code} đã kết thúc ngày {ended}, trước kỳ {one.period}"
                yield one.cell.cell, f"ô {one.cell_id}: {said}", code
        if not expected_codes(reference, one, policies):
            said = f"ô {one.cell_id}: ngày {one.start:%d/%m/%Y} không có đơn vị nào phải gửi"
            yield one.cell.cell, said, None


def _quotas(reference: Reference, rules: ProgrammeRules, expected: set[str]) -> Iterator[Said]:
    asked = _asked(rules)
    for quota in rules.quotas:
        numbers = (quota.min, quota.max, quota.target, quota.min_percent, quota.max_percent)
        if not quota.count_kinds or quota.is_goal or all(number is None for number in numbers):
            continue
        bound = [unit.unit_code for unit in reference.units if binds(reference, quota, unit.unit_code)]
        if not bound:
            yield quota.id, f"số lượng {quota.id} không ràng buộc đơn vị nào trong danh mục", None
        elif quota.max != 0 and expected.isdisjoint(_counted_of(reference, quota, bound)):
            yield quota.id, f"số lượng {quota.id} dành cho đơn vị không phải gửi gì ở ô nào", None
        if quota.id not in asked:
            yield quota.id, f"số lượng {quota.id} không quy tắc nào, ô nào hỏi tới", None


def _counted_of(reference: Reference, quota: Quota, bound: list[str]) -> set[str]:
    """The units whose nominees a number counts."""
    below = (one for code in bound for one in reference.units.below(code))
    return {*bound, *(below if quota.scope == "rollup" else ())}


def _asked(rules: ProgrammeRules) -> set[str]:
    """Quotas that a rule counts against or a cell asks for."""
    found = {name for cell in rules.cells for name in (*cell.minima, *cell.caps)}
    found |= {name for cell in rules.cells for part in cell.by_field for name in part.minima}
    for rule in rules.completeness:
        if isinstance(rule.judge, CountJudge):
            found |= {quota.id for quota in _counted(rules, rule.judge)}
    return found


def _counted(rules: ProgrammeRules, judge: CountJudge) -> list[Quota]:
    return [
        quota
        for quota in rules.quotas
        if any(fnmatchcase(quota.id, name) for name in judge.quotas) and quota.id not in judge.not_quotas
    ]


def _rules(rules: ProgrammeRules, forms: Mapping[str, KnownForm]) -> Iterator[Said]:
    assert rules.programme is not None
    dated = {cell.cell for cell in rules.cells if cell.deadline or cell.deadline_from_unit}
    for rule in rules.completeness:
        judge = rule.judge
        if isinstance(judge, TreeJudge):
            named = [forms[form] for form in judge.forms if form in forms]
            if named and not any(form.is_of(rules.programme.id) for form in named):
                said = f"{rule.id}: chương trình không dùng biểu {', '.join(form.id for form in named)}"
                yield rule.id, said, named[0].id
        elif isinstance(judge, OwedJudge):
            if not (judge.missing or judge.late):
                yield rule.id, f"{rule.id}: không hỏi thiếu (missing) cũng không hỏi muộn (late)", "about"
            elif judge.late and not judge.missing and not dated.intersection(judge.cells):
                yield (
                    rule.id,
                    f"{rule.id}: hỏi gửi muộn nhưng ô {', '.join(judge.cells)} không có ngày hạn",
                    "late",
                )
        elif isinstance(judge, CountJudge) and judge.quotas and not judge.groups:
            bound = "max" if judge.limit == "max" else "min"
            if not any(_can_break(quota, bound) for quota in _counted(rules, judge)):
                said = f"{rule.id}: không số lượng nào trong đó có {bound}"
                yield rule.id, said, "limit"
            classed = any(_CLASS in forms[form].fields for form in judge.forms if form in forms)
            shares = {one for quota in _counted(rules, judge) for one in quota.share_of}
            if not classed and not shares.isdisjoint((LEADERS, DIRECT)):
                said = f"{rule.id}: biểu {', '.join(judge.forms)} không có cột {_CLASS} (phân loại đối tượng)"
                yield rule.id, f"{said} nên không đếm được tỷ lệ này; LS-DSDN có cột ấy", "forms"


def _unread(rules: ProgrammeRules, forms: Mapping[str, KnownForm]) -> Iterator[Said]:
    """Ratings in a form of the programme's own that no criterion hears of."""
    assert rules.programme is not None
    for form in forms.values():
        if form.programmes and form.programmes[0] == rules.programme.id and form.unread_ratings:
            said = f"biểu {form.id}: cột {', '.join(form.unread_ratings)} có type: rating mà không rõ của năm"
            todo = "ghi year_before (số năm trước năm của danh sách), bảng có year"
            yield rules.programme.id, f"{said} nào, không tiêu chuẩn nào đọc: {todo}", None


_CLASS = "object_class"
"""The column that says who leads and who works directly."""
_EACH_YEAR = "rating_all_years"


def _unheard(rules: ProgrammeRules) -> Iterator[Said]:
    """Criteria on ratings of years: where a year is not given no unit hears of it, unless a rule asks."""
    asked = {
        str(one.get("window"))
        for rule in rules.completeness
        if isinstance(rule.judge, TreeJudge)
        for one in with_operator(rule.judge.test)
        if one.get("op") == "years_given"
    }
    for criterion in rules.criteria:
        for one in with_operator(criterion.check):
            if one.get("op") == _EACH_YEAR and str(one.get("window")) not in asked:
                said = (
                    f"{criterion.id}: không quy tắc years_given nào của khung năm {one['window']} báo đơn vị"
                )
                yield criterion.id, f"{said} còn thiếu xếp loại năm nào", None
                break


def _can_break(quota: Quota, bound: str) -> bool:
    """Fewer than none, more than whatever, more than all: none of them comes about."""
    if bound == "max":
        return quota.max is not None or (quota.max_percent is not None and quota.max_percent < 100)
    return bool(quota.min or quota.min_percent)
