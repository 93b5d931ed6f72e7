"""What the templates offer and say besides their forms: drop-down lists, how to fill them in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.generate import layouts
from pipelines.reference.reference import Reference

_DATA = Path(__file__).parent / "data" / "templates.yml"


@cache
def plan() -> dict[str, Any]:
    """The content of ``data/templates.yml``."""
    return dict(read_plain(_DATA))


class Options:
    """The drop-down lists of one reference folder."""

    def __init__(self, reference: Reference, address: str = "") -> None:
        """Take award names and annex labels.

        Args:
            reference: the reference data.
            address: of the pages where units check and send files; empty where there are none.
        """
        self._address = address
        self._awards = reference.awards.awards
        self._annex = reference.annex

    def of(self, name: str, programme: str | None) -> tuple[str, ...]:
        """The list of a name used in ``templates.yml``.

        Raises:
            KeyError: no list has this name.
        """
        if name == "awards":
            return self.awards()
        if name == "years":
            first, last = plan()["years"][programme or "all"]
            return tuple(str(year) for year in range(first, last + 1))
        if name == "fields":
            return tuple(layouts.fields(programme or ""))
        return _labels(name)

    def awards(self) -> tuple[str, ...]:
        """Official names of all that is an award."""
        kinds, codes = plan()["no_award_kinds"], plan()["no_award_codes"]
        return tuple(
            award.official_name
            for award in self._awards
            if award.kind not in kinds and award.code not in codes
        )

    def guide(self, form: str, annex: bool = False) -> tuple[str, ...]:
        """How a form is filled in and sent, numbered."""
        told = plan()["guide"]
        sent = told["page"].format(address=self._address) if self._address else told["no_page"]
        lines = [*told.get(form, []), *told["all"], sent, *([told["annex"]] if annex else [])]
        return tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))

    def annex_labels(self, programme: str) -> tuple[str, ...]:
        """What the added annex asks of a programme."""
        return tuple(label.label_vi for label in self._annex if programme in label.programmes)


def _labels(name: str) -> tuple[str, ...]:
    kinds = layouts.values("short_kinds")
    if name == "two_kinds":
        return kinds["tap_the"], kinds["ca_nhan"]
    if name == "city_kinds":
        return kinds["tap_the"], kinds["ca_nhan"], layouts.values("household")
    if name == "classes":
        classes = layouts.values("classes")
        return (*classes["ca_nhan"], *classes["tap_the"])
    values = layouts.values(name)
    return tuple(values.values() if isinstance(values, dict) else values)
