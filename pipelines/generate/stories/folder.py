"""The raw folder of one unit, filled file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath
from random import Random

from pipelines.generate import people
from pipelines.generate.people import Kind, Recipient
from pipelines.generate.shape import Book, Letter, Sheet
from pipelines.generate.writers import write_book, write_letter

Files = dict[str, bytes]
"""Path below RAW -> content."""

Story = Callable[[Files, dict[str, str]], None]
"""Puts the files of one programme; the second argument gives unit names by code."""


class Folder:
    """What one unit of one programme sends; chance depends on the unit alone: others change nothing."""

    def __init__(self, files: Files, programme: str, code: str, name: str, seed: int | None = None) -> None:
        """Open the folder of a unit; what it sends goes into ``files``."""
        self.files, self.programme, self.code, self.name = files, programme, code, name
        source = f"{programme}/{code}" if seed is None else f"{seed}/{programme}/{code}"
        self.rng = Random(source)  # noqa: S311 - synthetic data, no secret
        self.chief = self.signatory()

    def put(self, day: str, file_name: str, content: Book | Sheet | Letter | bytes) -> bytes:
        """Write a file received on a day (ISO); the extension decides the format. Returns its bytes."""
        if isinstance(content, Sheet):
            content = Book([content])
        if isinstance(content, Book):
            content = write_book(content, PurePosixPath(file_name).suffix)
        elif isinstance(content, Letter):
            content = write_letter(content)
        self.files[f"{self.programme}/{self.code}/{date.fromisoformat(day)}/{file_name}"] = content
        return content

    def signatory(self) -> str:
        """A synthetic name to sign with."""
        return people.person(self.rng, self.name, leader=True).name

    def people(self, *kinds: tuple[Kind, int]) -> list[Recipient]:
        """So many recipients of each kind; persons work directly."""
        return list(self._people(kinds))

    def _people(self, kinds: tuple[tuple[Kind, int], ...]) -> Iterator[Recipient]:
        for kind, count in kinds:
            for _ in range(count):
                if kind == "ca_nhan":
                    yield people.person(self.rng, self.name, leader=False)
                else:
                    yield people.recipient(self.rng, kind, self.name)
