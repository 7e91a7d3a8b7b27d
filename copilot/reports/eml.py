"""The email as a draft for mail programs: UTF-8, with a text part and an HTML part."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from zlib import crc32

from ..drafts.email import Email, Recipient
from ..text import one_line, printable
from .html import document_of, to_fragment
from .layout import body_of

__all__ = ["to_eml"]


def to_eml(document: Email) -> bytes:
    """Return an email as an unsent draft (RFC 5322). People without an address are only in its text."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(document.subject)
    to = [address for r in document.to if (address := _address(r))]
    if to:
        message["To"] = to
    # With this header, mail programs open a message in their editor, ready to send.
    message["X-Unsent"] = "1"
    message.set_content(printable(document.body))
    message.add_alternative(document_of(document.subject, to_fragment(tuple(body_of(document)))).decode(), subtype="html")
    # The boundary is derived from the content, so that the same email gives the same bytes.
    message.set_boundary(f"part-{crc32(document.body.encode('utf-8', 'replace')):08x}")
    return message.as_bytes()


def _address(recipient: Recipient) -> Address | None:
    """Return an address for the header, None if there is none or if it is not valid there."""
    if not recipient.email:
        return None
    try:
        return Address(display_name=one_line(recipient.name), addr_spec=one_line(recipient.email))
    except ValueError:
        return None
