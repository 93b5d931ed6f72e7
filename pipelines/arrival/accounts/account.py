"""An account: who it is, what it may see and do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["unit", "officer", "leader", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A programme, or one unit in it."""

    programme_id: str
    unit_code: str = ""
    """Empty: the whole programme."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    login: str
    name: str
    role: Role
    places: tuple[Place, ...] = ()
    """A unit's own; the programmes of officers and leaders; none of an operator, who sees all."""
    is_open: bool = True
    has_password: bool = False

    def sends_for(self, place: Place) -> bool:
        """Whether it may send files of a unit, and see what came of them."""
        return self.role == "unit" and place in self.places

    def oversees(self, programme_id: str) -> bool:
        """Whether it sees all units of a programme."""
        if self.role == "operator":
            return True
        return self.role in ("officer", "leader") and Place(programme_id) in self.places

    def decides(self, programme_id: str) -> bool:
        """Whether it approves letters, invites units, gives waivers: leaders only read."""
        return self.role != "leader" and self.oversees(programme_id)

    @property
    def sees_figures(self) -> bool:
        """Whether the dashboards, which show all units, are for it."""
        return self.role != "unit"
