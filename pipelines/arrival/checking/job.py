"""What a checking process is asked and what it answers: plain data, looked at again when it comes back."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

UNREADABLE = 2
"""The exit code of ``thidua check`` for a file that nothing could be read from."""
FENCES = ("serve_fence", "serve_confined")
"""Round a checking process, as ``thidua doctor`` names them."""
Sentence = Annotated[str, StringConstraints(max_length=200_000)]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Job(_Plain):
    """Files of one unit, checked together."""

    files: tuple[str, ...]
    """Paths from where the process works; each alone in its folder, under the name it was sent with."""
    marked: str
    """A folder for the marked files, each named by the number of its file."""
    programme_id: str
    unit_code: str
    today: date


class MessageTold(_Plain):
    """One message; as ``pipelines.check.report.ToldMessage``."""

    severity: str
    lines: tuple[Sentence, ...]
    where: Sentence
    fixes: tuple[Sentence, ...]
    bases: tuple[tuple[Sentence, Sentence], ...]


class FileTold(_Plain):
    """What is said of one file."""

    file: Sentence
    exit_code: int
    """As of ``thidua check``: 0 clean, 1 blocking findings, 2 unreadable."""
    read: Sentence
    total: Sentence
    messages: tuple[MessageTold, ...]
    due: tuple[Sentence, ...] = ()
    """Until when its form is to be sent, as the documents say."""
    marked: Sentence | None = None
    """The name of the marked file, where there is one."""


class Answer(_Plain):
    """Of one job."""

    files: tuple[FileTold, ...]


class Ready(_Plain):
    """What a process says of itself before its first job."""

    without_network: bool
    confined: bool
    """Whether it can open nothing but what it needs."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fences this machine could not put up, named as in ``thidua doctor``."""
        stand = (self.without_network, self.confined)
        return tuple(name for name, is_there in zip(FENCES, stand, strict=True) if not is_there)
