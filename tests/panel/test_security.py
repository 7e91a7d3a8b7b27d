from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

import copilot.panel
from copilot.panel.security import authorities

from .serving import TOKEN, Served, Staged, client

PATHS = ["/", "/page.js", "/page.css", "/icon.svg", "/events", "/board", "/documents/email.html", "/nowhere"]
ACTION = {"do": "end"}


def bare(served: Served, **headers: str) -> httpx.Client:
    """Return a client without the token."""
    return httpx.Client(base_url=served.url, headers=headers, trust_env=False, timeout=10)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_served_without_the_token(served: Served, path: str) -> None:
    with bare(served) as one:
        answer = one.get(path)
    assert answer.status_code == 401
    assert "link" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/actions", "/segments"])
def test_nothing_is_taken_without_the_token(served: Served, stage: Staged, path: str) -> None:
    with bare(served) as one:
        assert one.post(path, json=ACTION).status_code == 401
    assert stage.call.board.state == "waiting"


@pytest.mark.parametrize("wrong", ["x", "token", TOKEN + "x", "tökén", TOKEN.upper()])
def test_a_wrong_token_opens_nothing_in_any_place(served: Served, wrong: str) -> None:
    with bare(served) as one:
        cookie = f"copilot-{served.port}={wrong}".encode()
        assert one.get("/", params={"token": wrong}).status_code == 401
        assert one.get("/", headers=[(b"authorization", f"Bearer {wrong}".encode())]).status_code == 401
        assert one.get("/", headers=[(b"cookie", cookie)]).status_code == 401


def test_the_printed_link_puts_the_token_into_a_cookie_and_out_of_the_address(served: Served) -> None:
    with bare(served) as one:
        answer = one.get(served.link)
        cookie = answer.headers["set-cookie"].lower()
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        page = one.get("/")
    assert page.status_code == 200
    assert TOKEN not in page.text


def test_a_link_to_another_path_does_not_redirect_there(served: Served) -> None:
    with bare(served) as one:
        answer = one.get(f"{served.url}//elsewhere.example/?token={TOKEN}")
    assert answer.status_code == 404


def test_two_panels_on_one_machine_keep_their_cookies_apart(served: Served) -> None:
    with bare(served) as one:
        assert f"copilot-{served.port}=" in one.get(served.link).headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.example:{port}", ""])
def test_a_host_name_that_is_not_the_panels_is_turned_away_even_with_the_token(served: Served, host: str) -> None:
    with client(served, host=host.format(port=served.port)) as one:
        assert one.get("/").status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_loopback_are_the_panels(served: Served, host: str) -> None:
    with client(served, host=f"{host}:{served.port}") as one:
        assert one.get("/").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "file://"])
def test_the_page_of_another_site_may_do_nothing_even_with_the_token(served: Served, stage: Staged, origin: str) -> None:
    with client(served, origin=origin) as one:
        assert one.post("/actions", json=ACTION).status_code == 403
        assert one.get("/board").status_code == 403
    assert stage.call.board.state == "waiting"


def test_the_panels_own_page_acts_on_the_strength_of_the_cookie(served: Served, stage: Staged) -> None:
    stage.say("Good morning.", "Carl Moss")
    with bare(served) as one:
        one.get(served.link)
        assert one.post("/actions", json=ACTION, headers={"origin": served.url}).status_code == 204
    assert stage.call.board.state == "ended"


def test_a_post_on_the_strength_of_the_cookie_alone_has_to_tell_its_origin(served: Served, stage: Staged) -> None:
    with bare(served) as one:
        one.get(served.link)
        assert one.post("/actions", json=ACTION).status_code == 403
    assert stage.call.board.state == "waiting"


def test_a_webhook_brings_the_token_in_its_address(served: Served) -> None:
    with bare(served) as one:
        answer = one.post("/segments", params={"token": TOKEN}, json={"id": "1", "text": "Good morning.", "speaker": "Carl Moss"})
    assert (answer.status_code, answer.json()) == (200, {"heard": 1})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("GET", "/page.js"), ("GET", "/nowhere"), ("GET", "/actions"), ("POST", "/actions")]
)
@pytest.mark.parametrize("token", [True, False])
def test_every_answer_carries_the_protective_headers(served: Served, method: str, path: str, token: bool) -> None:
    with client(served) if token else bare(served) as one:
        headers = one.request(method, path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_the_page_holds_nothing_that_its_own_policy_forbids(viewer: httpx.Client) -> None:
    page = viewer.get("/").text
    assert not re.search(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=", page)
    assert all(place.startswith("/") for place in re.findall(r'(?:src|href)="([^"]*)"', page))


@pytest.mark.parametrize("file", ["page.html", "page.js", "page.css", "icon.svg"])
def test_the_page_asks_nothing_of_any_other_place(file: str) -> None:
    text = (Path(copilot.panel.__file__).parent / file).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//\w+\.|@import|[ :]url\(", text)


def test_the_page_never_makes_markup_of_text(viewer: httpx.Client) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", viewer.get("/page.js").text)


def test_an_address_of_six_groups_stands_in_brackets() -> None:
    assert authorities("::1", 81) == {"127.0.0.1:81", "localhost:81", "[::1]:81"}


def test_names_that_are_given_are_answered_as_they_stand() -> None:
    assert {"Tunnel.example".lower(), "10.0.0.7:81"} <= authorities("10.0.0.7", 81, ["Tunnel.example"])


def test_at_the_port_of_the_web_a_name_stands_without_it() -> None:
    assert {"localhost", "localhost:80"} <= authorities("127.0.0.1", 80)
