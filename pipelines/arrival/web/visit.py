"""One request: whose it is, and that a form comes from a page of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipelines.arrival.accounts.account import Account
from pipelines.arrival.accounts.store import SIGNED_IN_FOR, new_secret
from pipelines.arrival.web.office import Office

TOKEN = "token"  # noqa: S105 - the name of a form's field
_SALT = "form"
Page = Callable[["Visit"], Awaitable[Response]]


class Limits:
    """How often something may be tried; counted in memory, for one process serves all pages."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, often: str, *whose: str) -> None:
        """Count a try.

        Args:
            often: e.g. ``10/minute``.
            whose: what is counted, e.g. sign-ins of an address.

        Raises:
            HTTPException: 429, too many.
        """
        if not self._limiter.hit(parse(often), *whose):
            raise HTTPException(429)


class Visit:
    """A request with who makes it."""

    def __init__(self, request: Request, office: Office, limits: Limits, *, anonymous: bool = False) -> None:
        """Look whose cookie it is, unless nobody is to be known."""
        self.request, self.office, self.limits = request, office, limits
        self.is_secure = request.url.scheme == "https"
        self.cookie_name = "__Host-thidua" if self.is_secure else "thidua"
        self.cookie = request.cookies.get(self.cookie_name) or ""
        self.now = office.now()
        self.account = (
            office.accounts.signed_in(self.cookie, self.now) if self.cookie and not anonymous else None
        )
        self.fresh_cookie = "" if self.cookie else new_secret()
        """Given to whoever has none, so that forms of strangers have an owner too."""

    @property
    def address(self) -> str:
        """Where it comes from, as the reverse proxy tells."""
        return self.request.client.host if self.request.client else ""

    @property
    def token(self) -> str:
        """What a form of this visitor carries; of use to nobody with another cookie."""
        return str(self._serializer.dumps(_mark(self.cookie or self.fresh_cookie)))

    @property
    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.office.secret, salt=_SALT)

    def need(self) -> Account:
        """The account.

        Raises:
            HTTPException: 401, nobody is signed in.
        """
        if self.account is None:
            raise HTTPException(401)
        return self.account

    async def form(self, **limits: int) -> FormData:
        """The fields of a form of ours.

        Args:
            limits: ``max_files`` of Starlette's ``form``; none are taken otherwise.

        Raises:
            HTTPException: 403, it comes from another site, or its token is not this visitor's.
        """
        self._same_site()
        form = await self.request.form(max_files=limits.get("max_files", 0), max_fields=60)
        token = form.get(TOKEN)
        try:
            told = self._serializer.loads(
                token if isinstance(token, str) else "", max_age=int(SIGNED_IN_FOR.total_seconds())
            )
        except BadSignature:
            raise HTTPException(403) from None
        if not self.cookie or told != _mark(self.cookie):
            raise HTTPException(403)
        return form

    def _same_site(self) -> None:
        """Browsers tell where a form comes from; what they do not tell the token has to."""
        headers = self.request.headers
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403)
        origin = headers.get("origin")
        if origin is not None and origin.split("://", 1)[-1] != headers.get("host"):
            raise HTTPException(403)

    def go(self, path: str) -> Response:
        """On to another page, after a form."""
        return self.with_cookie(RedirectResponse(path, 303))

    def with_cookie(self, response: Response, cookie: str | None = None) -> Response:
        """Set a new cookie, where there is one."""
        value = self.fresh_cookie if cookie is None else cookie
        if value:
            self.set(response, value)
        return response

    def set(self, response: Response, value: str, name: str = "", seconds: int | None = None) -> None:
        """Set a cookie, by default the visitor's own: for this host alone, out of reach of scripts."""
        response.set_cookie(
            name or self.cookie_name,
            value,
            max_age=seconds,
            path="/",
            secure=self.is_secure,
            httponly=True,
            samesite="lax",
        )

    def forget(self, response: Response, name: str) -> None:
        """Let the browser forget a cookie."""
        response.delete_cookie(name, path="/", secure=self.is_secure, httponly=True, samesite="lax")

    def note(self, what: str, about: str = "", **details: Any) -> None:
        """A line in the journal, of whoever is signed in."""
        who = self.account.login if self.account else self.address
        self.office.journal.add(who, what, about, **details)


def _mark(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
