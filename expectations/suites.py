"""The suites of a night: one per kind of thing judged, made from the rules of the reference data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.forms.registry import load_catalogue
from pipelines.reference.load import ReferenceError, load_reference
from pipelines.reference.models.judges import CountJudge, JudgedElsewhere, OwedJudge, TreeJudge

UNITS, FILES, MAU_02 = "DON-VI", "DOC-TEP", "LS-M02"


@dataclass(frozen=True, slots=True)
class Suite:
    """A kind of thing judged, with the rules that can fail on it."""

    name: str
    rules: tuple[str, ...]

    @property
    def check_name(self) -> str:
        """Its name as a Dagster asset check."""
        return "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in self.name)


def suites_of(reference_folder: Path) -> list[Suite]:
    """The suites of a reference folder, by name; a new programme's forms bring their own.

    Args:
        reference_folder: laid out as data/reference.

    Returns:
        By name; none for a folder with errors: the night's first step names them.
    """
    try:
        reference = load_reference(reference_folder)
    except ReferenceError:
        return []
    lists = [form.id for form in load_catalogue().forms.values() if form.contents == "awards"]
    elsewhere = {"award_rows": lists, "mau_02": [MAU_02], "intake": [FILES]}
    rules: dict[str, list[str]] = {
        **{name: [] for name in lists},
        UNITS: [],
        FILES: sorted(reference.reading_rules),
    }
    nominating = [form.form for form in reference.nominations.forms]
    for programme in reference.all_rules:
        for rule in programme.completeness:
            judge = rule.judge
            if isinstance(judge, TreeJudge):
                names: list[str] = list(judge.forms)
            elif isinstance(judge, CountJudge | OwedJudge):
                names = [UNITS]
            elif isinstance(judge, JudgedElsewhere) and judge.by == "cross_checks":
                names = [*lists, *nominating]
            else:
                names = elsewhere.get(judge.by, [])
            for name in names:
                rules.setdefault(name, []).append(rule.id)
    return [Suite(name, tuple(sorted(set(found)))) for name, found in sorted(rules.items())]
