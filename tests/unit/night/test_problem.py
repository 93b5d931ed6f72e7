"""What the machine refuses, in the operator's words."""

from __future__ import annotations

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines.common import refusals
from pipelines.night import problem


@pytest.mark.parametrize(
    ("error", "free", "said"),
    [
        (OSError("disk I/O error"), 10**10, "không đọc, ghi được"),
        (OSError("disk I/O error"), 0, "đã đầy"),
        (OSError(errno.ENOSPC, "x"), 10**10, "đã đầy"),
        (OSError(errno.ENOTCONN, "x", "/mnt/o"), 10**10, "không đọc, ghi được /mnt/o"),
    ],
)
def test_a_refusal_says_what_and_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: OSError, free: int, said: str
) -> None:
    monkeypatch.setattr(refusals.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    told = problem.problem_before(error, tmp_path)
    assert told
    assert said in told.why
    assert told.do
    assert error.filename or str(tmp_path) in told.why


def test_anything_else_is_no_refusal(tmp_path: Path) -> None:
    assert problem.problem_before(ValueError("x"), tmp_path / "not" / "there") is None
