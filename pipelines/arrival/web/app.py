"""All addresses of ``thidua serve``, and what is shown where something goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pipelines.arrival.receiving import MB
from pipelines.arrival.web import desk, entry, figures, history, office_account, own, rulings, sending
from pipelines.arrival.web.guard import Guard, TooMuch
from pipelines.arrival.web.office import BACK, Office
from pipelines.arrival.web.render import page, stylesheet
from pipelines.arrival.web.visit import Limits, Page, Visit
from pipelines.sentences import has, text

PAGES: tuple[tuple[str, str, Page], ...] = (
    ("GET", "/", entry.first),
    ("GET", "/dang-nhap", entry.sign_in_page),
    ("POST", "/dang-nhap", entry.sign_in),
    ("GET", office_account.THERE, office_account.there),
    ("GET", BACK, office_account.back),
    ("POST", "/dang-xuat", entry.sign_out),
    ("GET", "/moi/{link}", entry.invitation_page),
    ("POST", "/moi/{link}", entry.set_password),
    ("GET", "/gui", sending.send_page),
    ("POST", "/gui/{programme}/{unit}", sending.check),
    ("GET", "/ban-nhap/{draft}", sending.draft_page),
    ("GET", "/ban-nhap/{draft}/danh-dau/{number:int}", sending.marked),
    ("POST", "/ban-nhap/{draft}/gui", sending.send_in),
    ("GET", "/bien-nhan/{numbers}", sending.receipts_page),
    ("GET", "/da-gui", own.sent_page),
    ("GET", "/viec", own.todo_page),
    ("GET", "/mau", own.templates_page),
    ("GET", "/mau/{programme}/{unit}/{name}", own.template),
    ("GET", "/mau-02/{programme}/{unit}/{kind}", own.mau_02),
    ("GET", "/thu/{programme}/{unit}", own.letter),
    ("GET", "/ban", desk.desk_page),
    ("GET", "/tra-cuu", history.ask_page),
    ("POST", "/tra-cuu", history.found_page),
    ("GET", "/tra-cuu/{recipient}", history.recipient_page),
    ("GET", "/tra-cuu/{recipient}/{format}", history.recipient_file),
    ("GET", "/cong-van", desk.letters_page),
    ("GET", "/cong-van/{programme}/{unit}", desk.letter_page),
    ("POST", "/cong-van/{programme}/{unit}", desk.decide),
    ("GET", "/cong-van/{programme}/{unit}/tep/{number:int}", desk.attachment),
    ("GET", "/noi-dung/{programme}/{unit}", rulings.findings_page),
    ("GET", "/mien/{finding}", rulings.waiver_page),
    ("POST", "/mien/{finding}", rulings.waive),
    ("GET", "/quy-tac", rulings.rules_page),
    ("GET", "/quy-tac/{chapter}", rulings.rules_page),
    ("POST", "/quy-tac/{chapter}", rulings.rule),
    ("GET", "/tai-khoan", desk.accounts_page),
    ("POST", "/tai-khoan", desk.invite_somebody),
    ("POST", "/tai-khoan/dong", desk.close_account),
    ("GET", "/nhat-ky", desk.journal_page),
    ("GET", "/so-lieu/{path:path}", figures.file),
)
"""Method, address, who answers; one visitor's rights are looked at by the answering function itself."""
REFUSED = 507
"""The machine takes no more: not even that somebody was seen can be noted."""


def make_app(office: Office, hosts: tuple[str, ...]) -> Starlette:
    """The application.

    Args:
        office: what the pages work with.
        hosts: names under which browsers may ask for it.
    """
    limits, arrival = Limits(), office.settings.arrival

    def answered(answer: Page) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return await answer(Visit(request, office, limits))

        return endpoint

    async def went_wrong(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == 401:
            return RedirectResponse(entry.AGAIN if request.method == "POST" else "/dang-nhap", 303)
        code, words = _told(error)
        if code == REFUSED:
            logging.getLogger(__name__).error("%s: %s", request.url.path, error)
        visit = Visit(request, office, limits, anonymous=code == REFUSED)
        return page(visit, "trouble.html.j2", code, heading=text("serve.trouble"), words=words)

    async def style(_: Request) -> Response:
        cached = {"cache-control": "public, max-age=300"}
        return Response(stylesheet(), media_type="text/css", headers=cached)

    upload_bytes = (arrival.mb_at_once + 1) * MB
    app = Starlette(
        routes=[
            Route("/tep/trang.css", style),
            *(Route(path, answered(answer), methods=[method]) for method, path, answer in PAGES),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Guard, upload_bytes=upload_bytes, figures="/so-lieu/"),
        ],
        exception_handlers={
            HTTPException: went_wrong,
            TooMuch: went_wrong,
            OSError: went_wrong,
            Exception: went_wrong,
        },
    )
    app.router.redirect_slashes = False  # an address is a page's or nobody's
    return app


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        code = error.status_code
        own = code in (403, 404, 409) and error.detail and " " in error.detail and not error.detail.isascii()
        key = f"serve.trouble.{code}" if has(f"serve.trouble.{code}") else "serve.trouble.400"
        return code, error.detail if own else text(key)
    code = 413 if isinstance(error, TooMuch) else REFUSED if isinstance(error, OSError) else 500
    return code, text(f"serve.trouble.{code}")
