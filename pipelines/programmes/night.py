"""A night of a trial: read, judged, counted as every night is; not published, no tests of the models."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from expectations.findings_of_night import write_findings
from pipelines.common.bars import bar
from pipelines.generate.stories.folder import Files
from pipelines.night.request import NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables_of
from pipelines.transform.compiled import build_models, compiled_models, with_needs
from pipelines.warehouse import intake, staging

JUDGED = ("int_verdicts", "int_rule_verdicts", "stg_ref__rule_trees")
COUNTED = ("rpt_phase_coverage",)
"""Models that a trial looks at, before tonight's findings and after; those they need are built, no others."""


class NoNight(Exception):
    """A night of the trial could not be judged; the text says why."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a trial night gave: units with findings of each rule, verdicts of criteria, statuses of cells."""

    findings: dict[str, set[str]]
    verdicts: dict[str, set[int]]
    statuses: dict[tuple[str, str], str]


def night_of(files: Files, request: NightRequest) -> Night:
    """Write files below the raw folder of a request, take them in and judge them.

    Args:
        files: by their place below the raw folder.
        request: a throw-away home, the day, reference data without mistakes.

    Raises:
        NoNight: a model could not be built on what the reference data say.
    """
    for name, content in files.items():
        path = request.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    request.raw.mkdir(parents=True, exist_ok=True)
    known = load_reference(request.reference)
    tables = law_tables_of(request.reference, known, load_settings(request.settings, known))
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        staging.replace_tables(connection, "ref", tables)
    with bar(request.raw.parent.name) as shown:
        intake.take_in(request, "", shown)
    with staging.opened(request.home.staging) as connection:
        try:
            models = compiled_models()
            build_models(connection, JUDGED, models=models)
            write_findings(connection, request.as_of)
            standing = [model.name for model in with_needs(models, JUDGED)]
            build_models(connection, COUNTED, standing, models)
        except duckdb.Error as error:
            raise NoNight(str(error)) from error
        return _told(connection)


def _told(connection: duckdb.DuckDBPyConnection) -> Night:
    findings: dict[str, set[str]] = {}
    verdicts: dict[str, set[int]] = {}
    for rule, unit in connection.execute("SELECT rule_id, unit_code FROM quality.finding_nights").fetchall():
        findings.setdefault(rule, set()).add(unit)
    for rule, verdict in connection.execute(
        "SELECT rule_id, v FROM intermediate.int_rule_verdicts "
        "JOIN staging.stg_ref__rule_trees USING (rule_no) WHERE tree = 'criterion'"
    ).fetchall():
        verdicts.setdefault(rule, set()).add(verdict)
    rows = connection.execute("SELECT cell_id, unit_code, status FROM marts.rpt_phase_coverage").fetchall()
    return Night(findings, verdicts, {(cell, unit): status for cell, unit, status in rows})
