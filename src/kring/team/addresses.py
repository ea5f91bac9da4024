"""At which address of this computer others reach it: one is found by itself, of several a person picks one."""

from __future__ import annotations

import ipaddress

from kring.domain.text import Refused

ONLY_HERE = "127.0.0.1"


def own() -> list[str]:
    """Return the IPv4 addresses at which other computers reach this one, those of a local network first."""
    import psutil

    up = {name for name, each in psutil.net_if_stats().items() if each.isup}
    found = [
        ipaddress.IPv4Address(each.address)
        for name, several in psutil.net_if_addrs().items()
        for each in several
        if name in up and each.family.name == "AF_INET"
    ]
    reached = [each for each in found if not each.is_loopback and not each.is_link_local]
    return [str(each) for each in sorted(reached, key=lambda each: (not each.is_private, each))]


def chosen(asked: str) -> str:
    """Return the address that is asked for, or else the only one; raises Refused where it isn't ours."""
    here = own()
    if not asked and len(here) == 1:
        return here[0]
    if not asked and not here:
        raise Refused(
            "This computer is in no network. To try it out on this computer alone, share at {address}.",
            address=ONLY_HERE,
        )
    if not asked:
        raise Refused(
            "This computer has several addresses; share at the one that the others reach: {addresses}.",
            addresses=", ".join(here),
        )
    if asked in here or _is_of_this_computer(asked):
        return str(ipaddress.ip_address(asked))
    raise Refused(
        "{address} is no address of this computer; it has {addresses}.",
        address=asked,
        addresses=", ".join([*here, ONLY_HERE]),
    )


def _is_of_this_computer(asked: str) -> bool:
    """Whether a server can listen at an address: that of a tunnel may be one that nothing lists."""
    import socket

    try:
        address = ipaddress.ip_address(asked)
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.bind((asked, 0))
    except (OSError, ValueError):
        return False
    return not address.is_unspecified  # a code leads to one address
