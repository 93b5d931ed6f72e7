"""A real SMTP server in a process of its own: ``python smtp_server.py <config.json>``; prints its port.

Config: security (starttls | tls), cert, key, box (folder for messages), user, password, refuse (addresses),
cut (how many DATA are cut off before they are answered), kill (file with the process id of a client that is
killed after its message was taken and before it hears of it).
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Handler:
    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.box = Path(config["box"])
        self.cuts = config.get("cut", 0)
        self.taken = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.config.get("refuse", []):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.cuts:
            self.cuts -= 1
            assert server.transport is not None
            server.transport.abort()
            return "451 cut"
        self.taken += 1
        name = f"{self.taken:03d}"
        (self.box / f"{name}.json").write_text(json.dumps(envelope.rcpt_tos))
        (self.box / f"{name}.eml").write_bytes(envelope.original_content or b"")
        if self.config.get("kill"):
            os.kill(int(Path(self.config["kill"]).read_text()), signal.SIGKILL)
            await asyncio.sleep(0.3)
        return "250 taken"


async def serve(config: dict[str, Any]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(config["cert"], config["key"])

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        expected = (config.get("user", "").encode(), config.get("password", "").encode())
        right = isinstance(data, LoginPassword) and (data.login, data.password) == expected
        return AuthResult(success=right, handled=False)

    tls = config["security"] == "tls"
    handler = Handler(config)

    def protocol() -> SMTP:
        return SMTP(
            handler,
            tls_context=None if tls else context,
            require_starttls=not tls,
            authenticator=check,
            auth_required=bool(config.get("user")),
            auth_require_tls=not tls,
        )

    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if tls else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(Path(sys.argv[1]).read_text())))
