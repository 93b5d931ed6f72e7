"""The asset of the quality reports: made from the published snapshot, mailed later by ``thidua send``."""

from dagster import AssetExecutionContext, MaterializeResult, asset

from pipelines.assets.night_resource import Night
from pipelines.assets.retries import tried_again
from pipelines.reports.build import build_reports
from pipelines.reports.mail.memory import Memory
from pipelines.reports.published import read_published


@asset(deps=["published_snapshot"], group_name="publication")
def quality_reports(context: AssetExecutionContext, night: Night) -> MaterializeResult[None]:
    """The findings workbook, and per unit a letter and its own files with the cells to mend marked."""
    request = night.request
    with tried_again(context.op_execution_context), night.log.stage("reports") as bar:
        published = read_published(request.home.warehouse)
        bar.total(sum(len(published.units_to_write_to(one)) for one in published.programmes))
        built = build_reports(
            published,
            request.home.reports(request.as_of),
            request.raw,
            request.reference,
            request.settings,
            Memory(request.home.outbox),
            bar.advance,
        )
    if built.without:
        night.log.figures["without_reports"] = "; ".join(built.without)
    return MaterializeResult(
        metadata={
            "letters": built.letters,
            "files_given_back": built.files,
            "units_taken_over": built.units_taken_over,
            "units_without": list(built.without),
        }
    )
