"""Measure speed and memory as ratios within one run: `python evals/bench.py [TRANSCRIPT.vtt]`; prints a table.

`python evals/bench.py sources` sends a call through each live source's faults, and counts the words that get lost or come twice.
`python evals/bench.py live` measures live calls (see bench_live.py), `python evals/bench.py page` their page (see bench_page.py).

Needs the `bench` extra (quantulum3 and webvtt-py, the yardsticks). Times are a processor's, and each row is the median of paired runs.
`python evals/bench.py model` measures what a language model costs in tokens; it needs no extra, no model and no network.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from copilot import Background, Session, Transcript, Turn

HERE = Path(__file__).parent
SAMPLE = HERE / "interviews" / "a1-freight"
HEAVY = ("numpy", "langchain_core", "langchain_openai", "openai", "tiktoken", "starlette")
LONG = 10_000
ROUNDS = 5
CALLS = ("a1-freight", "b1-payments-ci", "d1-donors", "h1-solar", "l2-pipeline")
"""Interviews that make a long call when they are held one after the other."""
CACHED = 0.25
"""Price of a token that the provider has in its cache, in that of another."""


def spent() -> float:
    """Return the processor's seconds that this process and those it has waited for have used."""
    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + waited.ru_utime + waited.ru_stime


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call keeps a processor busy, which other programs hardly change."""
    start = spent()
    call()
    return spent() - start


def paired(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Return the medians in seconds of two calls run in turn, and the median of their ratios; the first pair warms up."""
    pairs = [(seconds(one), seconds(other)) for _ in range(runs + 1)][1:]
    return (*(statistics.median(column) for column in zip(*pairs, strict=True)), statistics.median(a / b for a, b in pairs))


def process(*words: str) -> Callable[[], object]:
    """Return a call that runs this Python with the words as arguments, its modules compiled as an installed package's are."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, env=env)  # noqa: S603 -- our own words


def long_call(turns: list[Turn], count: int) -> Iterator[Turn]:
    """Yield a call of `count` turns, made of the turns of a short one said again."""
    for n in range(count):
        yield turns[n % len(turns)].model_copy(update={"turn": n + 1})


def hearing(turns: list[Turn], background: Background) -> tuple[float, float]:
    """Return the seconds that a round of the call's turns takes near turn 100 and near turn 10,000, each the median of ROUNDS rounds.

    The same turns are compared, so that their lengths do not matter; memory is measured apart, since tracing it slows a long call.
    """
    session, size = Session(background=background), len(turns)
    cost = [seconds(lambda t=turn: session.hear(t)) for turn in long_call(turns, LONG)]
    rounds = [sum(cost[n : n + size]) for n in range(size, LONG - size + 1, size)]
    return statistics.median(rounds[:ROUNDS]), statistics.median(rounds[-ROUNDS:])


def memory_kept(turns: list[Turn], background: Background) -> float:
    """Return the bytes that a session keeps a turn once it has heard the call's turns, on average over ROUNDS more rounds."""
    session, size = Session(background=background), len(turns)
    tracemalloc.start()
    for turn in long_call(turns, size * (ROUNDS + 1)):
        if turn.turn == size + 1:
            before = tracemalloc.get_traced_memory()[0]
        session.hear(turn)
    kept = (tracemalloc.get_traced_memory()[0] - before) / (size * ROUNDS)
    tracemalloc.stop()
    return kept


def sources() -> int:
    """Print the fault table of the live sources; return 1 where a word was lost or came twice."""
    from faults import table

    return table()


def long_interview(minutes: float) -> list[Turn]:
    """Return a call of so many minutes, made of several interviews."""
    turns: list[Turn] = []
    for name in CALLS:
        offset = turns[-1].end or 0 if turns else 0
        for line in (SAMPLE.parent / name / "turns.jsonl").read_text("utf-8").splitlines():
            turn = Turn(**json.loads(line))
            times = {"start": (turn.start or 0) + offset, "end": (turn.end or 0) + offset}
            turns.append(turn.model_copy(update={"turn": len(turns) + 1, **times}))
    return [turn for turn in turns if (turn.end or 0) <= minutes * 60]


def asked_of_a_model(turns: list[Turn], *, live: bool) -> list[tuple[int, int]]:
    """Return the tokens of each request to a model over a call: those of the first message and the schema, and the others.

    The model is the scripted server, which finds nothing; the embedded engine's findings fill the ledger's summary.
    """
    from langchain_openai import ChatOpenAI

    from copilot.engines.llm import Limits, LLMEngine
    from copilot.engines.llm.tokens import count_tokens
    from copilot.testing import ModelServer, Reply, notes

    with ModelServer([Reply(notes())]) as server:
        model = ChatOpenAI(model="scripted", base_url=server.url, api_key="none", max_retries=0)
        engine = LLMEngine(model, ahead=() if live else turns, limits=Limits(deadline=60), notify=None)
        session = Session(background=Background.load(SAMPLE / "background.yaml"), engine=engine)
        for turn in turns:
            session.hear(turn)
    fixed = [json.dumps(request["response_format"]) + request["messages"][0]["content"] for request in server.requests]
    if len(set(fixed)) > 1:
        raise ValueError("what begins a request changes within a call, so that no provider's cache can hold it")
    asked = [request["messages"][1]["content"] for request in server.requests]
    return [(count_tokens(a), count_tokens(b)) for a, b in zip(fixed, asked, strict=True)]


