"""Short, seeded runs of tests/fire/killed_uploads.py, killed_mails.py and full_arrivals.py."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.fire import full_arrivals, killed_mails, killed_uploads, machine
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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk")
@pytest.mark.parametrize("free_kb", [0, 40, 200])
def test_a_full_disk_takes_nothing_by_half(free_kb: int) -> None:
    try:
        with machine.disk_of(1000):
            pass
    except CalledProcessError:
        pytest.skip("nothing can be mounted here")
    assert full_arrivals.uploaded(free_kb) == []
