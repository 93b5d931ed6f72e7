"""In a real terminal each stage shows its bar; in a log there is none. The last word is said to both."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from pipelines.common.paths import PROJECT

STAGES = """
from pipelines.commands.options import say
from pipelines.night.request import NightLog
log = NightLog()
for name in ("intake", "dashboards"):
    with log.stage(name) as bar:
        bar.total(3)
        for _ in range(3):
            bar.advance()
say("Đêm 31/12/2025: ĐÃ CÔNG BỐ")
"""
BAR = "━"


def in_a_terminal(code: str) -> str:
    """What a program that ends well writes on a terminal."""
    ended, seen = ran_in_a_terminal(code)
    assert ended == 0
    return seen


def ran_in_a_terminal(code: str) -> tuple[int, str]:
    """How a program ends, and what it writes on a terminal of eighty columns."""
    terminal, inside = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    program = subprocess.Popen([sys.executable, "-c", code], stdout=inside, stderr=inside, env=environment)
    os.close(inside)
    seen = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the program closed its end
            break
        if not piece:
            break
        seen += piece
    os.close(terminal)
    return program.wait(), seen.decode()


def test_a_terminal_shows_a_bar_per_stage_and_the_summary() -> None:
    seen = in_a_terminal(STAGES)
    for stage in ("intake", "dashboards"):
        assert stage in seen
    assert BAR in seen
    assert "3/3" in seen
    assert "ĐÃ CÔNG BỐ" in seen.splitlines()[-1]


RUN = "import sys; from pipelines.cli import main; sys.argv = ['thidua', *{}]; main()"


def test_every_long_command_shows_a_bar(tmp_path: Path) -> None:
    """Those whose work can be made small here; a night's stages and those of a trial are seen above."""
    home = tmp_path / "home"
    (home / "warehouse").mkdir(parents=True)
    (home / "warehouse" / "thidua.duckdb").write_bytes(b"")
    archive = str(tmp_path / "a.tar.gz")
    made = str(tmp_path / "made")
    lines = [
        ["generate", "--units", "2", "--awards-per-unit", "2", "--out", made],
        ["templates", str(tmp_path / "mau")],
        ["check", *sorted(map(str, (PROJECT / "data" / "raw" / "CB-2125").rglob("*.xlsx")))[:2]],
        ["rules", "--out", str(tmp_path / "so.xlsx")],
        ["backup", archive, "--home", str(home)],
        ["restore", archive, "--home", str(tmp_path / "again")],
    ]
    for line in lines:
        code, seen = ran_in_a_terminal(RUN.format(line))
        assert code in (0, 1), (line, seen)
        assert f"{line[0]:<18} {BAR}" in seen, (line, seen)
        assert BAR not in seen.splitlines()[-1]  # the last word is said after it


def test_a_log_has_the_summary_alone() -> None:
    done = subprocess.run([sys.executable, "-c", STAGES], capture_output=True, check=True)
    assert done.stderr == b""
    assert done.stdout.decode() == "Đêm 31/12/2025: ĐÃ CÔNG BỐ\n"
