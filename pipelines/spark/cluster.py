"""A cluster of Spark's own (standalone), as seen from this machine; Spark itself is not needed to look."""

from __future__ import annotations

import socket

from pipelines.sentences import text

CLUSTER = "spark://"
PORT = 7077
SECONDS = 10
"""So long a master may take to answer."""


class Unreachable(Exception):
    """No master of the cluster answers; the message says so in Vietnamese."""


def own_address(master: str) -> str:
    """The address under which a cluster sees this machine: that from which its master is reached.

    Args:
        master: ``spark://…``; without a cluster nobody but this machine hears a session.

    Raises:
        Unreachable: none of the masters named answers.
    """
    if not master.startswith(CLUSTER):
        return "127.0.0.1"
    why = ""
    for place in master.removeprefix(CLUSTER).split(","):
        host, _, port = place.partition(":")
        try:
            with socket.create_connection((host, int(port or PORT)), SECONDS) as connection:
                return str(connection.getsockname()[0])
        except OSError as error:
            why = error.strerror or str(error)
    raise Unreachable(text("engines.unreachable", master=master, why=why))
