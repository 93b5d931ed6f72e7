"""The pages leaders open, made from the published snapshot."""

from dagster import AssetExecutionContext, MaterializeResult, asset

from pipelines.assets.night_resource import Night
from pipelines.assets.retries import tried_again


@asset(deps=["published_snapshot"], group_name="publication")
def dashboards(context: AssetExecutionContext, night: Night) -> MaterializeResult[None]:
    """All pages in a fresh folder that replaces the old one; without a Chromium the pictures are left out."""
    from datetime import datetime
    from functools import partial

    from dashboards.build import build
    from pipelines.arrival.rulings import in_force
    from pipelines.night.request import TIME_ZONE

    request = night.request
    with tried_again(context.op_execution_context), night.log.stage("dashboards") as bar:
        built = build(
            request.home.warehouse,
            request.home.dashboards,
            datetime.now(TIME_ZONE),
            request.reference,
            request.settings,
            decided=partial(in_force, request.home),
            total=bar.total,
            advance=bar.advance,
        )
    night.log.figures["pictures"] = built.pictures
    if built.no_pictures:
        night.log.figures["no_pictures"] = built.no_pictures
    return MaterializeResult(
        metadata={
            "pages": built.pages,
            "pages_drawn": built.pages_drawn,
            "pictures": built.pictures,
            "downloads": built.downloads,
            "largest_page_bytes": built.largest_page,
            "no_pictures": built.no_pictures,
        }
    )
