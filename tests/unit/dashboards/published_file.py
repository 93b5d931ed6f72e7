"""A synthetic published file with exactly the tables and columns that the contracts of the marts declare."""

from __future__ import annotations

import csv
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.publish.marts import marts, meta_tables
from pipelines.publish.nights import VIEWS, make_views
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables
from pipelines.transform.compiled import build_models

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
COUNTS = Path(__file__).with_name("published_counts.sql")
HEADLINES = (
    "rpt_units",
    "rpt_unit_types",
    "rpt_awards_by_period",
    "rpt_quota_coverage",
    "rpt_findings_by_rule",
    "rpt_headlines",
    "rpt_findings_by_night",
)
"""Marts made of other marts: their own SQL makes them here too."""
AS_OF = date(2020, 6, 5)
WRITTEN = {
    "fct_submissions": "submission_id source_file programme_id unit_code received_on form_id "
    "status reason rows_read",
    "fct_awards": "award_id programme_id unit_code award_code sub_kind level recipient_kind recipient_name "
    "position workplace object_class is_direct is_leader award_year decision_no decision_date "
    "submission_id source_file source_sheet source_row",
    "rpt_phase_coverage": "programme_id cell_id stage period unit_code status on_time deadline "
    "first_received_on collectives_required collectives_counted individuals_required individuals_counted "
    "households_required households_counted any_required any_counted timing",
    "fct_nominations": "nomination_id programme_id phase_id unit_code form_id recipient_kind recipient_name "
    "subject_group field_id is_complete blocking_count warning_count eligibility submission_id "
    "source_file source_sheet source_row",
    "fct_findings": "finding_id programme_id unit_code nomination_id rule_id severity field "
    "message_vi citation source_file source_sheet source_row source_cell status first_seen_on last_seen_on "
    "subject_vi fact_vi fix_vi values_vi is_open",
}
"""Columns of the rows below, in their order; the others stay NULL."""
META = {
    "snapshot": "as_of DATE, run_id TEXT, code_version TEXT, input_digest TEXT, published_at TIMESTAMPTZ",
    "row_states": "table_name TEXT, state TEXT",
    "nights": "as_of DATE, run_id TEXT, started_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, published BOOLEAN, "
    "reason TEXT, figures TEXT, stages TEXT",
}
HOSTILE = "</script><img src=x onerror=alert(1)>"


def make_published(path: Path, units: int = 0, awards: int = 40, seed: int = 7, rich: bool = True) -> Path:
    """Write a published file.

    Args:
        path: where to write it.
        units: 0 for the real units of Lạng Sơn, else that many made-up districts below one province.
        awards: award events per unit that sent any.
        seed: of the random numbers.
        rich: False leaves every fact table empty.
    """
    chance = random.Random(seed)
    connection = duckdb.connect(str(path))
    _schema(connection)
    connection.execute(
        "INSERT INTO meta.snapshot VALUES (?, 'run7f3a91', 'dev', '7f3a91c2d4e5', '2020-06-05 02:04:00+07')",
        [AS_OF],
    )
    _dimensions(connection, units)
    if rich:
        _Facts(connection, chance, awards).write()
    _headlines(connection)
    connection.close()
    return path


