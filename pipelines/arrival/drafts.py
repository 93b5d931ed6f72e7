"""HOME/arrival/drafts: files that were checked and not yet sent in; after a day they are gone."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.checking.checkers import Checked
from pipelines.arrival.checking.job import FileTold
from pipelines.common.paths import Home

KEPT_SECONDS = 24 * 3600
_ID = re.compile(r"[A-Za-z0-9_-]{20,60}")


@dataclass(frozen=True, slots=True)
class Draft:
    """Files checked together."""

    id: str
    login: str
    place: Place
    names: tuple[str, ...]
    told: tuple[FileTold, ...]
    """What was said of each; empty where they could not be checked."""
    trouble: str = ""
    """Why they could not be checked."""


class Drafts:
    """The folder of one home."""

    def __init__(self, home: Home) -> None:
        """Name the folder."""
        self._folder = home.arrival / "drafts"

    def keep(
        self,
        login: str,
        place: Place,
        files: Sequence[tuple[str, bytes]],
        checked: Sequence[Checked],
        trouble: str = "",
    ) -> Draft:
        """Keep files with what is said of them; what is older than a day goes.

        Args:
            login: who sent them.
            place: for whom.
            files: names and bytes.
            checked: one for each file, or none.
            trouble: why there is none.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        draft = Draft(
            secrets.token_urlsafe(24),
            login,
            place,
            tuple(name for name, _ in files),
            tuple(one.told for one in checked),
            trouble,
        )
        fresh = self._folder / f".{draft.id}"
        try:
            _write(fresh, draft, files, checked)
            os.rename(fresh, self._folder / draft.id)
        except OSError:  # a full disk: what was written takes room that others need
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        return draft

    def of(self, id_: str, login: str) -> Draft | None:
        """Somebody's own draft; None where there is none, or it is another's."""
        folder = self._of(id_)
        if folder is None:
            return None
        try:
            told = json.loads((folder / "draft.json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        if told["login"] != login:
            return None
        files = tuple(FileTold.model_validate(one) for one in told["told"])
        return Draft(id_, login, Place(*told["place"]), tuple(told["names"]), files, told["trouble"])

    def bytes_of(self, draft: Draft, number: int, *, marked: bool = False) -> bytes | None:
        """A file of a draft, or its marked twin."""
        path = self._folder / draft.id / (f"{number}-marked" if marked else str(number))
        return path.read_bytes() if path.is_file() else None

    def forget(self, draft: Draft) -> None:
        """It was sent in, or is not wanted."""
        shutil.rmtree(self._folder / draft.id, ignore_errors=True)

    def _of(self, id_: str) -> Path | None:
        return self._folder / id_ if _ID.fullmatch(id_) else None

    def _sweep(self) -> None:
        for folder in self._folder.iterdir():
            with suppress(FileNotFoundError):  # others send theirs in meanwhile
                if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)


def _write(
    folder: Path, draft: Draft, files: Sequence[tuple[str, bytes]], checked: Sequence[Checked]
) -> None:
    """The files of a draft, the marked ones beside them, and what was said of each."""
    folder.mkdir(mode=0o700)
    for number, (_, data) in enumerate(files):
        (folder / str(number)).write_bytes(data)
    for number, one in enumerate(checked):
        if one.marked is not None:
            (folder / f"{number}-marked").write_bytes(one.marked)
    told = {
        "login": draft.login,
        "place": [draft.place.programme_id, draft.place.unit_code],
        "names": draft.names,
        "told": [one.model_dump() for one in draft.told],
        "trouble": draft.trouble,
    }
    (folder / "draft.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
