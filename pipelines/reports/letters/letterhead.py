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
    return Letterhead(
        superior=str(given.get("superior") or body),
        agency=str(given.get("agency") or text("letter.agency")),
        symbol=str(given.get("symbol") or text("letter.symbol")),
        place=str(given.get("place") or text("letter.place")),
        signer=str(given.get("signer") or text("letter.signer")),
        mail_label=str(given.get("mail_label") or text("mail.label", programme=short_name)),
        programme=str(given.get("programme") or short_name),
        archive=str(given.get("archive") or text("letter.archive")),
    )
