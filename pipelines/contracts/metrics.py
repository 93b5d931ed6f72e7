"""What each figure counts: one definition per metric, read from metrics.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.common.yaml_files import read_plain


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that pages, letters and workbooks show; they read its column and never count it again."""

    name: str
    label: str
    """Vietnamese, as it is shown."""
    meaning: str
    """A Vietnamese sentence."""
    column: str
    """``mart.column`` of the published file."""
    numerator: str = ""
    denominator: str = ""
    """Of a share, in words; empty for a count."""


@cache
def metrics() -> tuple[Metric, ...]:
    """All metrics, in the order of the file.

    Raises:
        TypeError: an entry has a key no metric has, or lacks one.
    """
    loaded = read_plain(Path(__file__).with_suffix(".yml"))
    return tuple(Metric(**entry) for entry in loaded)
