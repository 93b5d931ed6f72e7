"""Signing in with an account of the office's own: there and back again."""

from __future__ import annotations

from dataclasses import asdict

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from pipelines.arrival.accounts.oidc import Asked, CannotSignIn, Provider
from pipelines.arrival.web.entry import OF_ADDRESS, signed_in
from pipelines.arrival.web.render import page
from pipelines.arrival.web.visit import Visit
from pipelines.sentences import text

THERE = "/dang-nhap/co-quan"
SECONDS = 600
"""How long signing in there may take."""
_SALT = "oidc"


def _provider(visit: Visit) -> Provider:
    """The provider.

    Raises:
        HTTPException: 404, this installation has none.
    """
    if visit.office.provider is None:
        raise HTTPException(404)
    return visit.office.provider


async def there(visit: Visit) -> Response:
    """Send the visitor to the provider, remembering what was asked."""
    provider = _provider(visit)
    visit.limits.hit(OF_ADDRESS, "oidc", visit.address)
    try:
        asked, address = await run_in_threadpool(provider.begin)
    except CannotSignIn as why:
        return _refused(visit, why)
    response = RedirectResponse(address, 303)
    visit.set(response, _serializer(visit).dumps(asdict(asked)), name=_cookie(visit), seconds=SECONDS)
    return response


async def back(visit: Visit) -> Response:
    """Take the provider's word for who it is; the account must have been invited and be open."""
    provider = _provider(visit)
    visit.limits.hit(OF_ADDRESS, "oidc", visit.address)
    try:
        kept = visit.request.cookies.get(_cookie(visit), "")
        asked = Asked(**_serializer(visit).loads(kept, max_age=SECONDS))
    except BadSignature:
        return _refused(visit, CannotSignIn("cookie"))
    try:
        login = await run_in_threadpool(provider.login, asked, dict(visit.request.query_params))
    except CannotSignIn as why:
        return _refused(visit, why)
    account = visit.office.accounts.of(login)
    if account is None or not account.is_open:
        return _refused(visit, CannotSignIn("account"), login)
    response = signed_in(visit, login, way="oidc")
    visit.forget(response, _cookie(visit))
    return response


def _refused(visit: Visit, why: CannotSignIn, login: str = "") -> Response:
    visit.note("sign_in_failed", login=login[:100], way="oidc", why=str(why)[:300])
    told = text("serve.not_invited" if login else "serve.no_office_account")
    response = page(visit, "sign_in.html.j2", 401, login="", why=told)
    visit.forget(response, _cookie(visit))
    return response


def _serializer(visit: Visit) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(visit.office.secret, salt=_SALT)


def _cookie(visit: Visit) -> str:
    return f"{visit.cookie_name}-oidc"
