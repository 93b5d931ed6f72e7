"""What may pass is tried again with growing pauses; what is wrong with the data never is."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from dagster import OpExecutionContext, RetryRequested

from pipelines.night.schedule import load_schedule

# A share that is away for a moment, a cut connection, a file another program holds for a moment.
PASSING = {
    errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET,
    errno.ECONNREFUSED, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH,
    errno.EPIPE, errno.ENOTCONN, errno.EREMOTEIO, errno.ETXTBSY,
}  # fmt: skip

LOCKED = "Could not set lock"
"""What DuckDB says when another program has the file open for a moment; a damaged file says otherwise."""


def may_pass(error: BaseException) -> bool:
    """Whether trying again may help: trouble of the machine's, not of the data."""
    if isinstance(error, duckdb.IOException):
        return LOCKED in str(error)
    return isinstance(error, OSError) and error.errno in PASSING


@contextmanager
def tried_again(context: OpExecutionContext) -> Iterator[None]:
    """Ask Dagster for another try of the step when the body fails by something that may pass.

    Raises:
        RetryRequested: with the pause of schedule.yml that follows the tries so far; after the last one
            the step fails with the error itself.
    """
    waits = load_schedule().retry_after_seconds
    try:
        yield
    except Exception as error:
        if not may_pass(error) or context.retry_number >= len(waits):
            raise
        context.log.warning(f"{error}; tried again in {waits[context.retry_number]} s")
        raise RetryRequested(max_retries=len(waits), seconds_to_wait=waits[context.retry_number]) from error
