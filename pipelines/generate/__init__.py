"""Synthetic submissions: the sample of data/raw and ``thidua generate``."""

from pipelines.generate.bulk import generate

__all__ = ["generate"]
