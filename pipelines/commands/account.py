"""``thidua account``: who may sign in to the pages; the first operator is invited here."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipelines.commands.options import UNUSABLE, File, Folder, known, say
from pipelines.sentences import text


class Action(StrEnum):
    """What is done."""

    invite = "invite"
    close = "close"
    list = "list"


class Role(StrEnum):
    """What an account is for."""

    unit = "unit"
    officer = "officer"
    leader = "leader"
    operator = "operator"


def account(
    action: Annotated[Action, typer.Argument()],
    login: Annotated[str, typer.Argument(metavar="NAME")] = "",
    name: Annotated[str, typer.Option(metavar="NAME")] = "",
    role: Annotated[Role, typer.Option()] = Role.unit,
    programme: Annotated[str | None, typer.Option(metavar="ID")] = None,
    unit: Annotated[list[str] | None, typer.Option(metavar="CODE")] = None,
    home: Folder = None,
    reference: Folder = None,
    settings: File = None,
) -> None:
    """Invite somebody with a link that is used once, close an account, or list all."""
    from pipelines.arrival.accounts.account import Place
    from pipelines.arrival.accounts.inviting import Unfit, close, invite
    from pipelines.arrival.accounts.store import Accounts
    from pipelines.night.request import NightRequest
    from pipelines.reference.load import load_reference
    from pipelines.reference.settings import load_settings

    request = NightRequest.make(home=home, reference=reference, settings=settings)
    loaded = load_reference(request.reference)
    accounts = Accounts(request.home)
    if action is Action.list:
        known_ones = accounts.all()
        if not known_ones:
            say(text("account.none"))
        for one in known_ones:
            state = text("account.open" if one.is_open else "account.closed")
            places = ", ".join(f"{p.programme_id}/{p.unit_code}".rstrip("/") for p in one.places)
            role_name = text(f"serve.role.{one.role}")
            told = {"login": one.login, "name": one.name, "role": role_name, "state": state}
            say(text("account.line", places=places, **told))
        return
    if not login.strip():
        say(text("account.no_login"))
        raise typer.Exit(UNUSABLE)
    if action is Action.close:
        closed = close(accounts, request.home, login, "thidua account")
        say(text("account.closed_now" if closed else "account.unknown", login=login))
        raise typer.Exit(0 if closed else UNUSABLE)
    known("programme", programme, loaded.programmes)
    held = [Place(programme)] if programme and not unit else []
    for code in unit or ():
        known("unit", code, [one.unit_code for one in loaded.units])
        held.append(Place(loaded.units.by_code[code].programme_id, code))
    try:
        link = invite(accounts, request.home, login, name or login, role.value, held, "thidua account")
    except Unfit as why:
        say(str(why))
        raise typer.Exit(UNUSABLE) from None
    address = load_settings(request.settings, loaded).arrival.address or "http://127.0.0.1:8443"
    say(text("account.invited", login=login, link=f"{address}/moi/{link}"))
