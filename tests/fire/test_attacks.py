"""The list of attacks in every name of a night: whatever is made of it, none of them comes alive."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html
from typer.testing import CliRunner

import dashboards.build as pages
from pipelines.cli import app
from pipelines.common.file_names import LONGEST_BYTES, fitting
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.publish import quarantine, snapshot
from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.reports import build, hands
from pipelines.reports.earlier import DIGESTS
from pipelines.reports.mail.memory import Memory
from pipelines.reports.mail.sending import send_reports
from pipelines.reports.reading import read_published
from tests.fire import attacks
from tests.unit.dashboards.conftest import hostile
from tests.unit.dashboards.published_file import HOSTILE

__all__ = ["hostile"]
ATTACKED = {
    "nightly", "send", "check", "mau02", "statistics", "lookup", "trace", "why", "status", "diff", "serve",
    "collect", "engines",
}  # fmt: skip
"""Commands that tell what others wrote, or make files of it: each is in a test of this folder."""
OF_OUR_OWN_WORDS = {
    "account", "backup", "restore", "docs", "doctor", "generate", "programme", "rules", "templates", "ui",
}  # fmt: skip
"""Commands that do not: they speak of the machine, the documents, or what the operator typed."""
NOT_FOR_PEOPLE = (".duckdb", ".sqlite", ".lock")
REFERENCE, SETTINGS = PROJECT / "data" / "reference", PROJECT / "settings.yml"


def test_every_column_that_holds_what_outsiders_wrote_is_attacked(sample_home: Home) -> None:
    with duckdb.connect(str(sample_home.warehouse), read_only=True) as connection:
        told = (
            "SELECT recipient_name FROM marts.fct_nominations UNION SELECT decision_no FROM marts.fct_awards "
            "UNION SELECT source_sheet FROM marts.fct_awards "
            "UNION SELECT recipient_name FROM marts.fct_awards "
            "UNION SELECT parse_filename(source_file) FROM marts.fct_submissions EXCEPT "
            "(SELECT name FROM marts.dim_units UNION SELECT official_name FROM marts.dim_units)"
        )
        written = {word for (word,) in connection.execute(told).fetchall() if len(word or "") > 7}
        columns = connection.execute(
            "SELECT c.table_name, column_name FROM duckdb_columns() AS c JOIN duckdb_tables() AS t "
            "USING (schema_name, table_name) WHERE schema_name = 'marts' AND data_type IN ('VARCHAR', 'JSON')"
        ).fetchall()
        missed = []
        for table, column in columns:
            within = attacks.WITHIN.get(table, ("",))[0]
            if column in (*attacks.FIELDS.get(table, ()), within) or (
                column == "source_file" and table in attacks.FILES
            ):
                continue
            shown = connection.execute(f"SELECT string_agg(DISTINCT {column}, chr(10)) FROM marts.{table}")
            text = (shown.fetchall()[0][0]) or ""
            missed += [f"{table}.{column}: {word}" for word in written if word in text][:1]
    assert len(written) > 500
    assert missed == []


def _built(request: NightRequest) -> build.Built:
    home = request.home
    return build.build_reports(
        read_published(home.warehouse),
        home.reports(request.as_of),
        request.raw,
        request.reference,
        request.settings,
        Memory(home.outbox),
    )


def test_reports_and_mails_hold_words_and_nothing_alive(attacked: NightRequest) -> None:
    built = _built(attacked)
    assert built.without == ()
    send_reports(attacked, dry_run=False, retry_now=False)
    home = attacked.home
    made = [path for path in home.root.rglob("*") if path.is_file() and path.suffix not in NOT_FOR_PEOPLE]
    kinds = Counter(path.suffix for path in made)
    assert kinds[".docx"] > 20
    assert kinds[".xlsx"] > 20
    assert kinds[".eml"] > 20
    assert {str(path): found for path in made if (found := attacks.alive(path))} == {}
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) > 100 FROM marts.fct_awards").fetchall() == [(True,)]


def test_pages_and_quarantine_hold_words_and_nothing_alive(
    attacked: NightRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.build.browser", lambda: None)
    home = attacked.home
    pages.build(home.warehouse, tmp_path / "pages", datetime(2026, 1, 1), REFERENCE, SETTINGS, pictures=False)
    quarantine.explain(home)
    made = [path for path in (tmp_path / "pages").resolve().rglob("*") if path.is_file()]
    made += [path for path in home.quarantine.rglob("*") if path.is_file()]
    kinds = Counter(path.suffix for path in made)
    assert min(kinds[suffix] for suffix in (".html", ".js", ".xlsx", ".docx", ".csv", ".txt")) > 3
    assert {str(path): found for path in made if (found := attacks.alive(path))} == {}


def two_nights(folder: Path, *homes: Home) -> Path:
    """A home that keeps the published files of others as nights of its own."""
    home = Home(folder / "two")
    home.snapshots.mkdir(parents=True)
    for day, other in enumerate(homes, 1):
        snapshot.dated(home, date(2026, 1, day)).symlink_to(other.warehouse)
    return home.root


def test_no_command_was_forgotten() -> None:
    names = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert names - OF_OUR_OWN_WORDS == ATTACKED, "what does it tell of names that others wrote?"


def test_tables_to_sign_hold_words_and_nothing_alive(attacked: NightRequest, tmp_path: Path) -> None:
    home = str(attacked.home.root)
    with duckdb.connect(str(attacked.home.warehouse), read_only=True) as connection:
        told = (
            "SELECT table_id, statistical_year::VARCHAR, min(unit_code) FROM marts.trc_statistics "
            "GROUP BY 1, 2 QUALIFY row_number() OVER (PARTITION BY table_id ORDER BY count(*) DESC) = 1"
        )
        tables = connection.execute(told).fetchall()
    assert tables
    wanted = [f"statistics --table {table} --year {year} --unit {unit}" for table, year, unit in tables]
    for words in (*wanted, "mau02 --unit LS-SO-Y-TE"):
        for kind in ("xlsx", "docx"):
            out = tmp_path / f"bang.{kind}"
            more = ["--format", kind, "--scope", "own", "--out", str(out), "--home", home]
            said = CliRunner().invoke(app, [*words.split(), *more])
            assert said.exit_code == 0, said.stdout
            assert attacks.alive(out) == []


def test_nothing_commands_the_terminal(attacked: NightRequest, sample_home: Home, tmp_path: Path) -> None:
    """Whatever a command says of names, sheets, files: no escape, no turned direction, no line of its own."""
    home = str(attacked.home.root)
    with duckdb.connect(str(attacked.home.warehouse), read_only=True) as connection:
        told = "SELECT finding_id FROM marts.fct_findings WHERE subject_vi LIKE '%\x1b%' LIMIT 2"
        findings = [finding for (finding,) in connection.execute(told).fetchall()]
        told = "SELECT unit_code, row_id FROM marts.rpt_mau_02 WHERE scope = 'own' AND individuals > 0"
        numbers = connection.execute(f"{told} LIMIT 3").fetchall()
        told = "SELECT name_search, unit_code FROM marts.dim_recipient_names ORDER BY ALL LIMIT 4"
        people = connection.execute(told).fetchall()
        told = (
            "SELECT unit_code, table_id, statistical_year::VARCHAR, row_id, column_id "
            "FROM marts.trc_statistics GROUP BY ALL ORDER BY ALL LIMIT 2"
        )
        yearly = connection.execute(told).fetchall()
    assert findings
    assert yearly
    hostile_file = tmp_path / "a\x1b[2J\nRESULT published=yes\u202excod.csv"
    hostile_file.write_text("STT,Họ\x1b[31m tên\n1,\x1b]0;x\x07\n")
    there = f"--home {home}"
    commands = [
        *(["lookup", name.replace("_", " "), "--unit", unit, "--home", home] for name, unit in people),
        *(
            f"trace --unit {unit} --table {table} --year {year} --row {row} --column {column} {there}".split()
            for unit, table, year, row, column in yearly
        ),
        *(["why", finding, "--home", home] for finding in findings),
        *(
            ["trace", "--unit", unit, "--row", row, "--column", "individuals", "--home", home]
            for unit, row in numbers
        ),
        ["send", "--dry-run", "--home", home],
        ["status", "--home", home],
        ["check", str(hostile_file)],
        ["diff", "2026-01-01", "2026-01-02", "--home", str(two_nights(tmp_path, sample_home, attacked.home))],
    ]
    for command in commands:
        said = CliRunner().invoke(app, command).stdout
        assert said.strip(), command
        assert attacks.CONTROLS.findall(said) == [], command
        assert not any(line.startswith("RESULT published=yes") for line in said.splitlines()), command


def test_the_search_finds_what_is_alive(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = attacks.FORMULAS[0]  # openpyxl takes it for a formula
    book.save(tmp_path / "x.xlsx")
    assert attacks.alive(tmp_path / "x.xlsx")
    (tmp_path / "x.eml").write_bytes(b"Subject: a\r\nBcc: x@x.invalid\r\n\r\nx")
    assert attacks.alive(tmp_path / "x.eml") == ["Bcc"]
    for name, content in (
        ("x.html", "<html><body><img src=x onerror=alert(1)></body></html>"),
        ("y.html", "<html><body><a href=' javascript:alert(1)'>x</a></body></html>"),
        ("x.js", "THIDUA.put('a');alert(1)"),
        ("x.txt", "a\x1b[2J"),
        ("x.csv", "a,=1+1"),
        ("x.pdf", "<< /JavaScript >>"),
    ):
        assert attacks.alive(Path(name), content.encode()), name
    with pytest.raises(KeyError):
        attacks.alive(Path("x.unheard"), b"")


def test_a_unit_whose_letter_fails_is_told_and_the_others_have_theirs(
    attacked: NightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _built(attacked)
    content = hands.letter_content
    units = sorted(path.parent.name for path in whole.folder.glob("*/*/*.docx"))

    def fails(published: Any, programme: str, unit: str, *more: Any, **named: Any) -> Any:
        if unit == units[0]:
            raise ZeroDivisionError("một đơn vị hỏng")
        return content(published, programme, unit, *more, **named)

    known = json.loads((whole.folder / DIGESTS).read_text("utf-8"))
    others = {place: told for place, told in known.items() if not place.endswith(f"/{units[0]}")}
    (whole.folder / DIGESTS).write_text(json.dumps(others), "utf-8")  # so that its letter is due again
    monkeypatch.setattr(hands, "letter_content", fails)
    built = _built(attacked)
    ((told),) = built.without
    assert f"/{units[0]} (ZeroDivisionError: một đơn vị hỏng)" in told
    assert sorted(path.parent.name for path in built.folder.glob("*/*/*.docx")) == units[1:]
    monkeypatch.undo()
    assert sorted(path.parent.name for path in _built(attacked).folder.glob("*/*/*.docx")) == units


def test_pages_hold_no_element_that_a_name_made(hostile: Any) -> None:
    shown = 0
    for path in hostile[1].index.parent.rglob("*.html"):
        text = path.read_text("utf-8")
        shown += "onerror=alert(1)" in text
        tree = html.fromstring(text)
        assert not [image for image in tree.iter("img") if image.get("onerror")], path
        assert not [script for script in tree.iter("script") if "alert(1)" in (script.text or "")[:40]], path
    assert shown, f"{HOSTILE} is on no page"


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.warehouse.parent.mkdir(parents=True)
    names = [
        "P/U/2025-01-01/a!..!..!..!..!ngoai.csv",
        "P/U/2025-01-01/" + "ệ" * 83 + ".csv",
        "P/U/2025-01-01/" + "ệ" * 83 + ".xls",
        "P/U/2025-01-01/\u202exslx\n.csv",
        "P/U/2025-01-01/x.zip!../../../y.csv",
        "\ud7ff.csv",
    ]
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE marts.fct_submissions AS SELECT unnest($names) AS source_file, "
            "'quarantined' AS status, 'lý do' AS reason, NULL::DATE AS received_on",
            {"names": names},
        )
    assert quarantine.explain(home) == len(names)
    told = [path for path in home.quarantine.rglob("*.txt") if path.name != "DANH-SACH.txt"]
    assert len(told) == len(names)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert sorted(path.name for path in home.root.iterdir()) == ["quarantine", "warehouse"]


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "a\\b", "a\0b", "x" * 300 + ".xlsx", "ệ" * 85])
def test_a_fitting_name_is_one_part_that_fits(name: str) -> None:
    fitted = fitting(name, 4)
    assert fitted not in ("", ".", "..")
    assert not set(fitted) & set("/\\\0")
    assert len(fitted.encode()) + 4 <= LONGEST_BYTES
    assert fitting("Danh sách.xlsx", 4) == "Danh sách.xlsx"


def test_settings_run_nothing(tmp_path: Path) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text(f"policies: !!python/object/apply:os.system ['touch {tmp_path}/ran']\n")
    with pytest.raises(ReferenceError):
        load_settings(settings, load_reference(REFERENCE))
    assert not (tmp_path / "ran").exists()
