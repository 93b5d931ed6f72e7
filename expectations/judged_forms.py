"""Kinds of things judged, with the rules that can fail on each: made from the rules of the reference data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from expectations.suite import Verdicts, expectations_of
from pipelines.reference.load import ReferenceError, load_reference
from pipelines.reference.models.judges import CountJudge, JudgedElsewhere, OwedJudge, TreeJudge
from pipelines.reference.reference import Reference


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """A form, the units, or the files themselves: what verdicts of one suite are about."""

    name: str
    rules: tuple[str, ...]

    @property
    def check_name(self) -> str:
        """Its name as a Dagster asset check."""
        return "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in self.name)


def judged_forms(reference_folder: Path) -> list[JudgedForm]:
    """What is judged, by name; a new programme's forms bring their own.

    Args:
        reference_folder: laid out as data/reference.

    Returns:
        By name; none for a folder with errors: the night's first step names them.
    """
    try:
        reference = load_reference(reference_folder)
    except ReferenceError:
        return []
    rules: dict[str, set[str]] = {}
    for expectation in expectations_of("judging"):
        if isinstance(expectation, Verdicts):
            for suite, rule_id in _judged(reference, expectation.suites_of):
                rules.setdefault(suite, set()).add(rule_id)
    return [JudgedForm(name, tuple(sorted(found))) for name, found in sorted(rules.items())]


def _judged(reference: Reference, suites_of: dict[str, str]) -> list[tuple[str, str]]:
    """Suite and rule, for every rule and reading rule."""
    nominating = [form.form for form in reference.nomination_forms]
    found = [(suites_of["reading"], rule_id) for rule_id in reference.reading_rules]
    for programme in reference.all_rules:
        for rule in programme.completeness:
            judge = rule.judge
            names: list[str] = []
            if isinstance(judge, TreeJudge):
                names = list(judge.forms)
            elif isinstance(judge, CountJudge):
                names = [suites_of["count"]]
            elif isinstance(judge, OwedJudge):
                names = [suites_of["owed"]]
            elif isinstance(judge, JudgedElsewhere) and judge.by in suites_of:
                names = [suites_of[judge.by], *(nominating if judge.by == "cross_checks" else [])]
            found += [(name, rule.id) for name in names]
    return found
