"""Which address to tell others first."""

from __future__ import annotations

from app.net.addresses import LocalAddress, local_addresses, rank


def test_private_address_of_a_real_interface_comes_before_all_else() -> None:
    lan = LocalAddress("192.168.1.20", "wifi", "wlan0")
    others = [
        LocalAddress("172.17.0.1", "virtual", "docker0"),
        LocalAddress("10.8.0.2", "vpn", "tun0"),
        LocalAddress("fd12::5", "wifi", "wlan0"),
        LocalAddress("leo-pc.local", "name"),
        LocalAddress("203.0.113.9", "ethernet", "eth1"),
    ]
    assert rank([*others, lan])[0] == lan
    assert [address.kind for address in rank([*others, lan])[-2:]] == ["vpn", "virtual"]


def test_every_kind_has_its_rank() -> None:
    kinds = ["virtual", "vpn", "name", "other", "wifi"]
    hosts = ["10.0.0.1", "10.0.0.2", "pc.local", "10.0.0.3", "10.0.0.4"]
    shuffled = [LocalAddress(h, k) for h, k in zip(hosts, kinds, strict=True)]
    assert [address.kind for address in rank(shuffled)] == kinds[::-1]


def test_there_is_always_an_address_to_tell() -> None:
    addresses = local_addresses()
    assert addresses
    assert not any("%" in address.host for address in addresses)
