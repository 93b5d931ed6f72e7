"""What a suite file may say: suites of expectations, read from ``expectations/suites/*.yml``, typed.

A data steward edits the bounds, the reasons (``why_vi``) and what to do (``do_vi``); an unknown key, kind or
stage is an error with file and line.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pipelines.reference.errors import Problems
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.base import Model
from pipelines.reference.yaml_lines import line_of

FOLDER = Path(__file__).with_name("suites")
Stage = Literal["reading", "judging", "marts"]


class _Expectation(Model):
    id: str
    what_vi: str
    """What is looked at, as the results page and the operator's message name it."""
    blocking: bool = False
    """A failure holds publication back."""
    why_vi: str
    do_vi: str


class Fall(_Expectation):
    """A mart must not lose more than a share of its rows against the published snapshot."""

    expect: Literal["fall"]
    table: str
    only: str = "true"
    most_lost_pct: float
    from_rows: int
    """Smaller tables are not compared."""


class Ceiling(_Expectation):
    """A mart must not have more rows than were read from accepted files."""

    expect: Literal["ceiling"]
    table: str


class Balance(_Expectation):
    """In every row of a table a whole is the sum of its parts."""

    expect: Literal["balance"]
    table: str
    whole: str
    parts: tuple[str, ...]
    key: tuple[str, ...]


class Share(_Expectation):
    """Of a table's rows not more than a share may be of a kind."""

    expect: Literal["share"]
    table: str
    of: str
    among: str = "true"
    most_pct: float
    from_rows: int = 1


class Usual(_Expectation):
    """Counts per group lie near the median of the nights before."""

    expect: Literal["usual"]
    table: str
    count: str = "count(*)"
    only: str = "true"
    per: str
    nights: int = 30
    from_nights: int = 5
    """With fewer nights before there is nothing usual yet."""
    from_rows: int
    """Groups that never had so many are not compared."""
    least_pct: float | None = None
    most_pct: float | None = None


class Codes(_Expectation):
    """A column holds codes of a closed list only."""

    expect: Literal["codes"]
    table: str
    column: str
    codes: tuple[str, ...] = ()
    of_table: str | None = None
    of_column: str | None = None


class Verdicts(_Expectation):
    """Of what is judged on a kind of form, no more than so many rows fail a rule: one check per form."""

    expect: Literal["verdicts"]
    most_failed: int
    suites_of: dict[str, str]
    """Rules judged elsewhere than on a form (``judge.by``, ``judge.about``) → the suite that holds them."""


Expectation = Annotated[
    Fall | Ceiling | Balance | Share | Usual | Codes | Verdicts, Field(discriminator="expect")
]


class SuiteFile(Model):
    """One file: a checkpoint's expectations on one subject."""

    stage: Stage
    title_vi: str
    expectations: tuple[Expectation, ...]


def load_suites(folder: Path = FOLDER) -> dict[str, SuiteFile]:
    """The suite files of a folder by name, in order.

    Raises:
        ReferenceError: an unknown key, a missing value, an id given twice; each with file and line.
    """
    problems, found, ids = Problems(folder), {}, set[str]()
    for path in sorted(folder.glob("*.yml")):
        suite, written = model_from_yaml(path, SuiteFile, problems)
        if suite is None:
            continue
        found[path.stem] = suite
        for number, expectation in enumerate(suite.expectations):
            if expectation.id in ids:
                line = line_of(written, ("expectations", number, "id"))
                problems.add(path, line, f"mã «{expectation.id}» đã dùng ở trên")
            ids.add(expectation.id)
    problems.stop_if_any()
    return found


@lru_cache(maxsize=1)
def suites() -> dict[str, SuiteFile]:
    """The project's own suites."""
    return load_suites()


def expectations_of(stage: Stage) -> list[Expectation]:
    """All expectations of a checkpoint, in the order of the files."""
    return [one for file in suites().values() if file.stage == stage for one in file.expectations]
