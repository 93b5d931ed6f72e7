"""Mail: whether a server is named, can be reached, and whom the operator's mails go to."""

from __future__ import annotations

import os
import socket

from pipelines.night.request import NightRequest
from pipelines.operate.doctor.check import BAD, LACK, Check, answer, needs
from pipelines.operate.operator_mail import operator_settings
from pipelines.reference.load import load_reference
from pipelines.reference.settings import ReferenceError, load_settings
from pipelines.reports.mail.delivery import PASSWORD, USER


def settings(request: NightRequest) -> Check:
    """settings.yml and the reference data can be read whole."""
    try:
        load_settings(request.settings, load_reference(request.reference))
    except (ReferenceError, OSError) as error:
        return answer("settings", False, BAD, path=request.settings, why=str(error))
    return answer("settings", True, BAD, path=request.settings)


def mail(request: NightRequest) -> list[Check]:
    """The server of settings.yml, its credentials, the operator's addresses."""
    smtp, to = operator_settings(request.settings)
    found = [answer("operator", bool(to), LACK, to=", ".join(to))]
    if smtp is None:
        return [*found, answer("smtp_none", False, LACK, outbox=request.home.outbox)]
    half = bool(os.environ.get(USER)) != bool(os.environ.get(PASSWORD))
    found.append(answer("credentials", not half, LACK, user=USER, password=PASSWORD))
    try:
        with socket.create_connection((smtp.host, smtp.port), timeout=needs()["smtp_seconds"]):
            why = ""
    except OSError as error:
        why = str(error)
    return [*found, answer("smtp", not why, LACK, host=smtp.host, port=smtp.port, why=why)]
