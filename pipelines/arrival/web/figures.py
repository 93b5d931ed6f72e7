"""The dashboards, for whoever may see all units."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from pipelines.arrival.web.visit import Visit


async def file(visit: Visit) -> Response:
    """A file of the published pages; of nothing beside them."""
    if not visit.need().sees_figures:
        raise HTTPException(404)
    folder = visit.office.home.dashboards.resolve()
    try:
        path = (folder / visit.request.path_params["path"]).resolve()
        is_there = path.is_relative_to(folder) and path.is_file()
    except (ValueError, OSError):  # a zero byte; a name longer than names are
        is_there = False
    if not is_there:
        raise HTTPException(404)
    return FileResponse(path, headers={"cache-control": "private, no-cache"})
