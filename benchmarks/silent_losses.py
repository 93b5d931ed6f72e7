"""How much is lost without a word: right files after one or two things that people and tools do to them.

Run: ``.venv/bin/python -m benchmarks.silent_losses --files N --seed S [--only NAME ...] [--show]``. Right
files of every table form in every format are changed by one or two mutators (``benchmarks/losses``), read and
judged as one night would do it, and compared with what was read before the change:

- ``right``: every row was read as before;
- ``told``: not every row was, or the change must be told, and a finding of weight says so;
- ``silent``: rows were lost, changed or wrongly counted without a word;
- ``blamed``: all was right, and a finding of weight says otherwise;
- ``floods``: more than three new findings of weight for one change.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from zipfile import BadZipFile

from benchmarks.losses import (  # noqa: F401 -- modules register their mutators
    asides,
    asserted,
    clerks,
    columns,
    headers,
    letters,
    numbers,
    packages,
    papers,
    rows,
    shapes,
    sheets,
    texts,
    titles,
    unseen,
    values,
    words,
    workbooks,
)
from benchmarks.losses.cases import SUFFIXES, UNFIT, Base, Rows, bases, rows_of
from benchmarks.losses.mutator import MUTATORS, DoesNotApply, Mutator
from benchmarks.losses.night import Sent, by_rule, night
from pipelines.generate.writers import write_book

MOST_FINDINGS = 3
TRIES = 200
CLASHES = (
    {"days_as_numbers", "dates_from_1904"},  # numbers nobody knows to be days are not counted anew
    {"on_with_another_sheet", "columns_in_another_order"},  # the other sheet keeps the old order
    {"numbers_begin_anew", "offices_as_headings"},  # the second heading names no office
    {"rows_of_dots", "kinds_as_headings"},  # a heading of dots
    {"a_cover_sheet", "a_sheet_named_as_set_aside"},  # the cover alone is named so
    {"cut_off", "prefilled_ordinals"},  # the value stands in a row of nobody
    {"what_repeats_is_left_blank", "awards_above_blank_cells"},  # the headings give what is left blank
    {"one_year_merged_over_rows", "a_year_nobody_reads"},  # the merge covers it
    {"a_list_of_another_shape_below", "other_ordinals"},  # the other list's header is numbered like a row
    {"numbers_before_names", "other_ordinals"},  # the numbers take the place of the names
    {"a_summary_below", "other_ordinals"},  # so is the summary's
    {"equal_workplaces_are_merged", "number_and_date_in_one_cell"},  # only one row keeps the day
    {"kinds_as_headings", "kinds_as_columns"},  # the headings tell what the columns would
    {"rows_of_dots", "the_rest_in_the_page_header"},  # it is the dots that stand there
    {"a_list_of_another_shape_below", "another_sheet_with_header"},  # its header stays on the first sheet
)
"""Changes that make another file than people do when both are done."""
KINDS = ("right", "told", "silent", "blamed", "floods")


@dataclass(slots=True)
class Case:
    """One changed file."""

    base: Base
    suffix: str
    mutators: list[Mutator]
    sent: Sent
    right: Sent | None = None
    """The file before the change."""
    verdict: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What was done to what."""
        return f"{self.base.form} {self.suffix} {'+'.join(each.name for each in self.mutators)}"


def draw(seed: int, files: int, only: Sequence[str] = ()) -> list[Case]:
    """So many changed files; the same seed gives the same."""
    chance = Random(seed)
    found: list[Case] = []
    known = [MUTATORS[name] for name in only or MUTATORS]
    all_bases = bases()
    turns = 0
    while len(found) < files and turns < files * TRIES:
        mutator = known[turns % len(known)]
        turns += 1
        base = chance.choice([each for each in all_bases if not mutator.forms or each.form in mutator.forms])
        suffix = chance.choice(sorted(mutator.formats) if mutator.formats else SUFFIXES)
        chosen = [mutator]
        if not only and chance.random() < 0.3:
            chosen.append(chance.choice(known))
        case = _case(base, suffix, chosen, len(found), chance)
        if case:
            found.append(case)
    return found


