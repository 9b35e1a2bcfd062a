"""Where the guest page is, for whoever has a browser and no Papo."""

from __future__ import annotations

from app.session.connection import SharedAddress


def guest_page_at(addresses: tuple[SharedAddress, ...]) -> str:
    """Return what somebody types into a browser, by the best address; empty where there is none.

    By plain HTTP, since a browser warns of a certificate that a room signed itself; the page says
    what that means, and leads to the encrypted one. Browsers know no zones of IPv6 addresses.
    """
    for address in addresses:
        if address.text and "%" not in address.text:
            return f"http://{address.text}/"
    return ""
