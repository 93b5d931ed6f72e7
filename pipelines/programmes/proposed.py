"""What is proposed in a trial: with all papers and a clean record, or wrong in all that rules ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.generate.content.reports import document, five_year_report
from pipelines.generate.people import Kind, Recipient
from pipelines.generate.shape import Value
from pipelines.generate.stories.folder import Files, Folder
from pipelines.programmes import filled
from pipelines.programmes.annexed import annex_sheet
from pipelines.programmes.numbers import barred, too_few
from pipelines.programmes.plan import Plan, Proposal, can_write
from pipelines.programmes.rows import Listing, given_once, row
from pipelines.programmes.told import facts, in_columns, in_report
from pipelines.reference.models.judges import TreeJudge

LATE = timedelta(days=5)


def propose(plan: Plan, files: Files) -> None:
    """Proposals in the first year that asks for them: as many as asked, with all papers and records."""
    proposal = plan.proposal
    if proposal is None:
        return
    folder, day = plan.unit(files, proposal.unit_code), date(proposal.year, 2, 10)
    listing = Listing(plan, folder, proposal.form, proposal.year)
    wanted = dict.fromkeys(proposal.kinds, 1) | plan.asked(proposal.form, proposal.unit_code)
    named = [(kind, name) for kind, count in wanted.items() for name in listing.add(kind, count)]
    for kind, name in named:
        listing.tell(name, in_columns(plan, kind, is_good=True))
    folder.put(day.isoformat(), f"de-nghi-{proposal.year}.xlsx", listing.sheet(proposal.year))
    for paper in _papers(plan):
        letter = document(
            folder.rng, paper, folder.name, "tặng danh hiệu", proposal.year, day=day,
            signed_by=(None, folder.chief),
        )  # fmt: skip
        folder.put(day.isoformat(), f"{paper}.docx", letter)
    _annex(plan, folder, named, proposal.year, day, is_good=True)
    for number, (kind, name) in enumerate(named, 1):
        ratings = in_report(plan, kind, proposal.year, is_good=True)
        _report(folder, kind, name, day, number, ratings=ratings)


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
    # of several of a kind one tells of years, in a report
    first: list[tuple[Kind, str]] = []
    for kind in proposal.kinds:
        names = listing.add(kind, allowed.pop(kind, 1) + 1, **(leader if kind == "ca_nhan" else {}))
        first.append((kind, names[0]))
    for kind, count in allowed.items():
        listing.add(kind, count + 1)
    for kind, name in first:
        listing.tell(name, in_columns(plan, kind, is_good=False))
    listing.break_columns(**leader)
    folder.put(day.isoformat(), f"de-nghi-{year}.xlsx", listing.sheet(year))
    for number, (kind, name) in enumerate(first, 1):
        _report(folder, kind, name, day, number, ratings=in_report(plan, kind, year, is_good=False))
    _annex(plan, folder, first, year, day, is_good=False)
    _award_before(plan, files, first, proposal)
    _too_few(plan, folder, proposal)
    _of_others(plan, files, proposal)


def _of_others(plan: Plan, files: Files, proposal: Proposal) -> None:
    """A list of one person of each unit tried that may propose nobody."""
    for unit_code in barred(plan.reference, plan.rules_of):
        folder = plan.unit(files, unit_code)
        listing = Listing(plan, folder, proposal.form, proposal.year)
        listing.add("ca_nhan", 1)
        day = date(proposal.year, 2, 10).isoformat()
        folder.put(day, f"de-nghi-{proposal.year}.xlsx", listing.sheet(proposal.year))


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


def _report(
    folder: Folder, kind: Kind, name: str, day: date, number: int, *, ratings: dict[int, str]
) -> None:
    """What speaks of a nominee: a rating of each of the years before."""
    who = Recipient(kind, name, position="Chuyên viên", workplace=folder.name)
    letter = five_year_report(
        folder.rng, who, ratings, [], day=day,
        signed_by=(folder.chief, name),
    )  # fmt: skip
    folder.put(day.isoformat(), f"bao-cao-thanh-tich-{number}.docx", letter)


def _annex(
    plan: Plan, folder: Folder, named: list[tuple[Kind, str]], year: int, day: date, *, is_good: bool
) -> None:
    """What the annex tells of nominees, where a criterion of their kind asks for it."""
    told = [(name, fact) for kind, name in named for fact in facts(plan, kind)]
    if told:
        folder.put(day.isoformat(), f"phu-luc-{year}.xlsx", annex_sheet(told, year, is_good=is_good))


def _award_before(plan: Plan, files: Files, named: list[tuple[Kind, str]], proposal: Proposal) -> None:
    """The awards that are given once: of persons in another unit's list, of others in the unit's own.

    Every unit has its «Phòng Nội vụ»: of a collective the name counts in its own unit only.
    """
    units = (one.unit_code for one in plan.reference.units if one.programme_id == plan.programme_id)
    other = next((code for code in units if code != proposal.unit_code), proposal.unit_code)
    form, year = plan.forms["KT-DS"], proposal.year
    own = plan.unit(files, proposal.unit_code)
    # whoever is told without a workplace or post is known by the same without them
    untold: dict[str, Value] = {
        column: None for column in ("workplace", "position") if column not in proposal.form.tables[0].by_id
    }
    lists: dict[str, list[dict[str, Value]]] = {}
    for kind, name in named:
        for award in given_once(plan, kind):
            told = row(plan, form, kind, name, year - 2, own.name, award)
            if kind == "ca_nhan":
                lists.setdefault(other, []).append(told)
            else:
                lists.setdefault(proposal.unit_code, []).append(told | untold)
    for code, listed in lists.items():
        folder = plan.unit(files, code)
        sheet = filled.sheet(form, listed, folder.name, year - 2)
        folder.put(date(year, 1, 5).isoformat(), "khen-thuong.xlsx", sheet)
