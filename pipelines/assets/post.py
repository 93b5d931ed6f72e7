"""Mails in and out, in Dagster's interface: ``thidua collect`` and ``thidua send``, each on its schedule."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    DefaultScheduleStatus,
    Failure,
    JobDefinition,
    OpExecutionContext,
    RunRequest,
    RunsFilter,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    in_process_executor,
    job,
    op,
    schedule,
)
from yaml import YAMLError

from pipelines.arrival.approvals import Approvals
from pipelines.arrival.mailbox.collect import CannotCollect, collect
from pipelines.common.yaml_files import read_plain
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.night.schedule import load_schedule
from pipelines.reports.mail.sending import CannotSend, send_reports

COLLECT, SEND = "collect_mails", "send_mails"
KEPT = timedelta(days=7)
"""Runs of these jobs are many and alike; the journal and the memory of mails keep what they did."""
_NOT_DONE = [DagsterRunStatus.QUEUED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]


def post(request: NightRequest) -> tuple[list[JobDefinition], list[ScheduleDefinition]]:
    """The two jobs of a home and their schedules.

    Args:
        request: raw folder, home, reference data, settings.
    """
    times = load_schedule()
    collecting = _job(COLLECT, lambda say: _collected(request, say))
    sending = _job(SEND, lambda say: _sent(request, say))
    return [collecting, sending], [
        _scheduled(collecting, times.collect_cron, lambda: _why_not_collect(request)),
        _scheduled(sending, times.send_cron, lambda: _why_not_send(request)),
    ]


def forget_old(instance: DagsterInstance) -> int:
    """Let Dagster forget runs of these jobs that ended long ago; says how many."""
    old = [
        record.dagster_run.run_id
        for name in (COLLECT, SEND)
        for record in instance.get_run_records(
            RunsFilter(job_name=name, updated_before=datetime.now(UTC) - KEPT), limit=100
        )
        if record.dagster_run.is_finished
    ]
    for run_id in old:
        instance.delete_run(run_id)
    return len(old)


def _job(name: str, do: Callable[[Callable[[str], None]], None]) -> JobDefinition:
    @op(name=name.replace("mails", "all"))
    def work(context: OpExecutionContext) -> None:
        do(context.log.info)

    @job(name=name, executor_def=in_process_executor)
    def whole() -> None:
        work()

    return whole


def _collected(request: NightRequest, say: Callable[[str], None]) -> None:
    try:
        collect(request, say)
    except CannotCollect as why:
        raise Failure(str(why)) from None


def _sent(request: NightRequest, say: Callable[[str], None]) -> None:
    try:
        sent = send_reports(request, dry_run=False, approve=Approvals(request).let)
    except CannotSend as why:
        raise Failure(str(why)) from None
    for line in sent.lines:
        say(line)
    if sent.failed:
        raise Failure("\n".join(sent.lines))


def _scheduled(what: JobDefinition, cron: str, why_not: Callable[[], str]) -> ScheduleDefinition:
    @schedule(
        job=what,
        name=f"{what.name}_on_time",
        cron_schedule=cron,
        execution_timezone=str(TIME_ZONE),
        default_status=DefaultScheduleStatus.RUNNING,
    )
    def on_time(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
        """A run, unless there is nothing to do or the last one is not done."""
        if context.instance.get_runs_count(RunsFilter(job_name=what.name, statuses=_NOT_DONE)):
            return SkipReason("the run before it is not done")
        why = why_not()
        return SkipReason(why) if why else RunRequest()

    return on_time


def _why_not_collect(request: NightRequest) -> str:
    """Asked every few minutes, so it looks for one word; whether the settings are right, the run says."""
    try:
        settings = read_plain(request.settings)
    except (OSError, YAMLError) as error:
        return str(error)
    is_set = isinstance(settings, dict) and bool(settings.get("imap"))
    return "" if is_set else "no mailbox is set (imap in settings.yml)"


def _why_not_send(request: NightRequest) -> str:
    return "" if request.home.warehouse.exists() else "no night is published yet"
