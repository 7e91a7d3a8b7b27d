"""`copilot panel`: the page that the interviewer watches during a call, and the endpoint for segments."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import click

from ..actions import End
from ..errors import InputError
from .listening import Listening, LiveOptions, journal_of, live_options, open_call, recording_of, source_of, tell_next, told
from .settings import is_debugging
from .text import notice

if TYPE_CHECKING:
    from ..journal import Journal
    from ..live.call import LiveCall
    from ..panel.app import Panel
    from ..panel.server import PanelServer

__all__ = ["command"]

PORT = 8737
STEP = 0.5
"""Seconds between two checks of the source's connection."""


@click.command("panel")
@live_options
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where the page is; 0 takes a free port.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--allow-remote", is_flag=True, help="Let --host be an address that other machines can reach.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name that the page is reached by too, such as a tunnel's.")
@click.option("--json", "as_json", is_flag=True, help="Print the link as one JSON object and nothing else.")
def command(options: LiveOptions, port: int, host: str, allow_remote: bool, allow_host: tuple[str, ...], as_json: bool) -> None:
    """Serve the live page of a call, and listen: to a source, or to what is posted to /segments."""
    from ..panel.app import Panel
    from ..panel.server import bind, is_loopback

    if not is_loopback(host) and not allow_remote:
        raise InputError(f"--host {host}: other machines could reach the call there; add --allow-remote if they are to")
    played = recording_of(options)
    with bind(host, port) as door, journal_of(options) as journal:
        call = open_call(options, journal, played)
        source = played or (source_of(options, call) if options.places else None)
        server = _server(Panel(call), journal, (host, door.getsockname()[1]), allow_host, as_json)
        left = threading.Event()
        listening = Listening(call, source) if source is not None else None
        if listening is not None:
            listening.start()
            threading.Thread(target=_attend, args=(call, listening, left), name="copilot-panel", daemon=True).start()
        try:
            server.run(sockets=[door])
        except KeyboardInterrupt:
            # Ctrl-C is how the interviewer leaves; the call is kept.
            pass
        finally:
            left.set()
            if listening is not None:
                listening.close()
    tell_next("panel", call, journal, options)


def _server(panel: Panel, journal: Journal | None, place: tuple[str, int], names: tuple[str, ...], as_json: bool) -> PanelServer:
    """Return a server of the page at an address, which prints the link when it is ready."""
    from ..panel.server import PanelServer, link, token_of

    # Next to the journal, so that an open page reconnects when the command is run again.
    token = token_of(journal.path.with_suffix(".token") if journal else None)
    address = link(*place, token)
    line = json.dumps({"link": address}) if as_json else address
    return PanelServer(panel, token, *place, names=names, ready=lambda: click.echo(line), debug=is_debugging())


def _attend(call: LiveCall, listening: Listening, left: threading.Event) -> None:
    """Report the connection of the call's source; when the source ends, so does the call, unless the interviewer has left."""
    while not listening.ended.wait(STEP):
        call.note(told(listening.source), lost=listening.source.lost)
    if left.is_set():
        return
    if listening.problem is None:
        call.note(told(listening.source), lost=listening.source.lost)
        call.act(End())
    else:
        # The page goes on: what is posted is still heard, and the interviewer may start the source again.
        call.note(str(listening.problem), lost=True)
        notice(str(listening.problem))
