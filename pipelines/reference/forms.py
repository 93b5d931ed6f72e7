"""The forms of the catalogue as the rules see them: their ids and the fields each has a place for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.reference.errors import Problems
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.forms import FormFile, WordsFile
from pipelines.reference.said import unknown
from pipelines.reference.yaml_lines import LineDict

CATALOGUE = Path(__file__).parents[1] / "forms" / "catalogue"
OWN = "forms"
"""The folder of a programme's own forms in its folder."""


@dataclass(frozen=True)
class KnownForm:
    """A form: the ids of everything it has a place for, signatures included."""

    id: str
    fields: frozenset[str]
    row_labels: tuple[str, ...] = ()
    """The rows of mẫu 02 it has other labels of."""
    programmes: tuple[str, ...] | None = None
    """The programmes that use it; None: all."""

    def is_of(self, programme: str) -> bool:
        """Whether a programme uses the form."""
        return self.programmes is None or programme in self.programmes


def own_forms(reference: Path) -> list[Path]:
    """The forms that programmes bring along: ``programmes/<programme>/forms/<form>/form.yml``."""
    return sorted((reference / "programmes").glob(f"*/{OWN}/*/form.yml"))


def form_files(reference: Path, folder: Path = CATALOGUE) -> list[Path]:
    """Every form, of several programmes or of one, in the order of their names.

    Args:
        reference: the reference folder.
        folder: the catalogue. Where a form of a programme is called as one of these, that one comes first.
    """
    files = [*folder.glob("*/form.yml"), *own_forms(reference)]
    return sorted(files, key=lambda path: (path.parent.name, path.parents[1].name == OWN, path))


def owner(path: Path) -> str:
    """The programme whose own form a file is."""
    return path.parents[2].name


def read_forms(
    folder: Path,
    problems: Problems,
    reference: Path,
    takes: Mapping[str, tuple[str, ...]],
    classes: Collection[str],
) -> dict[str, KnownForm]:
    """Check the catalogue and the programmes' own forms; one with mistakes is known by its name.

    Args:
        folder: the catalogue.
        problems: where mistakes are noted.
        reference: the reference folder.
        takes: by programme, the forms of others that it takes too (programme.yaml `forms`).
        classes: the codes of object_classes.yaml; none where that file has mistakes.
    """
    files: dict[str, FormFile | None] = {}
    own = own_forms(reference)
    for path in form_files(reference, folder):
        if path.parent.name in files:
            problems.add(path, 1, f"biểu {path.parent.name} đã có ở danh mục chung hoặc chương trình khác")
            continue
        form, data = model_from_yaml(path, FormFile, problems)
        if form:
            _classes(path, data, classes, problems)
        if form and form.id != path.parent.name:
            problems.add(path, 1, f"thư mục {path.parent.name} có biểu mã {form.id}")
        if form and path in own and form.programmes != (owner(path),):
            problems.add(path, 1, f"biểu riêng {form.id}: programmes phải là [{owner(path)}]")
        files[path.parent.name] = form
    model_from_yaml(folder / "words.yml", WordsFile, problems)
    fields = {name: _fields(form, files) if form else set() for name, form in files.items()}
    for name, form in files.items():
        if form and form.contents_of in fields:
            fields[form.contents_of] |= fields[name]
    return {
        name: KnownForm(name, frozenset(found), _rows(files[name]), _programmes(name, files, takes))
        for name, found in fields.items()
    }


def _programmes(
    name: str, files: Mapping[str, FormFile | None], takes: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...] | None:
    form = files[name]
    if form is None or form.programmes == "*":
        return None
    named = {one for other in files.values() if other and other.programmes != "*" for one in other.programmes}
    # a programme that names no form and that no form names takes them all
    free = [key for key, taken in takes.items() if not taken and key not in named]
    return (*form.programmes, *(key for key, taken in takes.items() if name in taken), *free)


def _rows(form: FormFile | None) -> tuple[str, ...]:
    return tuple(form.row_labels) if form else ()


def _classes(path: Path, data: LineDict, classes: Collection[str], problems: Problems) -> None:
    """The classes that a form has words of its own for are classes."""
    told: Any = data.get("choices", {}).get("object_class", {})
    for code in told if classes else ():
        if code not in classes:
            problems.add(path, told.lines[code], unknown("lớp", code, classes))


def _fields(form: FormFile, files: dict[str, FormFile | None]) -> set[str]:
    other = files.get(form.tables_of) if form.tables_of else None
    found = {one.id for one in form.head} | {one.id for one in form.fields}
    found |= {one.id for one in form.signatures} | (
        {one.id for one in form.contents} if not isinstance(form.contents, str) else set()
    )
    found |= {one for one in (form.pages, form.kind_field, form.meeting and form.meeting.field) if one}
    if form.takes_back:
        found |= {f"{form.takes_back.field}.{one}" for one in ("pham_vi", "so_quyet_dinh", "ngay_quyet_dinh")}
    for table in (*form.tables, *(other.tables if other else ())):
        for column in table.columns:
            names = {column.id, *column.pieces, *((column.day,) if column.day else ())}
            found |= names | ({f"{table.items_of}.{name}" for name in names} if table.items_of else set())
    return found
