"""Checks across files: every name used must be there, dates in order, no circles, no clashing names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import get_args

from pipelines.reference.checks.cells import check_cells
from pipelines.reference.checks.history import check_history
from pipelines.reference.checks.known import Names, cited
from pipelines.reference.checks.known import rule_ids as book_ids
from pipelines.reference.checks.labels import check_annex, check_fields, check_whom
from pipelines.reference.checks.recipients import check_recipients
from pipelines.reference.checks.rules import check_groups, check_judges, check_quotas
from pipelines.reference.checks.trees import check_trees
from pipelines.reference.checks.units import check_units
from pipelines.reference.forms import KnownForm
from pipelines.reference.models.criteria import Criterion, CriterionGroup, CriterionType
from pipelines.reference.models.programmes import CompletenessRule, Quota
from pipelines.reference.places import Places
from pipelines.reference.policies import unsaid, why_not
from pipelines.reference.reference import ProgrammeRules, Reference


def check(reference: Reference, forms: Mapping[str, KnownForm], places: Places) -> None:
    """Note every problem between the files in `places`.

    Args:
        reference: what was read, each file by itself already valid.
        forms: the forms of the catalogue.
        places: where each id stands.
    """
    names = Names(reference, forms, places)
    check_units(reference, names)
    check_recipients(reference, places)
    _check_awards(reference, names)
    check_history(reference, names)
    _check_ladders(reference, names)
    _check_policies(reference, names)
    _check_nominations(reference, names)
    check_fields(reference, names)
    check_annex(reference, names)
    rule_ids: list[str] = []
    for rules in reference.all_rules:
        rule_ids += [
            *(rule.id for rule in rules.completeness),
            *(rule.id for rule in rules.criteria),
            *(quota.id for quota in rules.quotas),
        ]
        _check_programme(reference, rules, names)
    places.no_twins("quy tắc", rule_ids)
    held = book_ids(reference)
    for one in (*reference.confirmations, *reference.opinions):
        names.check("confirmations.yaml", "quy tắc", [one], held)
    names.lacking.tell()


def _check_awards(reference: Reference, names: Names) -> None:
    for form in names.forms.values():
        names.check(form.id, "dòng mẫu 02", form.row_labels, [row.row_id for row in reference.mau_02.rows])
    for award in reference.awards.awards:
        names.check(award.code, "loại khen", award.sub_kinds, reference.awards.sub_kind_values)
    types = reference.criteria_vocabulary.by_type
    names.check("criteria.yaml", "mức độ mặc định của loại tiêu chí", get_args(CriterionType), types)
    codes = {award.code for award in reference.awards.awards}
    rows = {row.row_id for row in reference.mau_02.rows}
    for award in reference.awards.awards:
        names.check(award.code, "dòng mẫu 02", [award.mau02_row], rows)
        cited(names, award.code, award.cite)
    for row in reference.mau_02.rows:
        names.check(row.row_id, "mã khen", row.award_codes, codes)
        names.check(row.row_id, "dòng mẫu 02", [row.parent], rows)
        names.check(row.row_id, "loại khen", row.sub_kinds, reference.awards.sub_kind_values)
    for member in reference.mau_02.policy_members:
        names.check("LS-M02", "chính sách", [member.policy], reference.policies)
        names.check("LS-M02", "mã khen", [member.award_code], codes)
        names.check("LS-M02", "dòng mẫu 02", [member.row_id], rows)
    for prefix in reference.award_names_rules.prefixes:
        names.check("award_names.yaml", "mã khen", [prefix.award_code], codes)
    classes = {one.code for one in reference.object_classes.classes}
    names.check("object_classes.yaml", "lớp", reference.object_classes.leaders, classes)
    for hint in reference.object_classes.position_hints:
        names.check(reference.object_classes.classes[0].code, "lớp", [hint.object_class], classes)
    named: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for alias in reference.award_names.aliases(reference.awards.awards):
        named[alias.alias_key, alias.city_only].add(alias.award_code)
    for (key, _), owners in named.items():
        if len(owners) > 1:
            first, *others = sorted(owners)
            names.places.add(first, f"tên «{key}» của {first} cũng là tên của {', '.join(others)}")


def _check_ladders(reference: Reference, names: Names) -> None:
    ratings = {rating.code for rating in reference.recipients.ratings}
    awards = {award.code for award in reference.awards.awards}
    classes = {one.code for one in reference.object_classes.classes}
    kinds = {
        "awards": ("mã khen", awards),
        "ratings": ("mức xếp loại", ratings),
        "classes": ("lớp", classes),
    }
    for ladder in reference.ladders.by_id.values():
        codes = [code for step in ladder.steps for code in step]
        what, known = kinds[ladder.of]
        names.check(ladder.id, what, codes, known)
        names.check(ladder.id, "thang bậc", [ladder.above], reference.ladders.by_id)
        whole = [code for step in reference.ladders.whole(ladder.id) for code in step]
        if len(set(whole)) != len(whole):
            names.places.add(ladder.id, f"thang bậc {ladder.id} có mã đứng ở hai bậc")
    for code in sorted(ratings):
        if reference.ladders.rank(code) is None:
            names.places.add(code, f"mức xếp loại {code} không đứng ở thang bậc nào (ladders.yaml)")


def _check_policies(reference: Reference, names: Names) -> None:
    for policy in reference.policies.values():
        if policy.is_setting and (why := why_not(policy, policy.default_value)):
            names.places.add(policy.id, f"giá trị mặc định không dùng được: {why}", "default_value")
        elif policy.is_setting:
            for what in unsaid(policy):
                names.places.add(policy.id, what)
        if policy.shape == "year_by_phase" and isinstance(policy.default_value, Mapping):
            names.check(policy.id, "giai đoạn của biểu", policy.default_value, names.phases)


def _check_nominations(reference: Reference, names: Names) -> None:
    """The common file and each programme's own: forms, policies, phases, days."""
    common = reference.nominations
    files = [("nominations.yaml", common.forms, common.attached, reference.common_windows)]
    for programme, own in reference.own_nominations.items():
        files.append((f"{programme}/nominations.yaml", own.forms or (), own.attached or (), own.windows))
    for owner, forms, attached, windows in files:
        names.check(owner, "biểu", [one.form for one in forms], names.forms)
        _check_once(owner, [one.form for one in forms], names)
        names.check(owner, "biểu", attached, names.forms)
        for window in windows.values():
            names.check(owner, "chính sách", [window.policy, window.policy_by_phase], reference.policies)
            names.check(owner, "giai đoạn của biểu", window.by_phase, names.phases)
            names.check(owner, "việc có hạn vào một ngày", [window.until_cell], names.dated)


