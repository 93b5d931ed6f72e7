"""The office's mailbox in tests, and mails of units as its server delivers them."""

from __future__ import annotations

import ssl
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from imap_tools import MailBox

from tests.unit.arrival import imap_server

OWN = "mail.co-quan.example"
PASSES = "mail.co-quan.example; spf=pass smtp.mailfrom=don-vi.example; dkim=pass; dmarc=pass"
SETTINGS = """
arrival: {{file_mb: 1, files_at_once: 3}}
imap: {{host: 127.0.0.1, port: {port}, address: ho-so@co-quan.example, authserv_id: mail.co-quan.example,
        ca_file: {certificate}, mail_mb: 3}}
recipients:
  LS-1620: {{units: {{LS-SO-Y-TE: [Van-Thu@don-vi.example], LS-SO-NOI-VU: [chung@don-vi.example],
                     LS-SO-TAI-CHINH: [chung@don-vi.example]}}}}
"""


class Box:
    """The mailbox, seen from the office's side."""

    def __init__(self, port: int, ca: Path) -> None:
        context = ssl.create_default_context(cafile=ca)
        self.box = MailBox("127.0.0.1", port, ssl_context=context)
        self.box.login(imap_server.USER, imap_server.PASSWORD)

    def subjects(self, folder: str) -> list[str]:
        if not self.box.folder.exists(folder):
            return []
        self.box.folder.set(folder)
        return sorted(mail.subject for mail in self.box.fetch(mark_seen=False))


def mail(
    subject: str, *files: tuple[str, bytes], sender: str = "van-thu@don-vi.example", **more: Any
) -> bytes:
    """A mail as the office's server delivers it; a header None is left out."""
    message = EmailMessage(policy=policy.SMTP)
    headers = {
        "Authentication-Results": PASSES,
        "From": sender,
        "To": "ho-so@co-quan.example",
        "Subject": subject,
        "Message-ID": f"<{subject.encode().hex()}@don-vi.example>",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    for name, value in headers.items():
        if value is not None:
            message[name] = value
    message.set_content("Kính gửi Ban, đơn vị gửi hồ sơ.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
