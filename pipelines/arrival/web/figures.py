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
    except ValueError:  # a zero byte
        raise HTTPException(404) from None
    if not path.is_relative_to(folder) or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers={"cache-control": "private, no-cache"})
