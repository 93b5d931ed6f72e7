"""The files of one programme's folder that add to the common ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.reference.models.awards import Award
from pipelines.reference.models.base import Model
from pipelines.reference.models.coverage import PoliciesFile, PolicyDef
from pipelines.reference.models.judges import NominationForm, NominationsFile
from pipelines.reference.models.labels import AnnexLabel
from pipelines.reference.models.own import OwnAnnex, OwnAwards, OwnNominations
from pipelines.reference.models.programmes import Document, Field, FieldsFile, Programme
from pipelines.reference.models.units import Unit, UnitAlias, UnitType, UnitTypesFile

M = TypeVar("M", bound=Model)
Read = Callable[[str, type[M]], M | None]


@dataclass
class Own:
    """What programmes' folders add, gathered over all of them."""

    fields: list[Field] = field(default_factory=list)
    unit_types: list[UnitType] = field(default_factory=list)
    aliases: list[UnitAlias] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    annex: list[AnnexLabel] = field(default_factory=list)
    policies: list[PolicyDef] = field(default_factory=list)
    nominations: dict[str, OwnNominations] = field(default_factory=dict)

    def add(self, programme_id: str, programme: Programme | None, read: Read) -> None:
        """Read a programme's optional files.

        Args:
            programme_id: whose folder it is.
            programme: its programme.yaml; None where that has mistakes: the other files have theirs told too.
            read: reads one of its files by name; None where it is not there.
        """
        self.documents += programme.documents if programme else ()
        if fields := read("fields.yaml", FieldsFile):
            self.fields += fields.fields
        if types := read("unit_types.yaml", UnitTypesFile):
            self.unit_types += types.unit_types
            self.aliases += types.aliases
        if awards := read("awards.yaml", OwnAwards):
            self.awards += awards.awards
        if annex := read("annex_labels.yaml", OwnAnnex):
            self.annex += [
                label if label.programmes else label.model_copy(update={"programmes": (programme_id,)})
                for label in annex.labels
            ]
        if policies := read("policies.yaml", PoliciesFile):
            self.policies += policies.policies
        if nominations := read("nominations.yaml", OwnNominations):
            self.nominations[programme_id] = nominations

    def merged(self, common: NominationsFile) -> NominationsFile:
        """The common file with every programme's windows and posts; its forms stay those of all."""
        windows = dict(common.windows)
        heads = common.heads
        for own in self.nominations.values():
            windows |= own.windows
            heads += own.heads
        return common.model_copy(update={"windows": windows, "heads": heads})


def nominating(
    common: NominationsFile, own: dict[str, OwnNominations], programme_id: str
) -> tuple[NominationForm, ...]:
    """The forms that name a programme's nominees: its own list, else the common one."""
    mine = own.get(programme_id)
    return common.forms if mine is None or mine.forms is None else mine.forms


def attached(common: NominationsFile, own: dict[str, OwnNominations], programme_id: str) -> tuple[str, ...]:
    """The forms attached to a programme's nominees by name: its own list, else the common one."""
    mine = own.get(programme_id)
    return common.attached if mine is None or mine.attached is None else mine.attached
