"""Ladders: what «… trở lên» means, as ordered steps of award codes, ratings or classes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipelines.reference.models.base import Model, Text, Whole


class Ladder(Model):
    """Steps from the lowest to the highest; the codes of one step stand equal. `above` goes on from there."""

    id: Text
    label_vi: Text
    of: Literal["awards", "ratings", "classes"]
    steps: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    above: Text | None = None
    basis_vi: Text


class LaddersFile(Model):
    """ladders.yaml."""

    version: Whole
    ladders: tuple[Ladder, ...]


class AtLeast(Model):
    """«<step> trở lên» where a list of codes may stand: `step` is any code of the lowest step that counts."""

    ladder: Text
    step: Text
