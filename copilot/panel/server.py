"""Serve the panel on a socket of this machine until stopped."""

from __future__ import annotations

import errno
import ipaddress
import os
import secrets
import socket
from collections.abc import Callable, Collection
from pathlib import Path

import uvicorn

from ..errors import InputError
from .app import Panel
from .security import authorities

__all__ = ["PanelServer", "bind", "is_loopback", "link", "token_of"]

GRACE = 2  # seconds that a slow viewer gets to receive the end of its stream


class PanelServer(uvicorn.Server):
    """A server that ends its panel's streams when stopped, so that it need not wait for viewers to leave."""

    def __init__(
        self,
        panel: Panel,
        token: str,
        host: str,
        port: int,
        *,
        names: Collection[str] = (),
        ready: Callable[[], object] = lambda: None,
        debug: bool = False,
    ) -> None:
        """Prepare to serve a panel under `host`, the loopback names, and further `names`; `ready` is called once it is up.

        Errors in an endpoint are reported to the client, and with `debug` also with a traceback on standard error.
        """
        # Cookies ignore ports, so two panels on one machine need different cookie names.
        app = panel.app(token, authorities(_name(host), port, names), cookie=f"copilot-{port}")
        level = "error" if debug else "critical"
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level=level,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._panel, self._ready = panel, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start serving, and say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the server."""
        self._panel.close()
        await super().shutdown(sockets)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a host's address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def bind(host: str, port: int) -> socket.socket:
    """Return a socket at an address; port 0 takes a free one. Raises InputError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as problem:
        raise _no_place(host, port, problem) from None
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # Before any other preparation, so that a port in use is reported first.
        listening.listen()
    except OSError as problem:
        listening.close()
        raise _no_place(host, port, problem) from None
    return listening


def _no_place(host: str, port: int, problem: OSError) -> InputError:
    told = f"{host}, port {port}: cannot be listened at ({problem.strerror or problem})"
    if problem.errno == errno.EADDRINUSE:
        return InputError(f"{told}; port 0 takes a free one", hint="give --port 0")
    return InputError(f"{told}; give an address of this machine", hint="as --host ADDRESS")


def link(host: str, port: int, token: str) -> str:
    """Return the address that opens the panel."""
    name = _name(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/?token={token}"


def _name(host: str) -> str:
    """Return the name by which a host is reached: this machine's own if it listens on all addresses."""
    return socket.gethostname() if host in {"0.0.0.0", "::"} else host  # noqa: S104 -- told apart, not listened at


def token_of(path: Path | None) -> str:
    """Return the token for a call's panel: the one in the file, so that a page can reconnect after a restart.

    A missing file is created, readable only by its owner; if that fails, or without a path, the token is valid for this run only.
    """
    fresh = secrets.token_urlsafe(24)
    if path is None:
        return fresh
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
    except OSError:
        return _kept(path) or fresh
    return fresh


def _kept(path: Path) -> str:
    """Return the token in a file, "" if none can be read."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
