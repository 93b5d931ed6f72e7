"""Reference and settings files as plain data, read once per content."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.common.yaml_files import Loader


def read_data(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; empty where there is no file."""
    return dict(_parsed(path.read_bytes())) if path.exists() else {}


@lru_cache(maxsize=64)
def _parsed(content: bytes) -> dict[str, Any]:
    return yaml.load(content, Loader) or {}  # noqa: S506 -- a safe loader
