"""What every request passes: how much and how slowly it may send, what its answer carries."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.sentences import text

FORM_BYTES = 100_000
"""What a form without files may weigh."""
QUIET_SECONDS, WHOLE_SECONDS = 20, 900
"""How long a sender may say nothing, and how long one request may take to arrive."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
FIGURES_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Of the dashboards, which are files of ours that draw with scripts of their own."""
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-frame-options": "DENY",
}


class TooMuch(Exception):
    """A body is larger than allowed, or came too slowly."""


class Guard:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, upload_bytes: int, figures: str) -> None:
        """Wrap it.

        Args:
            app: the application.
            upload_bytes: what a form with files may weigh.
            figures: where the dashboards begin.
        """
        self._app, self._upload_bytes, self._figures = app, upload_bytes, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with_files = headers.get("content-type", "").startswith("multipart/form-data")
        most = self._upload_bytes if with_files else FORM_BYTES
        policy = FIGURES_POLICY if scope["path"].startswith(self._figures) else POLICY
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _add_headers(MutableHeaders(scope=message), policy, scope["scheme"] == "https")
            await send(message)

        announced = headers.get("content-length", "0")
        try:
            if not announced.isdecimal() or int(announced) > most:
                raise TooMuch
            await self._app(scope, _bounded(receive, most), answer)
        except TooMuch:
            if not begun:
                too_much = PlainTextResponse(text("serve.too_much"), 413, {"connection": "close"})
                await too_much(scope, receive, answer)


def _bounded(receive: Receive, most: int) -> Receive:
    loop = asyncio.get_running_loop()
    until, had, is_whole = loop.time() + WHOLE_SECONDS, 0, False

    async def next_message() -> Message:
        nonlocal had, is_whole
        if is_whole:
            return await receive()  # waits for the end of the connection, however long the answer takes
        try:
            message = await asyncio.wait_for(receive(), min(QUIET_SECONDS, until - loop.time()))
        except TimeoutError:
            raise TooMuch from None
        had += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if had > most:
            raise TooMuch
        return message

    return next_message


def _add_headers(headers: MutableHeaders, policy: str, is_secure: bool) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers["content-security-policy"] = policy
    headers.setdefault("cache-control", "no-store")
    if is_secure:
        headers["strict-transport-security"] = "max-age=31536000"