def model() -> int:
    """Print what a model reads over a call, live against the whole transcript at each answer, and recorded against the transcript."""
    from copilot.engines.llm.context import turns_text
    from copilot.engines.llm.tokens import count_tokens, counter

    print(f"tokens that a model reads, counted by {counter().name}; one from the provider's cache costs {CACHED:g} of another\n")
    for minutes, aim in ((60, "at most 0.25"), (120, "at most 0.125")):
        turns = long_interview(minutes)
        requests = asked_of_a_model(turns, live=True)
        (fixed, _), ours = requests[0], sum(CACHED * a + b for a, b in requests)
        heard = [sum(count_tokens(turns_text([t])) for t in turns[: n + 1]) for n, turn in enumerate(turns) if turn.role == "customer"]
        whole, told = sum(fixed + n for n in heard), sum(CACHED * fixed + n for n in heard)
        grown = sum(CACHED * (fixed + old) + new - old for old, new in zip([0, *heard], heard, strict=False))
        paid = f"{fixed} tokens never change; {ours / len(requests):.0f} are paid a call"
        print(f"live, {minutes} minutes: {len(requests)} calls for {len(heard)} answers; {paid}")
        print(f"  / the whole transcript at each answer                 ratio {ours / whole:6.3f}   aim {aim}")
        print(f"  / the same, the instructions in the cache             ratio {ours / told:6.3f}   aim {aim}")
        print(f"  / the same, all that was sent before in the cache     ratio {ours / grown:6.3f}")
        read = sum(a + b for a, b in asked_of_a_model(turns, live=False))
        said = sum(count_tokens(t.text) for t in turns)
        print(f"recorded, {minutes} minutes: {read:,} tokens / {said:,} of the transcript   ratio {read / said:6.2f}   aim at most 4\n")
    return 0


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", metavar="TRANSCRIPT.vtt", help="a transcript, or sources, live, page or model")
    parser.add_argument("only", nargs="*", metavar="ROW", help="with live: the rows to measure, such as latency")
    given = parser.parse_args()
    if given.only and given.what != "live":
        parser.error(f"{given.what} takes no rows")
    if given.what == "live":
        import bench_live

        return bench_live.main(given.only)
    if given.what == "page":
        import bench_page

        return bench_page.main()
    if given.what == "sources":
        return sources()
    if given.what == "model":
        return model()
    recorded(Path(given.what) if given.what else zoom_export())
    code = f"import copilot, sys; print([m for m in {HEAVY} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- our own words
    print(f"heavy modules that `import copilot` loads: {loaded.stdout.strip()}")
    return 0


def recorded(path: Path) -> None:
    """Print what a recorded call costs, next to yardsticks."""
    import webvtt
    from quantulum3 import classifier, parser

    from copilot.formats import Export, read

    # Its trained classifier only loads with one version of scikit-learn; without it, quantulum3 is the faster yardstick.
    classifier.USE_CLF = False
    background = Background.load(SAMPLE / "background.yaml")
    turns = list(Transcript.load(path, background=background))
    text = [t.text for t in turns]

    def analyze() -> object:
        session = Session(background=background)
        for turn in turns:
            session.hear(turn)
        return session.findings

    rows = [
        (
            "copilot suggest, whole process / import pydantic",
            *paired(process("-m", "copilot", "suggest", str(path)), process("-c", "import pydantic"), 9),
            "at most 5",
        ),
        ("quantulum3 parses the text / analysis", *paired(lambda: [parser.parse(t) for t in text], analyze, 3), "at least 10"),
        (
            "webvtt-py reads the file / our reader, segments",
            *paired(lambda: webvtt.read(str(path)), lambda: read(Export.of(path.read_bytes())), 31),
            "at least 1",
        ),
        (
            "webvtt-py reads the file / turns with people and roles",
            *paired(lambda: webvtt.read(str(path)), lambda: Transcript.load(path), 31),
            "none, for what it adds",
        ),
    ]
    early, late = hearing(turns, background)
    rows.append((f"hear() near turn {LONG:,} / near turn 100, {len(turns)} turns each", late, early, late / early, "at most 1.5"))
    print(f"{path.name}: {len(turns)} turns, {sum(len(t.split()) for t in text)} words\n")
    for name, a, b, ratio, aim in rows:
        print(f"{name:<58} {a * 1000:>9.1f} ms {b * 1000:>9.1f} ms   ratio {ratio:6.2f}   aim {aim}")
    letters = sum(map(len, text)) / len(turns)
    print(f"{'memory kept a turn':<58} {memory_kept(turns, background):>9.0f} bytes for {letters:.0f} characters of text")


def zoom_export() -> Path:
    """Return the sample interview as a Zoom export, made in a temporary folder."""
    import tempfile

    from copilot.formats import render

    turns = [Turn(**json.loads(line)) for line in (SAMPLE / "turns.jsonl").read_text("utf-8").splitlines()]
    path = Path(tempfile.mkdtemp()) / "call.vtt"
    path.write_text(render(turns, "zoom"), "utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
