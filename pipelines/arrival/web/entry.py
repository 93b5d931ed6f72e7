"""Signing in and out, and the link with which an invited person sets a password."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipelines.arrival.accounts import passwords
from pipelines.arrival.accounts.store import login_key
from pipelines.arrival.web.render import page
from pipelines.arrival.web.visit import Visit
from pipelines.sentences import text

OF_ADDRESS, OF_LOGIN = "20/minute", "10/hour"
"""Tries to sign in; who has forgotten a password asks the officer for a new link."""
AGAIN = "/dang-nhap?het-phien"
"""Where a form leads that was sent after its session had ended."""
HOME = {"unit": "/gui", "officer": "/ban", "leader": "/so-lieu/index.html", "operator": "/ban"}
"""Where each role begins."""


async def first(visit: Visit) -> Response:
    """The way to where one begins."""
    return visit.go(HOME[visit.account.role] if visit.account else "/dang-nhap")


async def sign_in_page(visit: Visit) -> Response:
    """The form."""
    ended = "het-phien" in visit.request.query_params
    return page(visit, "sign_in.html.j2", login="", why=text("serve.session_ended") if ended else "")


async def sign_in(visit: Visit) -> Response:
    """Compare the password; whoever signs in gets a cookie nobody had before."""
    form = await visit.form()
    login, password = str(form.get("login", "")), str(form.get("password", ""))
    visit.limits.hit(OF_ADDRESS, "address", visit.address)
    visit.limits.hit(OF_LOGIN, "login", login_key(login))
    kept = visit.office.accounts.password_hash(login)
    if not await run_in_threadpool(passwords.matches, kept, password):
        visit.note("sign_in_failed", login=login_key(login)[:100])
        return page(visit, "sign_in.html.j2", 401, login=login, why=text("serve.wrong_password"))
    return signed_in(visit, login)


def signed_in(visit: Visit, login: str, **how: str) -> Response:
    """Begin a session under a cookie nobody had before, and lead to where the role begins.

    Args:
        visit: whoever it was before.
        login: of an open account that proved to be it.
        how: for the journal.
    """
    accounts = visit.office.accounts
    if visit.account:
        accounts.end_session(visit.cookie)
    cookie = accounts.begin_session(login, visit.now)
    visit.account = accounts.of(login)
    visit.note("signed_in", **how)
    assert visit.account is not None
    return visit.with_cookie(visit.go(HOME[visit.account.role]), cookie)


async def sign_out(visit: Visit) -> Response:
    """End the session here and on the machine."""
    await visit.form()
    if visit.account:
        visit.office.accounts.end_session(visit.cookie)
        visit.note("signed_out")
    response = visit.go("/dang-nhap")
    visit.forget(response, visit.cookie_name)
    return response


async def invitation_page(visit: Visit) -> Response:
    """Whose invitation a link is, and the form for a password."""
    return _invitation(visit, "")


def _invitation(visit: Visit, why: str) -> Response:
    invited = visit.office.accounts.invited(visit.request.path_params["link"], visit.now)
    if invited is None:
        visit.limits.hit(OF_ADDRESS, "link", visit.address)
        raise HTTPException(404, text("serve.void_link"))
    status = 400 if why else 200
    return page(visit, "invitation.html.j2", status, invited=invited, why=why, shortest=passwords.SHORTEST)


async def set_password(visit: Visit) -> Response:
    """Keep the password; the link is void afterwards, and one has to sign in."""
    form = await visit.form()
    link, password = visit.request.path_params["link"], str(form.get("password", ""))
    invited = visit.office.accounts.invited(link, visit.now)
    if invited is None:
        raise HTTPException(404, text("serve.void_link"))
    why = passwords.why_not(password, invited.login)
    if why is None and password != str(form.get("again", "")):
        why = text("password.differs")
    if why is not None:
        return _invitation(visit, why)
    kept = await run_in_threadpool(passwords.hashed, password)
    if visit.office.accounts.set_password(link, kept, visit.now) is None:
        raise HTTPException(404, text("serve.void_link"))
    visit.office.journal.add(invited.login, "password_set")
    return visit.go("/dang-nhap")
