"""A synthetic published file with exactly the tables and columns of CONTRACT section 3."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.reference.deadlines import deadlines
from pipelines.reference.load import load_reference
from pipelines.reference.models.coverage import PolicyDef

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
SCHEMA = Path(__file__).with_name("published_schema.sql")
AS_OF = date(2020, 6, 5)
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
    connection.execute(SCHEMA.read_text("utf-8"))
    connection.execute(
        "INSERT INTO meta.snapshot VALUES (?, 'run7f3a91', 'dev', '7f3a91c2d4e5', '2020-06-05 02:04:00+07')",
        [AS_OF],
    )
    _dimensions(connection, units)
    if rich:
        _Facts(connection, chance, awards).write()
    connection.close()
    return path


@lru_cache(maxsize=1)
def _deadlines() -> list[tuple[Any, ...]]:
    known = deadlines(load_reference(REFERENCE), {name: p.default_value for name, p in _policies().items()})
    return [
        (
            *(one.programme_id, one.cell_id, one.period, unit_type, one.last_day, one.wording_vi, "căn cứ"),
            *(one.label_vi, one.day is not None, one.is_before),
        )
        for one in known
        for unit_type in one.unit_types
    ]


def _policies() -> dict[str, PolicyDef]:
    return load_reference(REFERENCE).policies


def _dimensions(connection: duckdb.DuckDBPyConnection, units: int) -> None:
    connection.executemany("INSERT INTO marts.dim_deadlines VALUES (?,?,?,?,?,?,?,?,?,?)", _deadlines())
    for folder in sorted((REFERENCE / "programmes").iterdir()):
        if (folder / "programme.yaml").exists():
            one = yaml.safe_load((folder / "programme.yaml").read_text("utf-8"))
            connection.execute(
                "INSERT INTO marts.dim_programmes VALUES (?, ?, ?, ?, ?)",
                [one["id"], one["short_name"], one["title"], *_years(one)],
            )
    with (REFERENCE / "units.csv").open(encoding="utf-8") as lines:
        listed = list(csv.DictReader(lines))
    if units:
        listed = [row for row in listed if row["unit_code"] == "LS"] + [
            {"unit_code": f"LS-X-{n:03}", "name": f"Huyện Số {n}", "unit_type": "LS-HUYEN-TP"}
            | {"parent_code": "LS", "programme_id": "LS-1620"}
            for n in range(units)
        ]
        listed[1]["name"] = f"Huyện {HOSTILE}"
    connection.executemany(
        "INSERT INTO marts.dim_units (unit_code, name, unit_type, parent_code, programme_id) "
        "VALUES (?,?,?,?,?)",
        [
            [r["unit_code"], r["name"], r["unit_type"], r["parent_code"] or None, r["programme_id"]]
            for r in listed
        ],
    )
    awards = yaml.safe_load((REFERENCE / "awards.yaml").read_text("utf-8"))["awards"]
    connection.executemany(
        "INSERT INTO marts.dim_awards (award_code, official_name, level) VALUES (?,?,?)",
        [[a["code"], a["official_name"], a["level"]] for a in awards],
    )
    rules = yaml.safe_load((REFERENCE / "programmes/LS-1620/completeness_rules.yaml").read_text("utf-8"))[
        "rules"
    ]
    connection.executemany(
        "INSERT INTO marts.dim_rules (rule_id, kind, programme_id, severity, message_vi, short_vi) "
        "VALUES (?,'completeness',?,?,?,?)",
        [[r["id"], r["programme"], r["severity"], r["message_vi"], r.get("short_vi")] for r in rules],
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
        """Submissions, awards, mẫu 02, totals, coverage, nominations, findings."""
        sent = self.units[: max(1, len(self.units) * 3 // 4)]
        self._submissions(sent)
        self._awards(sent)
        self._mau_02(sent)
        self._coverage()
        self._nominations(sent)

    def _insert(self, table: str, rows: list[list[Any]]) -> None:
        import polars as pl

        if not rows:
            return
        names = [c[0] for c in self.connection.execute(f"DESCRIBE marts.{table}").fetchall()]
        given = pl.DataFrame(rows, schema=names[: len(rows[0])], orient="row", infer_schema_length=None)
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
        connection.execute(SCHEMA.with_name("published_counts.sql").read_text("utf-8"))

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
                    ]
                )
        self._insert("rpt_phase_coverage", rows)
        self.connection.execute("""
            INSERT INTO marts.rpt_phase_coverage_summary
            SELECT programme_id, cell_id, stage, period, count(*),
                   count(*) FILTER (status = 'covered') AS covered, 100.0 * covered / count(*),
                   count(*) FILTER (on_time AND status = 'covered') AS in_time,
                   CASE WHEN max(deadline) IS NOT NULL THEN 100.0 * in_time / count(*) END, NULL, NULL, false
            FROM marts.rpt_phase_coverage GROUP BY ALL""")

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
