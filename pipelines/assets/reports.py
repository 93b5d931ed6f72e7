"""The asset of the quality reports: made from the published snapshot, mailed later by ``thidua send``."""

import shutil
from pathlib import Path

from dagster import AssetExecutionContext, MaterializeResult, asset

from pipelines.assets.night_resource import Night
from pipelines.assets.retries import tried_again
from pipelines.reports.build import build_reports
from pipelines.reports.mail.memory import Memory
from pipelines.reports.places import report_folder
from pipelines.reports.published import Published
from pipelines.reports.reading import read_published
from pipelines.sentences import text


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
        briefs = _take_briefs(request.home.dashboards, built.folder, published)
    if built.without:
        night.log.figures["without_reports"] = "; ".join(built.without)
    return MaterializeResult(
        metadata={
            "letters": built.letters,
            "files_given_back": built.files,
            "units_taken_over": built.units_taken_over,
            "briefs": briefs,
            "units_without": list(built.without),
        }
    )


def _take_briefs(dashboards: Path, reports: Path, published: Published) -> int:
    """Put the one-page briefs of this very night among its reports; says how many files there were.

    Where the pages could not be made tonight, those that stand are of another night and stay where they are.
    """
    from dashboards.formats import slug
    from dashboards.site import BRIEFS

    taken = 0
    for programme_id in published.programmes:
        page = dashboards / BRIEFS / f"{slug(programme_id)}.html"
        mark = f'<meta name="night" content="{published.as_of.isoformat()}">'
        if not page.exists() or mark not in page.read_text("utf-8"):
            continue
        folder = report_folder(reports, programme_id)
        folder.mkdir(exist_ok=True)
        for path in (page, page.with_suffix(".pdf")):
            if path.exists():
                shutil.copyfile(path, folder / text("brief.file", kind=path.suffix))
                taken += 1
    return taken
