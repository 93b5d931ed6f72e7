"""deploy/install takes packages from where pip has been told, whoever installs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT

MIRROR = "https://kho.co-quan.invalid/simple"
SETTINGS = ("UV_DEFAULT_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose Python and uv only write down what they are asked; `pip config` is the real one."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / "deploy").mkdir()
    shutil.copy(PROJECT / "deploy" / "install", tmp_path / "deploy")
    script = (
        f'#!/bin/sh\ncase "$*" in *"pip config"*) exec {sys.executable} "$@";; esac\necho "pip $*" >> said\n'
    )
    (programs / "python").write_text(script)
    shown = " ".join(f"{name}=${{{name}-}}" for name in SETTINGS)
    (programs / "uv").write_text(
        f'#!/bin/sh\necho "uv {shown} ASKED=$(echo $* | tr " " _)" >> said\nexit "${{UV_ENDS_WITH-0}}"\n'
    )
    for program in programs.iterdir():
        program.chmod(0o755)
    return tmp_path


def install(project: Path, **told: str) -> list[str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "SSL_"))}
    nothing = {"PIP_CONFIG_FILE": "/dev/null"}
    subprocess.run(
        [project / "deploy" / "install"], env=plain | nothing | told, check=True, capture_output=True
    )
    return (project / "said").read_text().splitlines()


def uv_line(said: list[str]) -> dict[str, str]:
    (line,) = [line for line in said if line.startswith("uv ")]
    return dict(pair.split("=", 1) for pair in line.split()[1:])


def locked_by_pip(said: list[str]) -> bool:
    return any("--require-hashes -r requirements.lock" in line for line in said if line.startswith("pip"))


def test_uv_knows_what_pip_was_told_by_the_environment(project: Path) -> None:
    said = install(project, PIP_INDEX_URL=MIRROR, PIP_CERT="/etc/ca.pem")
    assert uv_line(said)["UV_DEFAULT_INDEX"] == MIRROR
    assert uv_line(said)["SSL_CERT_FILE"] == "/etc/ca.pem"
    assert "--no-index" not in uv_line(said)["ASKED"]
    assert not locked_by_pip(said)


def test_uv_knows_what_pip_was_told_by_its_file(project: Path) -> None:
    (project / "pip.conf").write_text(f"[global]\nindex-url = {MIRROR}/file\n")
    said = install(project, PIP_CONFIG_FILE=str(project / "pip.conf"))
    assert uv_line(said)["UV_DEFAULT_INDEX"] == f"{MIRROR}/file"
    (project / "said").unlink()
    said = install(project, PIP_CONFIG_FILE=str(project / "pip.conf"), PIP_INDEX_URL=MIRROR)
    assert uv_line(said)["UV_DEFAULT_INDEX"] == MIRROR, "the environment goes before the file, as with pip"


def test_pip_installs_where_uv_cannot(project: Path) -> None:
    assert locked_by_pip(install(project, PIP_INDEX_URL=MIRROR, UV_ENDS_WITH="2"))
    (project / "said").unlink()
    (project / ".venv" / "bin" / "uv").unlink()
    assert locked_by_pip(install(project, PIP_INDEX_URL=MIRROR))


def test_a_bundle_asks_nobody(project: Path) -> None:
    (project / "wheelhouse").mkdir()
    told = uv_line(install(project, PIP_INDEX_URL=MIRROR))
    assert "_--no-index_" in told["ASKED"]
    assert told["UV_FIND_LINKS"] == str(project / "wheelhouse")
