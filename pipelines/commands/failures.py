"""What a command could not foresee, as one sentence with what to do; never a traceback."""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path

from pipelines.common.refusals import path_in, refusal_of
from pipelines.sentences import text

UNFORESEEN, UNUSABLE = 1, 2


def exit_code_of(error: BaseException) -> int:
    """2 where data or settings cannot be used, as of arguments; 1 for whatever else ended a command."""
    from pipelines.reference.errors import ReferenceError

    return UNUSABLE if isinstance(error, ReferenceError) else UNFORESEEN


def sentence_of(error: BaseException) -> str:
    """One sentence for the user; of what nobody foresaw, the details go to a file that it names.

    Args:
        error: what ended the command.
    """
    from duckdb import BinderException, CatalogException

    from pipelines.reference.errors import ReferenceError

    if isinstance(error, ReferenceError):
        return f"{text('failed.reference')}\n{error}"
    if kind := refusal_of(error):
        known = _missing_folder(error) or getattr(error, "filename", None) or path_in(str(error))
        path = known or text("failed.somewhere")
        return f"{text(f'failed.{kind}', path=path)} {text(f'failed.{kind}.do')}"
    if isinstance(error, (BinderException, CatalogException)):  # published before an upgrade
        return text("failed.other_version", log=_written_down(error))
    return text("failed.other", why=_first_line(error), log=_written_down(error))


def _missing_folder(error: BaseException) -> str | None:
    """The folder that is not there, where a file of our own naming was to be made in it first."""
    given = getattr(error, "filename", None)
    path = Path(os.fsdecode(given)) if given else Path()
    if not path.name.startswith(".") or path.parent.exists():
        return None
    return str(path.parent)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _written_down(error: BaseException) -> str:
    """The traceback in a file of its own, for whoever looks after the software."""
    try:
        handle, name = tempfile.mkstemp(prefix="thidua-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.writelines(traceback.format_exception(error))
    except OSError:
        return text("failed.no_log")
    return str(Path(name))
