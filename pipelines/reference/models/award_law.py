"""What the law says of titles through the years: `award_law.yaml`."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from pipelines.reference.models.base import Code, Day, Flag, Model, RecipientKind, Text, Whole


class Law(Model):
    """A document and the days it is in force."""

    id: Code
    name_vi: Text
    valid_from: Day
    valid_to: Day | None = None
    not_at_hand: dict[RecipientKind, Text] = Field(default_factory=dict)
    """By kind of recipient: titles whose clause nobody has at hand, so that no step here is about them."""


class AfterTitle(Model):
    """A title whose decision of a year follows that of a title which is a condition for it."""

    award: Code
    after: tuple[Code, ...] = Field(min_length=1)


class Need(Model):
    """One condition of a step: awards or ratings that are known, or what somebody has to be asked."""

    awards: tuple[Code, ...] = ()
    ratings: tuple[Code, ...] = ()
    times: Whole = 1
    in_a_row: Flag = False
    """In as many years on end, the last of them the last known."""
    ask_vi: Text | None = None
    words_vi: Text

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(map(bool, (self.awards, self.ratings, self.ask_vi))) != 1:
            raise ValueError("mỗi điều kiện ghi đúng một trong ba khóa: awards, ratings, ask_vi")
        return self


class Step(Model):
    """One way to a title or form of commendation, by one clause."""

    id: Code
    award: Code
    award_vi: Text
    kinds: tuple[RecipientKind, ...]
    law: Code
    clause_vi: Text
    # rpt_recipient_steps has a place for so many
    needs: tuple[Need, ...] = Field(min_length=1, max_length=6)
    is_only_way: Flag = True
    """Whether the clause knows no other way to the title."""


class AwardLawFile(Model):
    """award_law.yaml."""

    version: Whole
    laws: tuple[Law, ...]
    yearly: tuple[Code, ...]
    order: tuple[AfterTitle, ...]
    steps: tuple[Step, ...]
