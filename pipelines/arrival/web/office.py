"""What the pages work with: places, the law, accounts, the way in, the checking processes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from pipelines.arrival.accounts.account import Account, Place
from pipelines.arrival.accounts.oidc import Provider
from pipelines.arrival.accounts.store import Accounts, new_secret
from pipelines.arrival.checking.checkers import Checkers
from pipelines.arrival.drafts import Drafts
from pipelines.arrival.journal import Journal
from pipelines.arrival.receiving import Receiving
from pipelines.common.paths import Home
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.models.units import Unit
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings, load_settings
from pipelines.rules.book import Chapter, book
from pipelines.rules.tables import law_tables
from pipelines.templates import Kit

BACK = "/dang-nhap/co-quan/ve"
"""Where the provider of the office's accounts sends visitors back to; registered there."""


@dataclass(frozen=True)
class Office:
    """One installation's pages."""

    request: NightRequest
    reference: Reference
    settings: Settings
    accounts: Accounts
    receiving: Receiving
    drafts: Drafts
    checkers: Checkers
    secret: str
    """What tokens in forms are signed with."""

    @classmethod
    def open(cls, request: NightRequest, checkers: Checkers | None = None) -> Office:
        """Open a home's pages; what a stopped machine left half received is settled first.

        Args:
            request: raw folder, home, reference data, settings.
            checkers: where they run already.

        Raises:
            ReferenceError: reference data or settings cannot be read.
        """
        reference = load_reference(request.reference)
        settings = load_settings(request.settings, reference)
        receiving = Receiving(request, settings.arrival)
        receiving.settle()
        return cls(
            request,
            reference,
            settings,
            Accounts(request.home),
            receiving,
            Drafts(request.home),
            checkers or Checkers(request, settings.arrival),
            _secret(request.home),
        )

    @cached_property
    def kit(self) -> Kit:
        """The blank files that units fill in."""
        return Kit(self.reference, self.request.reference, self.settings.arrival.address)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The book of rules, made when it is first asked for."""
        return book(self.reference, law_tables(self.reference, self.settings), self.request.reference)

    @cached_property
    def provider(self) -> Provider | None:
        """Whoever says who visitors are, where the office has such accounts."""
        settings = self.settings.oidc
        return Provider(settings, f"{self.settings.arrival.address}{BACK}") if settings else None

    @property
    def home(self) -> Home:
        """The installation's folder."""
        return self.request.home

    @property
    def journal(self) -> Journal:
        """Who did what."""
        return self.receiving.journal

    def now(self) -> datetime:
        """The time where the offices are."""
        return datetime.now(TIME_ZONE)

    def unit_name(self, code: str) -> str:
        """A unit's name; its code where the list has none."""
        unit = self.reference.units.by_code.get(code)
        return unit.name if unit else code

    def programme_name(self, programme_id: str) -> str:
        """A programme's short name."""
        known = self.reference.programmes.get(programme_id)
        return known.programme.short_name if known and known.programme else programme_id

    def is_place(self, place: Place) -> bool:
        """Whether a programme has such a unit."""
        unit = self.reference.units.by_code.get(place.unit_code)
        return unit is not None and unit.programme_id == place.programme_id

    def units_of(self, programme_id: str) -> list[Unit]:
        """The units of a programme, by name."""
        own = (unit for unit in self.reference.units if unit.programme_id == programme_id)
        return sorted(own, key=lambda unit: unit.name)

    def programmes_of(self, account: Account) -> list[str]:
        """The programmes whose units an account sees."""
        return [one for one in self.reference.programmes if account.oversees(one)]


def _secret(home: Home) -> str:
    """A home's own secret, made once, there whole or not at all; only its owner reads it."""
    path: Path = home.arrival / "secret"
    with FileLock(home.arrival / "secret.lock"):
        if (
            not path.exists() or not path.stat().st_size
        ):  # an earlier version could be cut off between the two
            fresh = home.arrival / ".secret.next"
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
                stream.write(new_secret())
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(path)
        return path.read_text("ascii")
