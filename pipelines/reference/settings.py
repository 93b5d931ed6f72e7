"""settings.yml of an installation: policies that differ from their default, waivers, recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator
from pydantic import Field as ModelField

from pipelines.reference.errors import Problems, ReferenceError
from pipelines.reference.files import model_from_yaml
from pipelines.reference.models.base import Day, Model, Text, Whole
from pipelines.reference.policies import why_not
from pipelines.reference.reference import Reference
from pipelines.reference.said import unknown
from pipelines.reference.yaml_lines import line_of

__all__ = [
    "Arrival",
    "Engine",
    "Imap",
    "Oidc",
    "Recipient",
    "ReferenceError",
    "Settings",
    "Smtp",
    "Waiver",
    "load_engine",
    "load_settings",
]

MASTER = re.compile(r"local(\[(\*|[1-9]\d*)\])?|spark://[^\s,:/]+(:\d+)?(,[^\s,:/]+(:\d+)?)*")
NO_ADDRESS = "oidc cần arrival.address: nơi nhà cung cấp tài khoản đưa người đăng nhập về"


class Waiver(Model):
    """A finding that is let pass: why, by whom, until when (that day included; never without an end)."""

    finding_id: Text
    reason: Text
    by: Text
    until: Day


class Recipient(Model):
    """Who receives the reports of a programme: the board's addresses, and each unit's."""

    board: tuple[Text, ...] = ()
    operator: tuple[Text, ...] = ()
    units: dict[str, tuple[Text, ...]] = ModelField(default_factory=dict)


class Smtp(Model):
    """The mail server. User and password come from the environment, never from a file."""

    host: Text
    port: Whole = ModelField(ge=1, le=65535)
    security: Literal["starttls", "tls"]
    sender: Text = ModelField(alias="from")
    ca_file: Path | None = None
    """Certificates to trust beside the machine's own, for a server of the agency itself."""
    timeout_seconds: Whole = ModelField(default=60, ge=1)
    retry_minutes: tuple[Whole, ...] = ModelField(default=(5, 15, 60, 240, 1440), min_length=1)


class Imap(Model):
    """The mailbox units may send to. User and password come from the environment, never from a file."""

    host: Text
    port: Whole = ModelField(default=993, ge=1, le=65535)
    address: Text
    """Of the mailbox: answers to our mails go there."""
    authserv_id: Text
    """How the office's own mail server signs its ``Authentication-Results``; those of others say nothing."""
    ca_file: Path | None = None
    folder: Text = "INBOX"
    taken: Text = "Đã nhận"
    aside: Text = "Cần xem"
    timeout_seconds: Whole = ModelField(default=60, ge=1)
    mail_mb: Whole = ModelField(default=40, ge=1)
    mails_a_run: Whole = ModelField(default=100, ge=1)


class Oidc(Model):
    """Accounts of the office's own, by OpenID Connect. The client's secret comes from the environment."""

    issuer: Text
    """Exactly as the provider calls itself."""
    client_id: Text
    name: Text
    """What the office calls these accounts; the button says it."""
    claim: Literal["email", "preferred_username", "upn"] = "email"
    """What of the provider's word is the login of an invited account; an e-mail must be a verified one."""
    ca_file: Path | None = None


class Arrival(Model):
    """What the pages for units and the mailbox take, and how long they try."""

    file_mb: Whole = ModelField(default=30, ge=1, le=60)
    files_at_once: Whole = ModelField(default=20, ge=1)
    mb_at_once: Whole = ModelField(default=100, ge=1)
    files_a_day: Whole = ModelField(default=200, ge=1)
    mb_a_day: Whole = ModelField(default=500, ge=1)
    check_seconds: Whole = ModelField(default=60, ge=1)
    check_memory_mb: Whole = ModelField(default=2000, ge=500)
    approval: Literal["not_needed", "needed", "reminders_free"] | None = None
    """Whether an officer approves each mail to a unit before it goes out; reminders may be free of it.

    Unsaid: needed where mails go out over SMTP; files in the outbox are read by the one who sends them.
    """
    address: Text | None = None
    """How browsers reach the pages: ``https://gui.co-quan.example``; links in invitations begin so."""
    checkers: Whole = ModelField(default=2, ge=1)
    """Processes that check files, at once."""