def _check_once(owner: str, forms: list[str], names: Names) -> None:
    """A form that is named twice would count each nominee twice."""
    for form in {form for form in forms if forms.count(form) > 1}:
        said = f"biểu {form} ghi hai lần: mỗi biểu chỉ nêu một loại, đăng ký (dang_ky) hay đề nghị (de_nghi)"
        names.places.add(owner, said, form)


def _check_programme(reference: Reference, rules: ProgrammeRules, names: Names) -> None:
    own = rules.programme.id if rules.programme else "*"
    judged: list[CompletenessRule | Criterion | Quota | CriterionGroup]
    judged = [*rules.completeness, *rules.criteria, *rules.quotas, *rules.groups]
    for rule in judged:
        if rule.programme != own:
            said = f"{rule.id} ghi chương trình {rule.programme} trong thư mục của {own}"
            names.places.add(rule.id, said, "programme")
        cited(names, rule.id, rule.cite)
    if rules.programme:
        names.check(rules.programme.id, "biểu", rules.programme.forms, names.forms)
        _check_dates(rules, names.places)
    check_quotas(reference, rules, names)
    check_groups(rules, names)
    check_judges(reference, rules, names)
    check_trees(reference, rules, names)
    check_cells(reference, rules, names)
    check_whom(reference, rules, names)


def _check_dates(rules: ProgrammeRules, places: Places) -> None:
    programme = rules.programme
    assert programme is not None
    if programme.period.start > programme.period.end:
        places.add(programme.id, f"{programme.id}: ngày đầu kỳ sau ngày cuối kỳ", "start")
    if programme.award_year_window[0] > programme.award_year_window[1]:
        places.add(programme.id, f"{programme.id}: award_year_window ngược", "award_year_window")
    for phase in programme.form_phases:
        if phase.years[0] > phase.years[1]:
            places.add(programme.id, f"{phase.id}: khung năm của giai đoạn ngược", phase.id)
