"""The night as a Dagster resource: its arguments, its lock for the whole run, its log of figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dagster import ConfigurableResource, Failure, InitResourceContext
from pydantic import PrivateAttr

from pipelines.common.processes import sweep, temporary_files
from pipelines.night import diary
from pipelines.night.clock import problem_with_clock
from pipelines.night.problem import problem_of_run
from pipelines.night.request import TIME_ZONE, NightLog, NightRequest, exclusive
from pipelines.night.undo import undo
from pipelines.publish import permissions, snapshot
from pipelines.sentences import text
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
    engine: str = ""

    _run_id: str = PrivateAttr(default="")

    @property
    def request(self) -> NightRequest:
        """The arguments with defaults filled in."""

        def path(given: str) -> Path | None:
            return Path(given) if given else None

        return NightRequest.make(
            raw=path(self.raw),
            home=path(self.home),
            as_of=date.fromisoformat(self.as_of) if self.as_of else None,
            reference=path(self.reference),
            settings=path(self.settings),
            engine=self.engine or None,
        )

    @property
    def log(self) -> NightLog:
        """Figures the stages of this run leave for the summary."""
        return log_of(self._run_id)

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Night"]:
        """Hold the home's lock from the first step of a run to its last; note its begin and its end."""
        request = self.request
        if not self.as_of and (behind := problem_with_clock(request.home)):
            raise Failure(description=f"{behind.why}; {behind.do}", allow_retries=False)
        sweep()
        with exclusive(request), temporary_files():
            self._run_id = context.run_id or ""
            _undo_last_if_unpublished(request)
            self._note("began", raw=str(request.raw))
            try:
                yield self
            finally:
                published = "published_at" in self.log.figures
                problem = problem_of_run(context.instance, self._run_id) if context.instance else None
                why = {"step": problem.step, "why": problem.why, "do": problem.do} if problem else {}
                if problem is None and not published:
                    why = {"step": "run", "why": text("failed.unpublished"), "do": text("night.do_again")}
                self.log.figures.update(why)
                try:
                    nights.record(request, self.log, published=published)
                finally:
                    stages = {stage.name: round(stage.seconds, 1) for stage in self.log.stages}
                    self._note("ended", raw=str(request.raw), published=published, stages=stages, **why)
                    permissions.tighten(request.home)

    def _note(self, event: str, **more: Any) -> None:
        request, now = self.request, datetime.now(TIME_ZONE).isoformat(timespec="seconds")
        diary.write(request.home, diary.Entry(event, self._run_id, request.as_of.isoformat(), now, **more))


def _undo_last_if_unpublished(request: NightRequest) -> None:
    told = [night for night in diary.nights(request.home) if not night.was_refused]
    last = told[-1] if told else None
    if last is None or (last.ended is not None and last.ended.published):
        return
    as_of = date.fromisoformat(last.began.as_of)
    if snapshot.published_run(request.home) == last.began.run_id:  # cut off after it had published
        snapshot.keep_dated(request.home, as_of)
    else:
        undo(request.home, as_of, last.began.run_id)
