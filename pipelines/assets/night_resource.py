"""The night as a Dagster resource: its arguments, its lock for the whole run, its log of figures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext
from pydantic import PrivateAttr

from pipelines.night import NightLog, NightRequest, exclusive
from pipelines.warehouse import nights

_LOGS: dict[str, NightLog] = {}


def log_of(run_id: str) -> NightLog:
    """The log of a run of this process; Dagster copies resources, so it cannot live in one."""
    return _LOGS.setdefault(run_id, NightLog(run_id=run_id))


class Night(ConfigurableResource):
    """What ``thidua nightly`` was asked for; empty values mean the environment, then the defaults.

    Scheduled runs are configured by ``THIDUA_RAW``, ``THIDUA_HOME``, ``THIDUA_REFERENCE`` and
    ``THIDUA_SETTINGS``.
    """

    raw: str = ""
    home: str = ""
    as_of: str = ""
    reference: str = ""
    settings: str = ""

    _run_id: str = PrivateAttr(default="")

    @property
    def request(self) -> NightRequest:
        """The arguments with defaults filled in."""

        def path(given: str, variable: str) -> Path | None:
            value = given or os.environ.get(variable, "")
            return Path(value) if value else None

        return NightRequest.make(
            raw=path(self.raw, "THIDUA_RAW"),
            home=path(self.home, "THIDUA_HOME"),
            as_of=date.fromisoformat(self.as_of) if self.as_of else None,
            reference=path(self.reference, "THIDUA_REFERENCE"),
            settings=path(self.settings, "THIDUA_SETTINGS"),
        )

    @property
    def log(self) -> NightLog:
        """Figures the stages of this run leave for the summary."""
        return log_of(self._run_id)

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Night"]:
        """Hold the home's lock from the first step of a run to its last."""
        with exclusive(self.request):
            self._run_id = context.run_id or ""
            try:
                yield self
            finally:
                nights.record(self.request, self.log, published="published_at" in self.log.figures)
