"""What people decided on who is who: `recipient_decisions.yaml`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from pipelines.reference.models.base import Day, Model, Text, Whole, Year

Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""A recipient's key, as `thidua lookup` prints it."""


class RecipientDecision(Model):
    """One decision, by whom, when and why; without its line it never was.

    Exactly one of: ``join`` (the keys are one recipient), ``apart`` (they are not, whatever evidence says),
    ``split`` (under one key stand two; the other one is told by ``positions`` or ``years``).
    """

    join: tuple[Key, ...] | None = Field(default=None, min_length=2)
    apart: tuple[Key, ...] | None = Field(default=None, min_length=2, max_length=2)
    split: Key | None = None
    positions: tuple[Text, ...] = ()
    years: tuple[Year, ...] = ()
    by: Text
    date: Day
    why: Text

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(part is not None for part in (self.join, self.apart, self.split)) != 1:
            raise ValueError("mỗi quyết định ghi đúng một trong ba khóa: join, apart, split")
        if self.split is None and (self.positions or self.years):
            raise ValueError("positions, years chỉ đi với split")
        if self.split is not None and bool(self.positions) == bool(self.years):
            raise ValueError("split cần một trong hai: positions (chức vụ) hoặc years (năm) của người kia")
        if any(len(set(keys)) < len(keys) for keys in (self.join or (), self.apart or ())):
            raise ValueError("một mã ghi hai lần trong một quyết định")
        return self


class RecipientDecisionsFile(Model):
    """recipient_decisions.yaml."""

    version: Whole
    decisions: tuple[RecipientDecision, ...] = ()
