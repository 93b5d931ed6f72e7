"""Who writes the letters of a programme: agency, symbol, place, signature line, the document they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.reports.data_files import read_data
from pipelines.sentences import text
from pipelines.sentences.words import lowered
from pipelines.text.dates_vi import format_date


@dataclass(frozen=True, slots=True)
class Looks:
    """Sizes and styles of a letter's parts (looks.yml): those of the State, or of the Party."""

    superior: int
    agency: int
    number: int
    subject: int
    subject_italic: bool
    country: int
    motto: int
    place: int
    receivers: int
    receivers_bold_italic: bool
    receivers_underlined: bool
    receivers_list: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The fixed parts of a programme's letters and mails."""

    superior: str
    agency: str
    symbol: str
    place: str
    signer: str
    mail_label: str
    programme: str
    """How a sentence names the programme."""
    archive: str
    country: str
    """What stands at the top on the right: the state's name, or the Party's."""
    motto: str
    """The line below it; a party body's letter has none."""
    number: str
    """The number, dotted, with the symbol: ``Số: ………/BTĐKT``, of a party body ``Số ………-CV/BTGTU``."""
    mark: str
    """What a party body sets below its name (``*``) in the place of a thin line."""
    subject: str
    """``V/v đề nghị bổ sung {what}``."""
    subject_unsent: str
    """Of a letter that asks for nothing but what was never sent: ``V/v đôn đốc gửi {what}``."""
    asked_of: str
    """What plans, reports, registrations are of: ``điển hình tiên tiến``."""
    kinds: Mapping[str, str] = field(hash=False)
    """Form → kind of nomination (nominations.yaml)."""
    basis: str
    """The document that letters rest on, as they cite it; number and day dotted where they are not known."""
    return_to: str
    """Where files are to be sent back to."""
    addresses: tuple[str, ...]
    """Its mail addresses (settings); none where nobody entered any."""
    looks: Looks


def load_letterhead(
    reference: Path, programme_id: str, short_name: str, addresses: tuple[str, ...] = ()
) -> Letterhead:
    """The letterhead of a programme.

    Args:
        reference: the reference folder; ``programmes/<id>/letter.yaml`` may be missing, then the
            programme's issuing body stands above and what nobody told stays dotted.
        programme_id: the programme.
        short_name: its short name, for mails.
        addresses: the board's addresses of settings.yml: where units send things back to.
    """
    folder = reference / "programmes" / programme_id
    given = read_data(folder / "letter.yaml")
    programme = read_data(folder / "programme.yaml")
    body = str(programme.get("issuing_body") or "")
    symbol = str(given.get("symbol") or text("letter.symbol"))
    superior = str(given.get("superior") or body)
    agency = str(given.get("agency") or text("letter.agency"))
    return Letterhead(
        superior=superior,
        agency=agency,
        symbol=symbol,
        place=str(given.get("place") or text("letter.place")),
        signer=str(given.get("signer") or text("letter.signer")),
        mail_label=str(given.get("mail_label") or text("mail.label", programme=short_name)),
        programme=str(given.get("programme") or short_name),
        archive=str(given.get("archive") or text("letter.archive")),
        country=str(given.get("country") or text("letter.country")),
        motto=str(given.get("motto", text("letter.motto")) or ""),
        number=str(given["number"]).format(symbol=symbol)
        if "number" in given
        else text("letter.number", symbol=symbol),
        mark=str(given.get("mark") or ""),
        subject=str(given.get("subject") or text("letter.subject", what="{what}")),
        subject_unsent=str(given.get("subject_unsent") or text("letter.subject_unsent", what="{what}")),
        asked_of=str(given.get("asked_of") or text("letter.asked_of")),
        kinds={
            one["form"]: one["kind"]
            for named in (reference, folder)
            for one in read_data(named / "nominations.yaml").get("forms", ())
        },
        basis=_basis(programme, short_name),
        return_to=str(given.get("return_to") or ", ".join((agency, " ".join(superior.split())))),
        addresses=addresses,
        looks=_looks()[str(given.get("looks") or "state")],
    )


def _basis(programme: Mapping[str, Any], short_name: str) -> str:
    """``Kế hoạch số 1935/KH-BHXH ngày 05/7/2021 của Bảo hiểm xã hội Việt Nam về xây dựng, …``."""
    kind, title = str(programme.get("document_type") or ""), str(programme.get("title") or short_name)
    if not kind:
        return title
    on = programme.get("document_date")
    return text(
        "letter.basis",
        kind=kind,
        number=programme.get("document_number") or text("letter.symbol"),
        day=format_date(date.fromisoformat(str(on))) if on else text("letter.no_day"),
        body=programme.get("issuing_body") or "",
        title=lowered(title.removeprefix(kind).strip()),
    )


@cache
def _looks() -> dict[str, Looks]:
    loaded = read_plain(Path(__file__).with_name("looks.yml"))
    return {name: Looks(**given) for name, given in loaded.items()}
