"""Short, seeded runs of tests/fire/killed_uploads.py and killed_mails.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fire import killed_mails, killed_uploads
from tests.unit.arrival import imap_server


def test_what_units_send_while_the_server_is_killed_arrives_whole_and_once(tmp_path: Path) -> None:
    moments, received, faults = killed_uploads.run(3, 20260101, tmp_path)
    assert faults == []
    assert len(moments) == 3
    assert received > 3


@pytest.mark.skipif(imap_server.PROGRAM is None, reason="no Dovecot here: apt-get install dovecot-imapd")
def test_mails_are_taken_and_answered_once_while_their_collection_is_killed(tmp_path: Path) -> None:
    moments, received, faults = killed_mails.run(4, 20260101, tmp_path)
    assert faults == []
    assert len(moments) == 4
    assert received > 4
