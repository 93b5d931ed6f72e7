"""What the operator reads in the morning: a few lines of Vietnamese and one ASCII line for monitoring."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.night.problem import Problem
from pipelines.night.request import NightLog, NightRequest
from pipelines.night.run import Outcome
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

STATUSES = ("accepted", "superseded", "duplicate", "quarantined", "unrecognised")


def summary(request: NightRequest, outcome: Outcome) -> str:
    """The summary of a night.

    Args:
        request: what the night was asked for.
        outcome: how it ended.

    Returns:
        Lines of text; the last begins with ``RESULT``.
    """
    date = _day(request)
    if not outcome.published:
        return "\n".join(_held(request, outcome, date))
    figures = _published_figures(request)
    lines = [
        text("night.published", date=date, time=outcome.log.figures.get("published_at", "")),
        text("night.files", **{name: _n(figures[name]) for name in ("total", *STATUSES)}),
        text(
            "night.new_files",
            new=_n(outcome.log.figures.get("files_read", 0)),
            unchanged=_n(outcome.log.figures.get("files_unchanged", 0)),
        ),
        text("night.rows", rows=_n(figures["rows_read"]), awards=_n(figures["awards"])),
        text("night.nominations", total=_n(figures["nominations"]), incomplete=_n(figures["incomplete"])),
        text(
            "night.findings",
            **{name: _n(figures[f"findings_{name}"]) for name in ("new", "fixed", "open", "total")},
        ),
        text(
            "night.severities",
            **{name: _n(figures[f"severity_{name}"]) for name in ("blocking", "warning", "information")},
        ),
        _stages(outcome),
    ]
    if master := outcome.log.figures.get("spark"):
        lines.append(text("night.spark", master=master))
    for lacking in ("no_pictures", "without_reports"):
        if why := outcome.log.figures.get(lacking):
            lines.append(text(f"night.{lacking}", why=why))
    home = request.home
    for what, path in (
        ("warehouse", home.warehouse),
        ("dashboards", home.dashboards / "index.html"),
        ("reports", home.reports(request.as_of)),
    ):
        lines.append(text("night.where", what=text(f"what.{what}"), path=path))
    if outcome.problem is not None:
        lines += [text("night.incomplete"), *_problem_lines(outcome)]
    lines.append(
        f"RESULT published=yes as_of={request.as_of} new={figures['findings_new']} "
        f"fixed={figures['findings_fixed']} open={figures['findings_total']}"
    )
    return "\n".join(lines)


def not_begun(request: NightRequest, problem: Problem) -> str:
    """The summary of a night that could not begin.

    Args:
        request: what the night was asked for.
        problem: why.
    """
    return "\n".join(_held(request, Outcome(False, "", NightLog(), problem), _day(request)))


def _day(request: NightRequest) -> str:
    return request.as_of.strftime("%d/%m/%Y")


def _held(request: NightRequest, outcome: Outcome, date: str) -> list[str]:
    before = published_night(request)
    kept = text("night.kept_earlier", date=before) if before else text("night.kept_none")
    step = outcome.problem.step if outcome.problem else ""
    return [
        text("night.held", date=date, kept=kept),
        *_problem_lines(outcome),
        f"RESULT published=no as_of={request.as_of} step={step}",
    ]


def _problem_lines(outcome: Outcome) -> list[str]:
    problem = outcome.problem
    assert problem is not None
    return [
        text("night.why", why=problem.why),
        text("night.do", do=problem.do or text("night.do_default")),
        text("night.step", step=problem.step),
        *([text("night.do_log", run_id=outcome.run_id[:8])] if outcome.run_id else []),
    ]


def published_night(request: NightRequest) -> str | None:
    """The date of the published snapshot, dd/mm/yyyy, or None where there is none."""
    try:
        with duckdb.connect(str(request.home.warehouse), read_only=True) as connection:
            row = connection.execute("SELECT strftime(as_of, '%d/%m/%Y') FROM meta.snapshot").fetchone()
    except duckdb.Error:  # not there yet, or damaged: nobody sees it
        return None
    return str(row[0]) if row else None


def _published_figures(request: NightRequest) -> dict[str, int]:
    with duckdb.connect(str(request.home.warehouse), read_only=True) as connection:
        row = connection.execute(
            """
            WITH s AS (SELECT status, rows_read FROM marts.fct_submissions),
                 f AS (SELECT status, severity FROM marts.fct_findings)
            SELECT
                (SELECT count(*) FROM s) AS total,
                (SELECT count(*) FROM s WHERE status = 'accepted') AS accepted,
                (SELECT count(*) FROM s WHERE status = 'superseded') AS superseded,
                (SELECT count(*) FROM s WHERE status = 'duplicate') AS duplicate,
                (SELECT count(*) FROM s WHERE status = 'quarantined') AS quarantined,
                (SELECT count(*) FROM s WHERE status = 'unrecognised') AS unrecognised,
                (SELECT coalesce(sum(rows_read), 0) FROM s)::BIGINT AS rows_read,
                (SELECT count(*) FROM marts.fct_awards) AS awards,
                (SELECT count(*) FROM marts.fct_nominations) AS nominations,
                (SELECT count(*) FROM marts.fct_nominations WHERE NOT is_complete) AS incomplete,
                (SELECT count(*) FROM f WHERE status IN ('new', 'reopened')) AS findings_new,
                (SELECT count(*) FROM f WHERE status = 'open') AS findings_open,
                (SELECT count(*) FROM f WHERE status IN ('new', 'reopened', 'open')) AS findings_total,
                (SELECT count(*) FROM marts.fct_findings AS x, meta.snapshot AS m
                 WHERE x.status = 'fixed' AND x.fixed_on = m.as_of) AS findings_fixed,
                (SELECT count(*) FROM f WHERE severity = 'blocking' AND status <> 'fixed')
                    AS severity_blocking,
                (SELECT count(*) FROM f WHERE severity = 'warning' AND status <> 'fixed') AS severity_warning,
                (SELECT count(*) FROM f WHERE severity = 'information' AND status <> 'fixed')
                    AS severity_information
            """
        )
        names = [column[0] for column in row.description or []]
        values: Any = row.fetchall()[0]
    return dict(zip(names, values, strict=True))


def _stages(outcome: Outcome) -> str:
    told = ", ".join(f"{stage.name} {format_number(stage.seconds, 1)} s" for stage in outcome.log.stages)
    return text("night.stages", stages=told)


def _n(number: int) -> str:
    return format_number(number)
