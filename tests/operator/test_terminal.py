"""In a real terminal each stage shows its bar; in a log there is none. The last word is said to both."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

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
    """What a program writes on a terminal of eighty columns."""
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
    assert program.wait() == 0
    return seen.decode()


def test_a_terminal_shows_a_bar_per_stage_and_the_summary() -> None:
    seen = in_a_terminal(STAGES)
    for stage in ("intake", "dashboards"):
        assert stage in seen
    assert BAR in seen
    assert "3/3" in seen
    assert "ĐÃ CÔNG BỐ" in seen.splitlines()[-1]


def test_a_log_has_the_summary_alone() -> None:
    done = subprocess.run([sys.executable, "-c", STAGES], capture_output=True, check=True)
    assert done.stderr == b""
    assert done.stdout.decode() == "Đêm 31/12/2025: ĐÃ CÔNG BỐ\n"
