from __future__ import annotations

import socket
from pathlib import Path

import pytest

from copilot.errors import InputError
from copilot.panel.server import bind, is_loopback, link, token_of


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "localhost.example", "127.0.0.1.example", ""])  # noqa: S104 -- asked about, not listened at
def test_all_other_addresses_can_be_reached_from_elsewhere(host: str) -> None:
    assert not is_loopback(host)


def test_the_link_names_the_address_and_brings_the_token() -> None:
    assert link("127.0.0.1", 8737, "abc") == "http://127.0.0.1:8737/?token=abc"
    assert link("::1", 8737, "abc") == "http://[::1]:8737/?token=abc"


def test_a_link_to_all_addresses_names_the_machine() -> None:
    assert link("::", 8737, "abc") == f"http://{socket.gethostname()}:8737/?token=abc"


def test_each_call_has_a_token_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    one, other = tmp_path / "deep" / "one.token", tmp_path / "other.token"
    assert token_of(one) == token_of(one)
    assert token_of(one) != token_of(other)
    assert len(token_of(one)) >= 32
    assert token_of(None) != token_of(None)


def test_a_token_file_that_was_emptied_opens_nothing_by_an_empty_token(tmp_path: Path) -> None:
    path = tmp_path / "call.token"
    path.touch()
    assert token_of(path)


def test_a_folder_that_cannot_be_written_gives_a_token_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert token_of(tmp_path / "file" / "call.token")


def test_an_address_of_another_machine_cannot_be_listened_at() -> None:
    with pytest.raises(InputError, match=r"^192\.0\.2\.7, port 0: cannot be listened at"):
        bind("192.0.2.7", 0)
