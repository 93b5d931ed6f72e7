"""What is proposed in a trial: with all papers and a clean record, or wrong in all that rules ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.generate.content.reports import document, five_year_report
from pipelines.generate.people import Kind, Recipient
from pipelines.generate.shape import Value
from pipelines.generate.stories.folder import Files, Folder
from pipelines.programmes import filled
from pipelines.programmes.annexed import annex_sheet, fact_of
from pipelines.programmes.numbers import too_few
from pipelines.programmes.plan import Plan, Proposal, can_write, criteria_of
from pipelines.programmes.rows import Listing, given_once, row
from pipelines.reference.models.judges import TreeJudge

LATE = timedelta(days=5)


def propose(plan: Plan, files: Files) -> None:
    """Proposals in the first year that asks for them: as many as asked, with all papers and records."""
    proposal = plan.proposal
    if proposal is None:
        return
    folder, day = plan.unit(files, proposal.unit_code), date(proposal.year, 2, 10)
    listing = Listing(plan, folder, proposal.form, proposal.year)
    wanted = {proposal.kind: 1} | plan.asked(proposal.form, proposal.unit_code)
    named = [(kind, name) for kind, count in wanted.items() for name in listing.add(kind, count)]
    folder.put(day.isoformat(), f"de-nghi-{proposal.year}.xlsx", listing.sheet(proposal.year))
    for paper in _papers(plan):
        letter = document(
            folder.rng, paper, folder.name, "tặng danh hiệu", proposal.year, day=day,
            signed_by=(None, folder.chief),
        )  # fmt: skip
        folder.put(day.isoformat(), f"{paper}.docx", letter)
    _annex(plan, folder, [name for _, name in named], proposal.year, day, is_good=True)
    for number, (kind, name) in enumerate(named, 1):
        _report(folder, kind, name, proposal.year, day, number, rating=_ratings(plan)[0])


def propose_wrong(plan: Plan, files: Files) -> None:
    """Proposals without papers: too many, too late, all leaders, columns empty, one with a bad record.

    A year later too few: more than allowed and fewer than asked are two lists.
    """
    proposal = plan.proposal
    if proposal is None:
        return
    folder, year = plan.unit(files, proposal.unit_code), proposal.year
    due = [
        plan.last_day(one.cell)
        for one in plan.expected
        if proposal.form.id in one.cell.cell.forms and one.cell.deadline()
    ]
    day = min(due) + LATE if due else date(year, 2, 10)
    # a share that is too great, or too small
    leader: dict[str, Value] = {"object_class": filled.classes("ca_nhan")[0]}
    listing = Listing(plan, folder, proposal.form, year)
    allowed = plan.allowed(proposal.form, proposal.unit_code)
    # of several one tells of years, in a report
    [first, *_] = listing.add(proposal.kind, allowed.pop(proposal.kind, 1) + 1, **leader)
    for kind, count in allowed.items():
        listing.add(kind, count + 1)
    listing.break_columns(**leader)
    folder.put(day.isoformat(), f"de-nghi-{year}.xlsx", listing.sheet(year))
    _report(folder, proposal.kind, first, year, day, rating=_ratings(plan)[-1])
    _annex(plan, folder, [first], year, day, is_good=False)
    _award_elsewhere(plan, files, first, proposal)
    _too_few(plan, folder, proposal)


def _too_few(plan: Plan, folder: Folder, proposal: Proposal) -> None:
    year = proposal.year + 1
    listing = Listing(plan, folder, proposal.form, year)
    wanted = plan.asked(proposal.form, proposal.unit_code)
    if not any(wanted.values()):
        return
    for kind, count in too_few(wanted, proposal.form).items():
        listing.add(kind, count)
    if not listing.is_empty:
        folder.put(date(year, 2, 10).isoformat(), f"de-nghi-{year}.xlsx", listing.sheet(year))


def _papers(plan: Plan) -> Iterator[str]:
    for rule in plan.rules_of.completeness:
        judge = rule.judge
        if isinstance(judge, TreeJudge) and judge.about == "dossier" and judge.test.get("op") == "document":
            yield from [form for form in judge.test["forms"] if can_write(form)][:1]


def _ratings(plan: Plan) -> list[str]:
    """The ratings of the scale that a criterion asks for, the best first; else of the first scale."""
    asked = {check["min_rating"] for check in criteria_of(plan).values() if "min_rating" in check}
    scale = next((one.scale for one in plan.reference.ratings if one.code in asked), None)
    first = plan.reference.ratings[0].scale
    of_scale = (one for one in plan.reference.ratings if one.scale == (scale or first))
    return [one.label for one in sorted(of_scale, key=lambda one: -one.rank)]


def _report(
    folder: Folder, kind: Kind, name: str, year: int, day: date, number: int = 1, *, rating: str
) -> None:
    """What speaks of a nominee: a rating of each of the years before."""
    who = Recipient(kind, name, position="Chuyên viên", workplace=folder.name)
    letter = five_year_report(
        folder.rng, who, dict.fromkeys(range(year - 5, year), rating), [], day=day,
        signed_by=(folder.chief, name),
    )  # fmt: skip
    folder.put(day.isoformat(), f"bao-cao-thanh-tich-{number}.docx", letter)


def _annex(plan: Plan, folder: Folder, names: list[str], year: int, day: date, *, is_good: bool) -> None:
    """What the annex tells of nominees, where a criterion asks for it."""
    facts = [fact for check in criteria_of(plan).values() if (fact := fact_of(check, plan.annex))]
    if facts:
        sheet = annex_sheet(facts, names, year, is_good=is_good)
        folder.put(day.isoformat(), f"phu-luc-{year}.xlsx", sheet)


def _award_elsewhere(plan: Plan, files: Files, name: str, proposal: Proposal) -> None:
    """The awards that are given once, of the nominee, in another unit's list."""
    given = given_once(plan)
    others = (
        one
        for one in plan.reference.units
        if one.programme_id == plan.programme_id and one.unit_code != proposal.unit_code
    )
    other = next(others, None)
    if not given or not other:
        return
    form, year = plan.forms["KT-DS"], proposal.year
    workplace = plan.reference.units.by_code[proposal.unit_code].name
    listed = [row(plan, form, proposal.kind, name, year - 2, workplace, award) for award in given]
    beside = plan.unit(files, other.unit_code)
    sheet = filled.sheet(form, listed, beside.name, year - 2)
    beside.put(date(year, 1, 5).isoformat(), "khen-thuong.xlsx", sheet)
