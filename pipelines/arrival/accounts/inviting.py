"""An account is made by inviting somebody: what fits together, and a line in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.arrival.accounts.account import Place, Role
from pipelines.arrival.accounts.store import Accounts, login_key
from pipelines.arrival.journal import Journal
from pipelines.common.paths import Home
from pipelines.night.request import TIME_ZONE
from pipelines.sentences import text

LONGEST = 100


class Unfit(ValueError):
    """Login, role and places do not fit together; the message says what to change."""


def invite(
    accounts: Accounts, home: Home, login: str, name: str, role: Role, places: Sequence[Place], by: str
) -> str:
    """Invite somebody, or give a new link to somebody who has forgotten the password.

    Args:
        accounts: of the home.
        home: whose journal tells of it.
        login: the name to sign in with, e.g. an address.
        name: of the person or the unit.
        role: what it is for.
        places: a unit's own, or the programmes of an officer or leader; none of an operator.
        by: who invites.

    Returns:
        The secret part of the link.

    Raises:
        Unfit: see there.
    """
    key = login_key(login)
    if not key or len(key) > LONGEST or not key.isprintable() or any(sign.isspace() for sign in key):
        raise Unfit(text("account.bad_login", login=login))
    whole = [place for place in places if not place.unit_code]
    if role == "unit" and (whole or not places):
        raise Unfit(text("account.unit_needs_unit"))
    if role in ("officer", "leader") and (len(whole) != len(places) or not places):
        raise Unfit(text("account.officer_needs_programme"))
    if role == "operator" and places:
        raise Unfit(text("account.operator_has_all"))
    link = accounts.invite(key, name.strip()[:LONGEST] or key, role, places, datetime.now(TIME_ZONE))
    told = [[place.programme_id, place.unit_code] for place in places]
    Journal(home).add(by, "invited", login=key, role=role, places=told)
    return link


def close(accounts: Accounts, home: Home, login: str, by: str) -> bool:
    """Let an account sign in no more; says whether there was one."""
    closed = accounts.close(login)
    if closed:
        Journal(home).add(by, "account_closed", login=login_key(login))
    return closed
