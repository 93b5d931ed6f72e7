"""A cluster without a worker: Spark would wait for ever, a night does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from pyspark import SparkContext

from pipelines.sentences import text
from pipelines.spark.cluster import CLUSTER, Unreachable

PATIENCE = 120.0
"""Seconds in which a worker may come, or come back."""
LOOKS = 1.0
"""Seconds between two looks."""


@contextmanager
def watched(context: SparkContext, master: str) -> Iterator[None]:
    """End what runs where the cluster has had no worker for too long.

    Args:
        context: of a session that runs.
        master: what it works on; only a cluster is watched.

    Raises:
        Unreachable: no worker is left.
    """
    if not master.startswith(CLUSTER):
        yield
        return
    ended, gone = Event(), Event()
    watch = Thread(target=_watch, args=(context, ended, gone), daemon=True)
    watch.start()
    try:
        yield
    except Exception:
        if gone.is_set():
            raise Unreachable(text("engines.no_worker", master=master)) from None
        raise
    finally:
        ended.set()
        watch.join()


def _watch(context: SparkContext, ended: Event, gone: Event) -> None:
    seen = time.monotonic()
    with suppress(Exception):  # Java itself is gone: whoever asks it next is told
        while not ended.wait(LOOKS):
            java = context._jsc.sc()
            if java.isStopped():  # the masters gave it up
                gone.set()
                return
            if len(java.statusTracker().getExecutorInfos()) > 1:  # this process is told of too
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE:
                gone.set()
                context.cancelAllJobs()  # and those that come after them
