"""Templates to answers; what is data is escaped, always."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from dashboards.theme import css_variables
from pipelines.arrival.web.visit import TOKEN, Visit
from pipelines.common.paths import PROJECT
from pipelines.night.request import TIME_ZONE
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

_SITE_CSS = PROJECT / "dashboards" / "assets" / "site.css"


def page(visit: Visit, template: str, status: int = 200, **context: Any) -> Response:
    """A page for whoever asks.

    Args:
        visit: the request.
        template: its file.
        status: of HTTP.
        context: what the template shows.
    """
    shown = {"visit": visit, "office": visit.office, "account": visit.account, "path": visit.request.url.path}
    html = _templates().get_template(template).render(shown | context)
    return visit.with_cookie(HTMLResponse(html, status))


def download(name: str, data: bytes) -> Response:
    """A file to be saved, never shown: whatever it holds, no browser takes it for a page."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@cache
def stylesheet() -> str:
    """The look of the dashboards, and what forms need beside it."""
    own = (PROJECT / "pipelines" / "arrival" / "web" / "templates" / "forms.css").read_text("utf-8")
    return css_variables() + _SITE_CSS.read_text("utf-8") + own


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipelines.arrival.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"t": text, "token_name": TOKEN}
    environment.filters |= {"moment": _moment, "day": _day, "n": format_number, "kb": _kilobytes}
    return environment


def _moment(at: datetime) -> str:
    return at.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")


def _day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def _kilobytes(size: int) -> str:
    return format_number(max(1, round(size / 1000)))
