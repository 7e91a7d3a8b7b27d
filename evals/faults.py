"""A scripted call in the messages of each vendor, sent through a real WebSocket with a fault: which words get lost, which come twice.

`python evals/bench.py sources` prints the table.
"""

from __future__ import annotations

import json
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from copilot.sources.web_socket import WebSocket
from copilot.turns import LiveSegment, Turn

CALL = Path(__file__).parent / "interviews" / "a1-freight" / "turns.jsonl"
BEGAN = 1_780_000_000.0
DROP = b"drop the connection"
AGAIN = 5
"""Messages that are sent once more after a connection was dropped."""


class Said(NamedTuple):
    """An utterance of the scripted call; times are seconds."""

    speaker: str
    text: str
    start: float
    end: float


def scripted_call(turns: int = 60) -> list[Said]:
    """Return the sentences of the first turns of a labelled interview, two seconds and a half each."""
    rows = [Turn(**json.loads(line)) for line in CALL.read_text("utf-8").splitlines()[:turns]]
    sentences = [(row.speaker, f"{part.strip(' .')}.") for row in rows for part in row.text.split(". ") if part.strip(" .")]
    return [Said(who, text, 2.5 * number, 2.5 * number + 2.3) for number, (who, text) in enumerate(sentences)]


def growing(said: Said) -> list[str]:
    """Return what a recogniser shows of an utterance before it is done: a third of the words, then two."""
    words = said.text.split()
    return [" ".join(words[: max(len(words) * part // 3, 1)]) for part in (1, 2)]


def ours(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as segments of our own."""
    for number, said in enumerate(call):
        base = {"id": f"s{number}", "speaker": said.speaker, "start": said.start, "end": said.end}
        yield from ({**base, "text": text, "final": False} for text in growing(said))
        yield {**base, "text": said.text}


def vexa(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as Vexa tells it: drafts that run ahead of the segment, and now and then one that is given up for another id."""

    def message(start: float, text: str, done: bool) -> dict[str, Any]:
        milliseconds = round((BEGAN + start) * 1000)
        row = {"speaker": "Speaker", "text": text, "t": round(BEGAN + start, 1), "tsMs": milliseconds, "completed": done}
        return {"type": "transcript", **row, "id": f"ch-0:1:{milliseconds}"}

    for number, said in enumerate(call):
        ahead = call[number + 1].text.split()[:2] if number + 1 < len(call) else []
        given_up = number % 7 == 3
        yield message(said.start, growing(said)[0], False)
        yield message(said.start, " ".join([said.text, *ahead]), False)
        yield message(said.start + (0.08 if given_up else 0.0), said.text, True)
        if number % 10 == 0:
            yield {"type": "ping"}


def recall(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as Recall.ai's events; a participant has no name at first."""
    for number, said in enumerate(call):
        person = {"id": 100 + len(said.speaker), "name": said.speaker if number > 3 else None}
        for text in (*growing(said), said.text):
            done = text == said.text
            words = [{"text": text, "start_timestamp": {"relative": said.start}, "end_timestamp": {"relative": said.end} if done else None}]
            data = {"data": {"words": words, "participant": person}, "recording": {"id": "r1"}}
            yield {"event": "transcript.data" if done else "transcript.partial_data", "data": data}


def deepgram(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as Deepgram's results, with empty ones and the ends of utterances."""
    for said in call:
        for text, done in [*((text, False) for text in growing(said)), (said.text, True)]:
            words = [
                {"word": word, "speaker": len(said.speaker), "start": said.start + n * 0.1, "end": said.start + n * 0.1 + 0.1}
                for n, word in enumerate(text.split())
            ]
            yield _results(said.start, {"transcript": text, "words": words}, done)
        yield _results(said.end, {"transcript": "", "words": []}, True)
        yield {"type": "UtteranceEnd", "last_word_end": said.end}


def _results(start: float, best: dict[str, Any], done: bool) -> dict[str, Any]:
    head = {"type": "Results", "channel_index": [0, 1], "metadata": {"request_id": "q1"}, "start": start, "duration": 0.2}
    return {**head, "is_final": done, "speech_final": done, "channel": {"alternatives": [best]}}


def assemblyai(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as AssemblyAI's turns: first without, then with punctuation."""
    yield {"type": "Begin", "id": "session-1", "expires_at": BEGAN}
    for number, said in enumerate(call):
        words = [
            {"text": word, "start": round((said.start + n * 0.1) * 1000), "end": round((said.start + n * 0.1) * 1000) + 90}
            for n, word in enumerate(said.text.split())
        ]
        turn = {"type": "Turn", "turn_order": number, "turn_is_formatted": False}
        yield {**turn, "end_of_turn": False, "transcript": "", "words": words[: len(words) // 2]}
        yield {**turn, "end_of_turn": True, "transcript": said.text.lower(), "words": words}
        yield {**turn, "end_of_turn": True, "transcript": said.text, "words": words, "turn_is_formatted": True}


def livekit(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as LiveKit's text streams, whose `final` is text or a boolean, and as events."""
    for number, said in enumerate(call):
        for text in (*growing(said), said.text):
            done = text == said.text
            if number % 2:
                segments = [{"id": f"SG_{number}", "text": text, "start_time": 0, "end_time": 0, "final": done}]
                yield {"segments": segments, "participant_identity": said.speaker}
                continue
            flag = done if number % 4 else str(done).lower()
            attributes = {"lk.segment_id": f"SG_{number}", "lk.transcribed_track_id": "TR_1", "lk.transcription_final": flag}
            yield {"text": text, "attributes": attributes, "participant": {"identity": said.speaker}}


def zoom(call: Sequence[Said]) -> Iterator[dict[str, Any]]:
    """Yield the call as the transcripts of Zoom's media streams, with a sign of life now and then."""
    for number, said in enumerate(call):
        sent = round((BEGAN + said.start) * 1000)
        content = {"user_id": len(said.speaker), "user_name": said.speaker, "data": said.text, "timestamp": sent}
        yield {"msg_type": 17, "content": content}
        if number % 8 == 0:
            yield {"msg_type": 12, "timestamp": sent}


Script = list[str | bytes]
VENDORS: dict[str, Callable[[Sequence[Said]], Iterator[dict[str, Any]]]] = {
    "ours": ours, "Vexa": vexa, "Recall.ai": recall, "Deepgram": deepgram, "AssemblyAI": assemblyai, "LiveKit": livekit, "Zoom": zoom,
}  # fmt: skip


def messages(vendor: str, call: Sequence[Said]) -> Script:
    """Return the call as text messages of a vendor."""
    return [json.dumps(message) for message in VENDORS[vendor](call)]


def dropped(script: Script, chance: random.Random) -> Script:
    """Drop the connection after each fortieth message or so."""
    return [part for message in script for part in ([message, DROP] if chance.random() < 0.025 else [message])]


def duplicated(script: Script, chance: random.Random) -> Script:
    """Send each message twice, every tenth one or so again later."""
    out: Script = []
    for place, message in enumerate(script):
        out += [message, message]
        if chance.random() < 0.1:
            out.append(script[max(place - 12, 0)])
    return out


def reordered(script: Script, chance: random.Random) -> Script:
    """Shuffle the messages by fours, but for the one that opens the stream."""
    fours = (script[place : place + 4] for place in range(1, len(script), 4))
    return [*script[:1], *(message for four in fours for message in chance.sample(four, len(four)))]


def delayed(script: Script, chance: random.Random) -> Script:
    """Let a tenth of the messages come up to thirty places late."""
    places = [place + (chance.uniform(1, 30) if chance.random() < 0.1 else 0) for place in range(len(script))]
    return [script[place] for place in sorted(range(len(script)), key=places.__getitem__)]


def garbled(script: Script, chance: random.Random) -> Script:
    """Send garbage between the messages: bytes, broken and nested JSON, other programs' messages."""
    rubbish: Script = [b"\xff\x00\x80", '{"type": "Turn", "turn_or', "[" * 5000, "null", '"text"', '{"type": "error"}', "[[1], {}]", ""]
    return [part for message in script for part in (chance.choice(rubbish), message)]


def unharmed(script: Script, chance: random.Random) -> Script:
    """Send the messages as they are."""
    return script


FAULTS: dict[str, Callable[[Script, random.Random], Script]] = {
    "none": unharmed, "drop": dropped, "duplicate": duplicated, "reorder": reordered, "delay": delayed, "garbage": garbled,
}  # fmt: skip


class StreamServer:
    """A WebSocket on the loopback interface that plays a script, once; use it in a `with` statement.

    DROP in the script cuts the connection; after that the last messages are sent again. At the end the stream is closed as finished.
    """

    def __init__(self, script: Iterable[str | bytes]) -> None:
        """Take the script."""
        self.connections = 0
        self.heard: list[str | bytes] = []
        self._script = list(script)
        self._place = 0
        self._server: Server = serve(self._play, "127.0.0.1", 0)

    @property
    def url(self) -> str:
        """The address to connect to."""
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/stream?key=secret"

    def _play(self, connection: ServerConnection) -> None:
        self.connections += 1
        try:
            for message in self._script[max(self._place - AGAIN, 0) : self._place]:
                if message != DROP:
                    connection.send(message)
            while self._place < len(self._script):
                message = self._script[self._place]
                self._place += 1
                if message == DROP:
                    connection.socket.shutdown(socket.SHUT_RDWR)
                    return
                connection.send(message)
        except ConnectionClosed:
            return

    def __enter__(self) -> Self:
        """Start to listen."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        """Stop to listen."""
        self._server.shutdown()


@dataclass(frozen=True)
class Outcome:
    """What came of a call: words that were lost, words that came too often, messages that were not read, connections made."""

    lost: int
    doubled: int
    unread: int
    connections: int


def listen(script: Script) -> tuple[list[LiveSegment], WebSocket, StreamServer]:
    """Return the last report under each id, the source that gave it, and the server it came from."""
    with StreamServer(script) as server:
        source = WebSocket(server.url, wait=lambda seconds: False)
        reports = {segment.id: segment for segment in source.segments()}
    return [segment for segment in reports.values() if segment.text], source, server


def outcome(vendor: str, fault: str, call: Sequence[Said], seed: int = 7) -> Outcome:
    """Send a call through a fault, and compare the words heard with those said. A draft that was left over counts as heard."""
    script = FAULTS[fault](messages(vendor, call), random.Random(seed))  # noqa: S311 -- a game of chance that can be repeated
    heard, source, server = listen(script)
    said, got = (Counter(word for item in items for word in item.text.split()) for items in (call, heard))
    return Outcome((said - got).total(), (got - said).total(), source.unread, server.connections)


def table() -> int:
    """Print the outcomes; return 1 where a word was lost or came twice."""
    call = scripted_call()
    print(f"{len(call)} utterances, {sum(len(said.text.split()) for said in call)} words; lost/doubled\n")
    print(f"{'':<12}{''.join(f'{fault:>14}' for fault in FAULTS)}")
    rows = {vendor: [outcome(vendor, fault, call) for fault in FAULTS] for vendor in VENDORS}
    for vendor, row in rows.items():
        print(f"{vendor:<12}{''.join(f'{found.lost:>10}/{found.doubled:<3}' for found in row)}")
    found = [one for row in rows.values() for one in row]
    print(
        f"\n{sum(one.connections for one in found) - len(found)} connections made again, {sum(one.unread for one in found)} messages unread"
    )
    return int(any(one.lost or one.doubled for one in found))