def _case(base: Base, suffix: str, chosen: list[Mutator], number: int, chance: Random) -> Case | None:
    fits = all(
        (not each.forms or base.form in each.forms) and (not each.formats or suffix in each.formats)
        for each in chosen
    )
    if (
        not fits
        or any({each.name for each in chosen} >= clash for clash in CLASHES)
        or (suffix, base.form) in UNFIT
        or len({each.name for each in chosen}) < len(chosen)
    ):
        return None
    try:
        book = base.book()
        for each in chosen:
            if each.on_book:
                book = each.on_book(book, chance)
        data = write_book(book, suffix)
        for each in chosen:
            if each.on_bytes:
                data = each.on_bytes(data, chance)
    except (DoesNotApply, BadZipFile, IndexError, KeyError, StopIteration, ValueError):
        # the first change left nothing that the second one could change
        return None
    ending = ".xls" if any(each.name == "text_named_xls" for each in chosen) else suffix
    return Case(base, suffix, chosen, Sent(base.programme_id, f"danh-sach-{number}{ending}", data))


def verdict(case: Case, before: Sent, expected: Rows) -> set[str]:
    """What became of a changed file."""
    now = rows_of(case.sent.readings)
    expects = {each.expect for each in case.mutators}
    known = by_rule(before.findings)
    fresh = {
        rule: count - known.get(rule, 0)
        for rule, count in by_rule(case.sent.findings).items()
        if count > known.get(rule, 0)
    }
    told = bool(fresh) or case.sent.refused is not None
    counted = any(key[0] == "award" and key[1] == "KT-DS" for key in now)
    same = now == expected if "none" not in expects else not counted
    found: set[str] = set()
    if sum(fresh.values()) > MOST_FINDINGS * len(case.mutators):
        found.add("floods")
    if not told and (not same or expects & {"told", "none"}):
        return found | {"silent"}
    if told and same and expects == {"right"}:
        return found | {"blamed"}
    return found | {"told" if told else "right"}


def measure(cases: list[Case]) -> dict[str, Counter[str]]:
    """The verdicts by mutator; prints nothing."""
    used = dict.fromkeys(case.base for case in cases)
    before = {
        base: Sent(base.programme_id, "danh-sach.xlsx", write_book(base.book(), ".xlsx")) for base in used
    }
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        night([*before.values(), *(case.sent for case in cases)], Path(folder))
    expected = {base: rows_of(sent.readings) for base, sent in before.items()}
    if lost := [base for base in used if not expected[base]]:
        raise RuntimeError(f"files meant to be right are not read: {lost}")
    counts: dict[str, Counter[str]] = {name: Counter() for name in MUTATORS}
    for case in cases:
        case.right = before[case.base]
        case.verdict = verdict(case, before[case.base], expected[case.base])
        for each in case.mutators:
            counts[each.name].update(case.verdict)
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=[*MUTATORS], default=[])
    parser.add_argument(
        "--show", action="store_true", help="name each file that is silent, blamed or a flood"
    )
    arguments = parser.parse_args()
    cases = draw(arguments.seed, arguments.files, arguments.only)
    counts = measure(cases)
    print(f"{'mutator':40}" + "".join(f"{kind:>8}" for kind in KINDS))
    for name, found in counts.items():
        if found:
            print(f"{name:40}" + "".join(f"{found[kind]:8}" for kind in KINDS))
    total = Counter(kind for case in cases for kind in case.verdict)
    print(f"{'files: ' + str(len(cases)):40}" + "".join(f"{total[kind]:8}" for kind in KINDS))
    if arguments.show:
        for case in cases:
            if case.verdict & {"silent", "blamed", "floods"}:
                print(f"{'/'.join(sorted(case.verdict)):14} {case.name}  {case.sent.refused or ''}")
                for rule, message in case.sent.findings[:6]:
                    print(f"{'':16}{rule}: {message[:150]}")
                if "silent" in case.verdict and case.right:
                    now, right = rows_of(case.sent.readings), rows_of(case.right.readings)
                    print(f"{'':16}- {[*(right - now)][:2]}\n{'':16}+ {[*(now - right)][:2]}")


if __name__ == "__main__":
    main()
