"""Every command and option explains itself in Vietnamese, and so does a command line that is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands.vietnamese import parameter_help
from pipelines.common.paths import PROJECT
from pipelines.sentences import text

GROUP = typer.main.get_command(app)
ENGLISH = re.compile(
    r"\b(the|range|str|text|path|Show|Usage|Options|Arguments|Commands|required|default|Missing|Invalid|Error)\b"
)


def tree(command: Any, *path: str) -> Iterator[tuple[str, Any]]:
    """Every command below a group, however deep, by how it is called."""
    for name, one in getattr(command, "commands", {}).items():
        yield " ".join((*path, name)), one
        yield from tree(one, *path, name)


COMMANDS = dict(tree(GROUP))


def test_the_tree_has_the_commands_of_the_contract() -> None:
    contract = (PROJECT / "docs" / "contract.md").read_text("utf-8")
    named = set(re.findall(r"`(?:\.venv/bin/)?thidua (\w+)", contract))
    assert len(named) > 15
    assert named <= {name.split()[0] for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_has_a_sentence(name: str) -> None:
    own = name.split()[-1]
    assert text(f"help.{own}")
    for parameter in COMMANDS[name].params:
        if parameter.name != "help":
            assert parameter_help(own, parameter.name).endswith(".")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_a_help_page_has_no_english_word(name: str) -> None:
    page = CliRunner().invoke(app, [*name.split(), "--help"])
    assert page.exit_code == 0
    assert text("help.usage") in page.output
    choices = re.compile(r"<[^>]*\|[^>]*>|--[\w-]+|\(\w+\)|\b\w+:|[\w-]+ là ")  # values as they are typed
    assert not ENGLISH.search(choices.sub("", page.output))
    assert " :" not in page.output
    assert "[mặc định: ]" not in page.output


def thidua(*arguments: str) -> tuple[int, str]:
    code = "from pipelines.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chek x", "Không có lệnh «chek». Có phải: check?"),
        ("nightly --hme x", "Không có tùy chọn --hme. Có phải: --home"),
        ("nightly --as-of 2020-13-01", "không dùng được: 2020-13-01."),
        ("mau02 --unit A --format pdf --out x", "không dùng được: pdf. Ghi tệp Excel hay Word."),
        ("check", "Thiếu TỆP…"),
        ("trace x --unit A", "Thừa: x."),
        (
            "generate --units 0 --awards-per-unit 1 --out x",
            "--units SỐ không dùng được: 0, phải từ 1 trở lên.",
        ),
        ("serve --port 99999999", "--port SỐ không dùng được: 99999999, không được quá 65535."),
        ("diff 2026-01-01 2026-01-02 --limit nhiều", "--limit SỐ không dùng được: nhiều."),
        ("rules --confirm khong-co.xlsx", "--confirm TỆP không dùng được: khong-co.xlsx."),
        ("ui --port a", "--port SỐ không dùng được: a."),
        ("nightly --home README.md", "--home THƯ-MỤC không dùng được: README.md."),
        ("nightly --settings docs", "--settings TỆP không dùng được: docs."),
        ("account xoa", "không dùng được: xoa."),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(line: str, said: str) -> None:
    code, output = thidua(*line.split())
    assert code == 2
    assert said in output
    assert not ENGLISH.search(output)
    assert "Xem: " in output


def test_what_fails_again_as_it_is_thrown_away_prints_no_traceback() -> None:
    """As the archive of a workbook does that a full disk cut off."""
    code = (
        "from pipelines import cli\n"
        "class Half:\n"
        "    def __del__(self): raise OSError(28, 'No space left on device')\n"
        "def app(**_):\n"
        "    Half()\n"
        "    raise OSError(28, 'No space left on device')\n"
        "cli.app = app\n"
        "cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("Ổ đĩa đã đầy")


def test_a_complaint_that_fails_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch, capfdbinary) -> None:
    from pipelines import cli

    monkeypatch.setattr(cli, "complaint", lambda error: 1 / 0)
    monkeypatch.setattr(sys, "argv", ["thidua", "chek"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "Lỗi chưa lường trước" in capfdbinary.readouterr().out.decode()


def test_what_nobody_foresaw_is_a_sentence_with_a_log(monkeypatch: pytest.MonkeyPatch, capfdbinary) -> None:
    from pipelines import cli

    def breaks(**_: object) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(cli, "app", breaks)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capfdbinary.readouterr().out.decode()
    assert ended.value.code == 1
    assert "chia cho không" in told
    assert "Traceback" not in told
    log = re.search(r"Chi tiết ở (\S+);", told)
    assert log
    assert "ZeroDivisionError" in Path(log[1]).read_text("utf-8")


@pytest.mark.parametrize(
    ("number", "said"),
    [(28, "Ổ đĩa đã đầy"), (30, "chỉ cho đọc"), (13, "Không có quyền"), (2, "Không có"), (5, "ổ mạng")],
)
def test_what_the_machine_refuses_is_told_with_what_to_do(number: int, said: str) -> None:
    from pipelines.commands.failures import sentence_of

    told = sentence_of(OSError(number, "x", "noi/nao"))
    assert said in told
    assert "noi/nao" in told
    assert "chạy lại" in told


def test_a_file_published_before_an_upgrade_is_told_with_what_to_do() -> None:
    import duckdb

    from pipelines.commands.failures import sentence_of

    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute("SELECT cot_moi FROM (SELECT 1 AS cot_cu)")
    told = sentence_of(raised.value)
    assert "phiên bản trước của phần mềm" in told
    assert "make nightly" in told
    assert "cot_moi" not in told


@pytest.mark.parametrize("error", [ZeroDivisionError("chia cho không"), OSError(28, "x", "noi/nao")])
def test_a_night_that_cannot_begin_ends_with_its_line_for_monitoring(
    error: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pipelines.night import run

    def refuses(request: object) -> None:
        raise error

    monkeypatch.setattr(run, "run_night", refuses)
    ran = CliRunner().invoke(app, ["nightly", "--home", str(tmp_path), "--as-of", "2026-01-01"])
    assert ran.exit_code == 1
    assert "Traceback" not in ran.output
    assert "Chưa có số liệu nào" in ran.output
    assert ran.output.splitlines()[-1] == "RESULT published=no as_of=2026-01-01 step=start"
