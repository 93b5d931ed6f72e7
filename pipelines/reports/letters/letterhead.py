"""Who writes the letters of a programme: agency, symbol, place, signature line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.reports.data_files import read_data
from pipelines.sentences import text


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


def load_letterhead(reference: Path, programme_id: str, short_name: str) -> Letterhead:
    """The letterhead of a programme.

    Args:
        reference: the reference folder; ``programmes/<id>/letter.yaml`` may be missing, then the
            programme's issuing body stands above and what nobody told stays dotted.
        programme_id: the programme.
        short_name: its short name, for mails.
    """
    folder = reference / "programmes" / programme_id
    given = read_data(folder / "letter.yaml")
    body = str(read_data(folder / "programme.yaml").get("issuing_body") or "")
    symbol = str(given.get("symbol") or text("letter.symbol"))
    return Letterhead(
        superior=str(given.get("superior") or body),
        agency=str(given.get("agency") or text("letter.agency")),
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
        subject=str(given.get("subject") or text("letter.subject")),
    )
