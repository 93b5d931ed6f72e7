"""What is named and is not there: told once for a programme's folder, with every place that names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from pipelines.reference.errors import Problem
from pipelines.reference.forms import KnownForm
from pipelines.reference.places import Places
from pipelines.reference.said import allowed, meant, unknown

FORM = "biểu"
_SLIP = 0.8
_MOST = 6
"""How many further places are named; more would not be read."""


class Lacking:
    """Gathers names of nothing, so that one cause is one message.

    Args:
        forms: the forms of the catalogue, and of the programmes.
        places: where each id stands; problems are noted there.
        owners: whose a unit, a type, a field, a window is; a programme is not offered those of others.
    """

    def __init__(
        self, forms: Mapping[str, KnownForm], places: Places, owners: Mapping[str, Collection[str]]
    ) -> None:
        """Start with nothing lacking."""
        self.forms, self.places, self.owners = forms, places, owners
        self._found: defaultdict[tuple[str, str, str], dict[Problem, str]] = defaultdict(dict)

    def note(self, name: str, what: str, value: str, known: Iterable[str]) -> None:
        """Remember that `name` names something that is not there.

        Args:
            name: the id of what names it; of a unit ``unit:CODE``.
            what: the kind of thing, in Vietnamese.
            value: what is named.
            known: what there is.
        """
        place = self.places.problem(name, "", value)
        is_form = what.startswith(FORM)
        said = self._form(place, what, value, known) if is_form else self._other(place, what, value, known)
        # a form is one thing, whatever it is asked for as
        cause = (_folder(place.file), FORM if is_form else what, value)
        self._found[cause].setdefault(place, f"{name.removeprefix('unit:')}: {said}")

    def tell(self) -> None:
        """Note each thing once, at the first place that names it."""
        for found in self._found.values():
            first, *others = sorted(found)
            named = [f"{PurePosixPath(one.file).name}:{one.line}" for one in others]
            more = f" … (tất cả {len(found)} chỗ)" if len(named) > _MOST else ""
            also = f"; cũng ghi ở {', '.join(named[:_MOST])}{more}" if named else ""
            self.places.problems.found.append(Problem(first.file, first.line, found[first] + also))

    def _other(self, place: Problem, what: str, value: str, known: Iterable[str]) -> str:
        """Of anything but a form: what the programme in whose folder it is named may name."""
        programme = _folder(place.file).rpartition("/")[2]
        offered = [
            one
            for one in sorted(known)
            if not programme or not {"*", programme}.isdisjoint(self.owners.get(one, "*"))
        ]
        return unknown(what, value, offered)

    def _form(self, place: Problem, what: str, value: str, known: Iterable[str]) -> str:
        """Of a form that a programme names: one that it uses, or where to write its own."""
        folder = _folder(place.file)
        if not folder:
            return unknown(what, value, sorted(known))
        path = PurePosixPath(place.file)
        # programme.yaml names forms of others
        of_all = path.name == "programme.yaml"
        used = sorted(
            one for one in known if of_all or one not in self.forms or self.forms[one].is_of(path.parts[1])
        )
        own = f" – biểu riêng thì viết ở {folder}/forms/{value}/form.yml"
        # codes of forms are alike: only a slip of the pen is one
        return f"không có {what} «{value}»{meant(value, used, _SLIP) or own} (có: {allowed(used)})"


def _folder(file: str) -> str:
    """``programmes/<programme>`` of a file in it; empty of a common one."""
    parts = PurePosixPath(file).parts
    return "/".join(parts[:2]) if parts[0] == "programmes" and len(parts) > 2 else ""
