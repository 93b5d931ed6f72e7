"""Keys are what is written in the file, whatever YAML makes of such a word elsewhere."""

from __future__ import annotations

from pathlib import Path

from pipelines.reference.yaml_lines import read_yaml


def test_keys_are_taken_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("on: 2026-01-05\nNo: 1\n2026: {yes: true}\n", "utf-8")
    content, twice = read_yaml(path)
    assert list(content) == ["on", "No", "2026"]
    assert (content["2026"], twice) == ({"yes": True}, [])
