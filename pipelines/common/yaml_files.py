"""YAML files of our own as plain values, read by libyaml where PyYAML has it: ten times as fast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""A safe loader: it makes nothing but texts, numbers, days, lists and mappings."""


def read_plain(path: Path) -> Any:
    """The content of a YAML file.

    Raises:
        OSError: it cannot be read.
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(path.read_bytes(), Loader)  # noqa: S506 -- a safe loader
