"""What a programme's folder may hold beside its rules: forms that nominate, awards, labels of the annex."""

from __future__ import annotations

from pydantic import Field

from pipelines.reference.models.awards import Award
from pipelines.reference.models.base import Code, Model, Whole
from pipelines.reference.models.judges import HeadPosition, NominationForm, WindowRule
from pipelines.reference.models.labels import AnnexLabel


class OwnNominations(Model):
    """nominations.yaml of a programme: a list that is given stands in place of the common one for it."""

    version: Whole
    forms: tuple[NominationForm, ...] | None = None
    attached: tuple[Code, ...] | None = None
    windows: dict[str, WindowRule] = Field(default_factory=dict)
    heads: tuple[HeadPosition, ...] = ()


class OwnAwards(Model):
    """awards.yaml of a programme: awards that only it gives."""

    version: Whole
    awards: tuple[Award, ...]


class OwnAnnex(Model):
    """annex_labels.yaml of a programme: labels without `programmes` are its own."""

    version: Whole
    labels: tuple[AnnexLabel, ...]