def _as_master(value: str) -> str:
    if not MASTER.fullmatch(value):
        raise ValueError(f"«{value}» không phải local[*], local[SỐ] hay spark://MÁY:CỔNG")
    return value


def _as_archive(value: str) -> str:
    if not value.endswith(".tar.gz"):
        raise ValueError(f"«{value}» không phải tệp .tar.gz do deploy/spark/pack đóng gói")
    return value


class Engine(Model):
    """What counts: DuckDB on this machine, or Apache Spark."""

    kind: Literal["duckdb", "spark"] = "duckdb"
    master: Annotated[Text, AfterValidator(_as_master)] = "local[*]"
    """Of Spark: ``local[N]``, so many cores of this machine; ``spark://host:port``, a cluster."""
    memory_mb: Whole = ModelField(default=1500, ge=500)
    """Of each process of Spark."""
    environment: Annotated[Text, AfterValidator(_as_archive)] | None = None
    """Of a cluster that does not see this software: the archive of it that ``deploy/spark/pack`` made."""


class _SettingsFile(Model):
    policies: dict[str, Any] = ModelField(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    recipients: dict[str, Recipient] = ModelField(default_factory=dict)
    smtp: Smtp | None = None
    arrival: Arrival = Arrival()
    imap: Imap | None = None
    oidc: Oidc | None = None
    engine: Engine = Engine()


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    `policies` holds only what settings.yml names; `policy` gives the value in force.
    """

    policies: dict[str, Any] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    recipients: dict[str, Recipient] = field(default_factory=dict)
    smtp: Smtp | None = None
    arrival: Arrival = field(default_factory=Arrival)
    imap: Imap | None = None
    oidc: Oidc | None = None
    engine: Engine = field(default_factory=Engine)

    def policy(self, reference: Reference, policy_id: str) -> Any:
        """The value in force of a policy.

        Raises:
            KeyError: no such policy.
        """
        default = reference.policies[policy_id].default_value
        return self.policies.get(policy_id, default)


def _read(path: Path) -> tuple[_SettingsFile, Any]:
    """The file, and its lines."""
    problems = Problems(path.parent)
    loaded, data = model_from_yaml(path, _SettingsFile, problems)
    problems.stop_if_any()
    assert loaded is not None
    return loaded, data


def load_engine(path: Path) -> Engine:
    """What counts, by settings.yml alone.

    Raises:
        ReferenceError: where the file cannot be used.
    """
    loaded, _ = _read(path)
    return loaded.engine


def load_settings(path: Path, reference: Reference) -> Settings:
    """Read and check settings.yml.

    Args:
        path: the file; it must exist (an empty file means every default).
        reference: gives the policies and the values each may take, the programmes and the units.

    Raises:
        ReferenceError: with every problem found, each with file and line.
    """
    loaded, data = _read(path)
    problems = Problems(path.parent)
    for policy_id, value in loaded.policies.items():
        policy = reference.policies.get(policy_id)
        why = why_not(policy, value) if policy else unknown("chính sách", policy_id, reference.policies)
        if why:
            problems.add(path, line_of(data, ("policies", policy_id)), why)
    for programme_id, recipient in loaded.recipients.items():
        line = line_of(data, ("recipients", programme_id))
        if programme_id not in reference.programmes:
            problems.add(path, line, unknown("chương trình", programme_id, reference.programmes))
        known = [u.unit_code for u in reference.units if u.programme_id == programme_id]
        for code in recipient.units:
            if code not in known:
                line = line_of(data, ("recipients", programme_id, "units", code))
                problems.add(path, line, unknown(f"đơn vị của {programme_id}", code, known))
    if loaded.oidc and not loaded.arrival.address:
        problems.add(path, line_of(data, ("oidc",)), NO_ADDRESS)
    problems.stop_if_any()
    return Settings(
        loaded.policies,
        loaded.waivers,
        loaded.recipients,
        loaded.smtp,
        loaded.arrival,
        loaded.imap,
        loaded.oidc,
        loaded.engine,
    )