def _schema(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of the published file: those of schema marts as their contracts declare them."""
    connection.execute("CREATE SCHEMA marts; CREATE SCHEMA meta")
    for table in marts():
        columns = ", ".join(f'"{column.name}" {column.data_type}' for column in table.columns)
        connection.execute(f"CREATE TABLE marts.{table.name} ({columns})")
    for name, columns in META.items():
        connection.execute(f"CREATE TABLE meta.{name} ({columns})")
    make_views(connection)
    told = {table.name: [column.name for column in table.columns] for table in meta_tables()}
    assert {name: columns for name, columns in told.items() if name not in VIEWS} == {
        name: re.findall(r"(\w+) \w+", columns) for name, columns in META.items()
    }


def _headlines(connection: duckdb.DuckDBPyConnection) -> None:
    """Headline figures by the SQL of their models, from the facts that stand in the file."""
    connection.execute("CREATE SCHEMA quality")
    connection.execute("CREATE TABLE meta.night AS SELECT ?::DATE AS as_of", [AS_OF])
    connection.execute(
        "CREATE TABLE quality.nights AS SELECT DISTINCT unnest([first_seen_on, fixed_on]) AS as_of "
        "FROM marts.fct_findings UNION SELECT as_of FROM meta.night"
    )
    connection.execute("DELETE FROM quality.nights WHERE as_of IS NULL")
    connection.execute("INSERT INTO meta.nights (run_id, as_of) SELECT as_of, as_of FROM quality.nights")
    given = {table.name for table in marts()} - set(HEADLINES)
    build_models(connection, HEADLINES, given)
    connection.execute(
        "DROP SCHEMA quality CASCADE; DROP TABLE meta.night; DROP SCHEMA IF EXISTS staging CASCADE"
    )


def _dimensions(connection: duckdb.DuckDBPyConnection, units: int) -> None:
    for folder in sorted((REFERENCE / "programmes").iterdir()):
        if (folder / "programme.yaml").exists():
            one = yaml.safe_load((folder / "programme.yaml").read_text("utf-8"))
            connection.execute(
                "INSERT INTO marts.dim_programmes "
                "(programme_id, short_name, title, first_award_year, last_award_year) VALUES (?, ?, ?, ?, ?)",
                [one["id"], one["short_name"], one["title"], *_years(one)],
            )
    listed = [
        row
        for path in sorted(REFERENCE.glob("programmes/*/units.csv"))
        for row in csv.DictReader(path.open(encoding="utf-8"))
    ]
    if units:
        listed = [row for row in listed if row["unit_code"] == "LS"] + [
            {"unit_code": f"LS-X-{n:03}", "name": f"Huyện Số {n}", "unit_type": "LS-HUYEN-TP"}
            | {"parent_code": "LS", "programme_id": "LS-1620"}
            for n in range(units)
        ]
        listed[1]["name"] = f"Huyện {HOSTILE}"
    connection.executemany(
        "INSERT INTO marts.dim_units (unit_code, name, official_name, unit_type, parent_code, programme_id, "
        "is_placeholder) VALUES (?,?,?,?,?,?, false)",
        [
            [
                r["unit_code"],
                r["name"],
                r["name"],
                r["unit_type"],
                r["parent_code"] or None,
                r["programme_id"],
            ]
            for r in listed
        ],
    )
    awards = yaml.safe_load((REFERENCE / "awards.yaml").read_text("utf-8"))["awards"]
    connection.executemany(
        "INSERT INTO marts.dim_awards (award_code, official_name, level) VALUES (?,?,?)",
        [[a["code"], a["official_name"], a["level"]] for a in awards],
    )
    connection.register("given", reference_tables(load_reference(REFERENCE), Settings())["policies"])
    connection.execute(
        "INSERT INTO marts.dim_policies (policy_id, value, default_value, is_default, policy_group, text) "
        'SELECT policy_id, value, default_value, is_default, "group", text FROM given'
    )
    connection.unregister("given")
    rules = yaml.safe_load((REFERENCE / "programmes/LS-1620/completeness_rules.yaml").read_text("utf-8"))[
        "rules"
    ]
    connection.executemany(
        "INSERT INTO marts.dim_rules (rule_id, kind, programme_id, severity, message_vi, short_vi) "
        "VALUES (?,'completeness',?,?,?,?)",
        [[r["id"], r["programme"], r["severity"], r["message_vi"], r.get("short_vi")] for r in rules],
    )
    connection.execute(
        "INSERT INTO marts.rpt_rule_confirmations (chapter_id, kind, rules, confirmed) "
        "SELECT unnest(['LS-1620', 'all']), 'all', count(*), 1 FROM marts.dim_rules "
        "UNION ALL SELECT unnest(['*', 'policies']), 'all', 9, 0 "
        "UNION ALL SELECT programme_id, 'all', 9, 0 FROM marts.dim_programmes WHERE programme_id <> 'LS-1620'"
    )


def _years(programme: dict[str, Any]) -> tuple[int, int]:
    return int(str(programme["period"]["start"])[:4]), int(str(programme["period"]["end"])[:4])


class _Facts:
    """Fact tables that agree with each other."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, chance: random.Random, awards: int) -> None:
        self.connection, self.chance, self.awards = connection, chance, awards
        self.units = [
            r[0]
            for r in connection.execute(
                "SELECT unit_code FROM marts.dim_units "
                "WHERE programme_id = 'LS-1620' AND parent_code IS NOT NULL ORDER BY 1"
            ).fetchall()
        ]
        self.rules = connection.execute(
            "SELECT rule_id, severity, message_vi FROM marts.dim_rules"
        ).fetchall()
        self.mau_02 = yaml.safe_load((REFERENCE / "mau_02.yaml").read_text("utf-8"))

    def write(self) -> None:
        """Submissions, awards, mẫu 02, totals, coverage, nominations, findings, checks."""
        sent = self.units[: max(1, len(self.units) * 3 // 4)]
        self._submissions(sent)
        self._awards(sent)
        self._mau_02(sent)
        self._coverage()
        self._nominations(sent)
        self._checks()

    def _insert(self, table: str, rows: list[list[Any]]) -> None:
        import polars as pl

        if not rows:
            return
        given = pl.DataFrame(rows, schema=WRITTEN[table].split(), orient="row", infer_schema_length=None)
        self.connection.register("given", given)
        self.connection.execute(f"INSERT INTO marts.{table} BY NAME SELECT * FROM given")
        self.connection.unregister("given")

    def _submissions(self, sent: list[str]) -> None:
        rows: list[list[Any]] = []
        for n, unit in enumerate(sent):
            status, reason = ("accepted", None) if n % 7 else ("quarantined", "Tệp bị khóa bằng mật khẩu.")
            rows.append(
                [
                    f"s{n}",
                    f"LS-1620/{unit}/2020-06-0{1 + n % 4}/khen-thuong.xlsx",
                    "LS-1620",
                    unit,
                    date(2020, 6, 1 + n % 4),
                    "KT-DS",
                    "accepted",
                    None,
                    self.awards,
                ]
            )
            rows.append(
                [
                    f"t{n}",
                    f"LS-1620/{unit}/2020-06-02/mau-03.xlsx",
                    "LS-1620",
                    unit,
                    date(2020, 6, 2),
                    "LS-M03" if not reason else None,
                    status,
                    reason,
                    5,
                ]
            )
        self._insert("fct_submissions", rows)

    def _awards(self, sent: list[str]) -> None:
        lines = [r for r in self.mau_02["rows"] if r["row_type"] in ("line", "sibling_line")]
        level = {"I": "nha_nuoc", "II": "tinh_bo_nganh", "III": "co_so"}
        weights = [{"I": 1, "II": 5, "III": 20}[r["level"]] for r in lines]
        rows: list[list[Any]] = []
        for n, unit in enumerate(sent):
            for k in range(self.awards):
                line = self.chance.choices(lines, weights)[0]
                kind = self.chance.choice(line.get("recipient_kinds") or ["tap_the", "ca_nhan", "ca_nhan"])
                direct = self.chance.choices([True, False, None], [70, 25, 5])[0]
                leader = None if direct is None else (not direct and self.chance.random() < 0.5)
                outside = k == 0
                rows.append(
                    [
                        f"a{n}-{k}",
                        "LS-1620",
                        unit,
                        "HC-SV" if outside else line["award_codes"][0],
                        None,
                        "nha_nuoc" if outside else level[line["level"]],
                        kind,
                        f"Nguyễn Văn {k}",
                        None,
                        "Phòng Kế toán",
                        None,
                        direct,
                        None if kind != "ca_nhan" else leader,
                        self.chance.randint(2016, 2020),
                        f"{k}/QĐ-UBND",
                        date(2019, 12, 1),
                        f"s{n}",
                        f"LS-1620/{unit}/2020-06-0{1 + n % 4}/khen-thuong.xlsx",
                        "Danh sách",
                        8 + k,
                    ]
                )
        self._insert("fct_awards", rows)

    def _mau_02(self, sent: list[str]) -> None:
        members = [
            [r["row_id"], code]
            for r in self.mau_02["rows"]
            if r["row_type"] in ("line", "sibling_line")
            for code in r["award_codes"]
        ]
        everything = [*members]
        parents = {r["row_id"]: r["parent"] for r in self.mau_02["rows"]}
        for row_id, code in members:
            everything += [[parents[row_id], code], ["TC", code]]
        connection = self.connection
        connection.execute("CREATE TEMP TABLE members (row_id TEXT, award_code TEXT)")
        connection.executemany("INSERT INTO members VALUES (?,?)", everything)
        connection.execute(
            "CREATE TEMP TABLE form (row_order INT, row_id TEXT, number TEXT, label TEXT, row_type TEXT)"
        )
        connection.executemany(
            "INSERT INTO form VALUES (?,?,?,?,?)",
            [[r["order"], r["row_id"], r["number"], r["label"], r["row_type"]] for r in self.mau_02["rows"]],
        )
        connection.execute(COUNTS.read_text("utf-8"))

    def _coverage(self) -> None:
        cells = [
            ("LS-HNX", "tong_ket", "2020", date(2020, 1, 31)),
            ("LS-HN", "tong_ket", "2016-2020", None),
            ("LS-GT", "lua_chon_dang_ky", "2016-2020", date(2020, 4, 9)),
            ("LS-BC", "tong_ket", "2016-2020", None),
            ("LS-HS", "khen_thuong_ton_vinh", "2016-2020", date(2020, 6, 9)),
        ]
        rows: list[list[Any]] = []
        for cell, stage, period, deadline in cells:
            for unit in self.units:
                status = self.chance.choices(["covered", "partial", "none"], [6, 2, 2])[0]
                if cell == "LS-HS" and status == "none":
                    status = "not_due"
                received = (
                    date(2020, 4, self.chance.randint(1, 20)) if status in ("covered", "partial") else None
                )
                on_time = received <= deadline if received and deadline else None
                counted = {"covered": 1, "partial": 0}.get(status, 0)
                rows.append(
                    [
                        "LS-1620",
                        cell,
                        stage,
                        period,
                        unit,
                        status,
                        on_time,
                        deadline,
                        received,
                        2 if cell == "LS-HS" else None,
                        counted * 2 if cell == "LS-HS" else None,
                        3 if cell == "LS-HS" else None,
                        counted * 3 if cell == "LS-HS" else None,
                        None,
                        None,
                        1 if cell == "LS-GT" else None,
                        counted if cell == "LS-GT" else None,
                        None if on_time is None else "in_time" if on_time else "late",
                    ]
                )
        self._insert("rpt_phase_coverage", rows)
        self.connection.execute("""
            INSERT INTO marts.rpt_phase_coverage_summary (programme_id, cell_id, stage, period,
                units_expected, units_covered, coverage_pct, units_on_time, on_time_pct,
                quota_collectives_pct, quota_individuals_pct, units_none, units_not_due,
                units_late, units_partial)
            SELECT programme_id, cell_id, stage, period, count(*),
                   count(*) FILTER (status = 'covered') AS covered, 100.0 * covered / count(*),
                   count(*) FILTER (on_time AND status = 'covered') AS in_time,
                   CASE WHEN max(deadline) IS NOT NULL THEN 100.0 * in_time / count(*) END, NULL, NULL,
                   count(*) FILTER (status = 'none'), count(*) FILTER (status = 'not_due'),
                   count(*) FILTER (timing = 'late'), count(*) FILTER (status = 'partial')
            FROM marts.rpt_phase_coverage GROUP BY ALL""")
        self.connection.execute("""
            INSERT INTO marts.rpt_steps_left BY NAME
            SELECT concat_ws('|', programme_id, unit_code, cell_id) AS step_id, programme_id, unit_code,
                   cell_id,
                   1 AS cell_order, cell_id AS label_vi, stage, period, status, deadline AS last_day,
                   false AS is_before, deadline AS left_since_on, false AS is_told
            FROM marts.rpt_phase_coverage WHERE status IN ('none', 'partial')""")

    def _nominations(self, sent: list[str]) -> None:
        nominations: list[list[Any]] = []
        findings: list[list[Any]] = []
        for n, unit in enumerate(sent):
            for k in range(3):
                bad = self.chance.random() < 0.3
                nominations.append(
                    [
                        f"n{n}-{k}",
                        "LS-1620",
                        "LS-1620",
                        unit,
                        "LS-M03",
                        "ca_nhan" if k else "tap_the",
                        f"Trần Thị {n}-{k}" if k else f"Tập thể {n}",
                        "cbccvc",
                        None,
                        not bad,
                        int(bad),
                        0,
                        "unknown",
                        f"t{n}",
                        f"LS-1620/{unit}/2020-06-02/mau-03.xlsx",
                        "Mẫu 03",
                        9 + k,
                    ]
                )
                if bad or self.chance.random() < 0.2:
                    rule = self.chance.choice(self.rules[:25])
                    status = (
                        self.chance.choices(["new", "open", "fixed"], [2, 5, 2])[0] if not bad else "open"
                    )
                    first = AS_OF if status == "new" else AS_OF - timedelta(days=self.chance.randint(1, 45))
                    findings.append(
                        [
                            f"f{n}-{k}",
                            "LS-1620",
                            unit,
                            f"n{n}-{k}",
                            rule[0],
                            "blocking" if bad else rule[1],
                            "ho_ten",
                            rule[2],
                            "Hướng dẫn của tỉnh, mục II.2.2.a",
                            f"LS-1620/{unit}/2020-06-02/mau-03.xlsx",
                            "Mẫu 03",
                            9 + k,
                            f"D{9 + k}",
                            status,
                            first,
                            AS_OF - timedelta(days=status == "fixed"),
                            nominations[-1][6],
                            rule[2].rstrip("."),
                            "Bổ sung",
                            "{}",
                            status != "fixed",
                        ]
                    )
        self._insert("fct_nominations", nominations)
        self._insert("fct_findings", findings)
        self.connection.execute("""
            INSERT INTO marts.trc_nominations SELECT nomination_id, finding_id, severity, true
            FROM marts.fct_findings WHERE is_open AND severity <> 'information'""")

    def _checks(self) -> None:
        """One expectation asked of a dozen forms, each with twenty rules that did not hold."""
        self.connection.execute(
            """
            INSERT INTO marts.rpt_checks BY NAME
            SELECT ?::DATE AS as_of, 'judging' AS stage, 'Đủ hồ sơ' AS suite_vi, 'LS-M' || n AS check_id,
                   'EXP-DU' AS expectation_id, 'Nội dung chưa đủ' AS what_vi, false AS is_blocking,
                   false AS passed, 40 AS checked, 20 AS failed, 1 AS nights, 1 AS failed_nights,
                   'đơn vị được báo' AS why_vi, 'Đơn vị bổ sung và gửi lại' AS do_vi
            FROM range(12) AS forms (n)""",
            [AS_OF],
        )
        self.connection.execute("""
            INSERT INTO marts.rpt_check_suites BY NAME
            SELECT as_of, unnest(['all', suite_vi]) AS suite_vi, count(*) AS checks, 0 AS passed,
                   count(*) AS failed, 0 AS blocking
            FROM marts.rpt_checks GROUP BY as_of, suite_vi""")
        self.connection.execute("""
            INSERT INTO marts.rpt_check_failures BY NAME
            SELECT as_of, stage, check_id, 'R-' || n AS key, 'Còn ' || n || ' hồ sơ chưa đủ' AS told_vi
            FROM marts.rpt_checks, range(20) AS rules (n)""")
