from __future__ import annotations

import io
import json
import os
import resource
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from copilot.actions import Asked, Dismiss, Pin, Raised, Snooze, Unpin
from copilot.cli.listening import Listening
from copilot.cli.screen import action_for, drawn
from copilot.cli.wrapping import columns
from copilot.findings import Consent, Coverage
from copilot.journal import read_journal
from copilot.live.board import Board, KeptBack, Line, Plan, SectionView, TopicView, Voice
from copilot.live.call import LiveCall
from copilot.probe import Probe
from copilot.session import Session
from copilot.testing import Reply, notes
from copilot.turns import LiveSegment

from ..conftest import Run, Serve

PROBE = Probe(
    gap="2.0-missing_metric", probe="Roughly how much is that in a year?", why="No number.", kind="missing_metric",
    topic="results.metrics", severity="must", score=0.9, turn=2, text="saved us a fortune",
)  # fmt: skip
BOARD = Board(
    revision=3, state="live", session="acme", elapsed=754.0, minutes_left=12.4, probe=PROBE,
    sections=(SectionView(id="results", title="Results", coverage=Coverage(covered=1, total=2), topics=(
        TopicView(id="results.metrics", title="Metrics", state="open"), TopicView(id="results.daily", title="Daily work", state="covered"),
    )),),
    lines=(Line(speaker="Carl", role="customer", text="It saved us a fortune.", at=750.0, final=True),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_JOURNALS", str(tmp_path / "journals"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def live(*words: str) -> subprocess.Popen[str]:
    """Start `copilot live` in a process of its own."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-m", "copilot", "live", *words], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def until_heard(path: Path, count: int) -> None:
    """Wait until a journal holds so many reports."""
    for _ in range(600):
        if path.exists() and path.read_bytes().count(b'{"event":"heard"') >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} does not hold {count} reports after a minute")


def test_a_replayed_call_prints_a_line_for_each_new_probe_and_the_coverage(run: Run, plain: Path) -> None:
    status, out, err = run("live", "--replay", plain, "--speed", "60")
    assert status == 0
    first = out.splitlines()[0]
    assert first.strip()[0].isdigit()
    assert "?  (“" in first
    assert "Covered" in out
    assert "\x1b" not in out
    assert "Traceback" not in err


def test_a_replayed_call_prints_one_json_object_at_its_end(run: Run, plain: Path) -> None:
    status, out, _ = run("live", "--replay", plain, "--speed", "100", "--json")
    assert status == 0
    assert Board.model_validate_json(out).state == "ended"


def test_a_replayed_call_takes_the_roles_that_are_given(run: Run, tmp_path: Path) -> None:
    call, known = tmp_path / "call.txt", tmp_path / "known.yaml"
    call.write_text("Ann: So what has changed?\n\nCarl: It has saved us a fortune, honestly.\n")
    known.write_text(
        "participants:\n- {name: Ann Lee, role: interviewer}\n- {name: Ann Ray, role: customer}\n- {name: Carl, role: customer}\n"
    )
    options = ("live", "--replay", str(call), "--background", str(known), "--speed", "100")
    assert run(*options)[0] != 0
    assert run(*options, "--role", "Ann=interviewer")[0] == 0


def test_a_replayed_call_leaves_a_journal_only_under_a_name(run: Run, plain: Path, tmp_path: Path) -> None:
    run("live", "--replay", plain, "--speed", "100")
    assert not (tmp_path / "journals").exists()
    _, _, err = run("live", "--replay", plain, "--speed", "100", "--session", "acme", "--journal", tmp_path / "own")
    journal = tmp_path / "own" / "acme.jsonl"
    assert f"copilot draft all {journal}" in err
    status, out, _ = run("analyze", journal, "--json")
    assert status == 0
    assert [t["speaker"] for t in json.loads(out)["turns"]] == ["Ines", "Carl", "Ines", "Carl"]


def test_a_killed_call_goes_on_with_the_same_command_and_every_command_reads_it(run: Run, tmp_path: Path) -> None:
    journal = tmp_path / "journals" / "acme.jsonl"
    first = live("--stdin", "--session", "acme", "--role", "Ines=interviewer")
    assert first.stdin is not None
    first.stdin.write("Ines: So what has changed?\nCarl: It has saved us a fortune, honestly.\n")
    first.stdin.flush()
    until_heard(journal, 2)
    first.send_signal(signal.SIGKILL)
    first.communicate()

    second = live("--stdin", "--session", "acme", "--role", "Ines=interviewer")
    out, err = second.communicate("Ines: How much was it?\nCarl: Forty thousand euros a year.\n")
    assert second.returncode == 0
    assert "going on with acme, 2 segments so far" in err
    assert "Covered" in out
    _, out, _ = run("analyze", journal, "--json")
    assert [t["text"] for t in json.loads(out)["turns"]] == [
        "So what has changed?", "It has saved us a fortune, honestly.", "How much was it?", "Forty thousand euros a year.",
    ]  # fmt: skip


def test_nothing_is_added_to_a_call_that_ended_days_ago(run: Run, tmp_path: Path) -> None:
    journal = tmp_path / "journals" / "acme.jsonl"
    assert live("--stdin", "--session", "acme").communicate("Ines: So what has changed?\n")[1]
    assert "acme, 1 segments" in live("--stdin", "--session", "acme").communicate("")[1]
    first, *rest = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join([json.dumps(json.loads(first) | {"began": 1_700_000_000.0}) + "\n", *rest]))
    before = journal.read_bytes()
    again = live("--stdin", "--session", "acme")
    err = again.communicate("Ines: Another call.\n")[1]
    assert again.returncode == 2
    assert "the call of 14 November 2023, which has ended; give this one another name" in err
    assert journal.read_bytes() == before


def test_a_live_call_knows_whom_to_expect_from_the_background_and_the_roles(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("participants: [{name: Carl Moss, role: customer}, {name: Thomas Berg, role: colleague}]", "utf-8")
    options = ("--session", "acme", "--background", str(tmp_path / "acme.yaml"), "--role", "Ines Ott=interviewer")
    live("--stdin", *options).communicate("Carl Moss: It is faster.\ntom: Ninety percent, I heard.\nines: Is it?\n")
    journal = read_journal(tmp_path / "journals" / "acme.jsonl")
    assert [e.segment.speaker for e in journal if e.event == "heard"] == ["Carl Moss", "tom", "ines"]


def test_a_file_that_is_not_there_yet_is_waited_for_with_a_word(tmp_path: Path) -> None:
    call = live("--follow", str(tmp_path / "later.txt"), "--session", "acme")
    assert call.stderr is not None
    assert call.stderr.readline() == f"copilot: waiting for {tmp_path / 'later.txt'}\n"
    call.send_signal(signal.SIGINT)
    call.communicate(timeout=60)
    assert call.returncode == 0


def test_an_interrupted_call_says_how_to_go_on(tmp_path: Path) -> None:
    call = live("--stdin", "--session", "acme")
    assert call.stdin is not None
    call.stdin.write("Ines: So what has changed?\n")
    call.stdin.flush()
    until_heard(tmp_path / "journals" / "acme.jsonl", 1)
    call.send_signal(signal.SIGINT)
    assert call.stderr is not None
    assert call.wait(60) == 0
    err = call.stderr.read()
    assert "copilot live --session acme" in err
    assert "Fatal" not in err
    for pipe in (call.stdin, call.stdout, call.stderr):
        assert pipe is not None
        pipe.close()


def test_what_was_dismissed_and_withdrawn_in_the_call_holds_for_the_documents(run: Run, plain: Path, tmp_path: Path) -> None:
    run("live", "--replay", plain, "--speed", "100", "--session", "acme")
    journal = tmp_path / "journals" / "acme.jsonl"
    gap = json.loads(run("suggest", journal, "--json")[1])["probes"][0]["gap"]
    rows = (
        {"do": "dismiss", "gap": gap},
        {"do": "withdraw", "span": "2:it has saved us a fortune"},
        {"do": "dismiss", "gap": "99.0-vague"},
    )
    with journal.open("a") as file:
        file.writelines(json.dumps({"event": "acted", "at": 99.0, "action": row}) + "\n" for row in rows)
    _, out, err = run("suggest", journal, "--json", "--limit", "9")
    assert gap not in {p["gap"] for p in json.loads(out)["probes"]}
    assert "“dismiss” that fits nothing here" in err
    assert "fortune" not in run("draft", "outline", journal)[1]
    assert [row["text"] for row in json.loads(run("analyze", journal, "--json")[1])["withdrawn"]] == ["it has saved us a fortune"]
    told, before = run("analyze", journal)[1], run("analyze", plain)[1]
    assert "Withdrawn (1)" in told
    assert "“it has saved us a fortune”  on " in told
    assert "Withdrawn" not in before


def test_what_was_withdrawn_in_the_call_holds_for_a_journal_on_standard_input_too(
    run: Run, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("live", "--replay", plain, "--speed", "100", "--session", "acme")
    journal = (tmp_path / "journals" / "acme.jsonl").read_text()
    withdrawn = json.dumps({"event": "acted", "at": 99.0, "action": {"do": "withdraw", "span": "2:it has saved us a fortune"}}) + "\n"
    for text, is_told in ((journal, True), (journal + withdrawn, False)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert ("fortune" in run("draft", "outline", "-")[1]) is is_told


def test_a_damaged_journal_is_repaired_on_request_and_every_use_tells_what_is_lost(run: Run, plain: Path, tmp_path: Path) -> None:
    run("live", "--replay", plain, "--speed", "100", "--session", "acme")
    journal = tmp_path / "journals" / "acme.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:3], b"nonsense\n", *lines[4:]]))
    status, _, err = run("live", "--replay", plain, "--session", "acme")
    assert status == 2
    assert "line 4 is damaged" in err
    status, out, _ = run("live", "--repair", "--session", "acme")
    assert status == 0
    assert f"{len(lines) - 1} lines kept, 1 lost" in out
    assert len(read_journal(journal)) == len(lines)
    assert (tmp_path / "journals" / "acme.damaged-1.jsonl").exists()
    for words in (("draft", "outline"), ("suggest",), ("report",)):
        assert "1 line of the call's record is lost at 0:0" in run(*words, journal)[2]
    items = json.loads(run("draft", "checklist", journal, "--json")[1])["items"]
    assert [(i["status"], i["blocks"]) for i in items if "a request for discretion may be among them" in i["item"]] == [("missing", True)]
    assert "is lost" in run("live", "--replay", plain, "--speed", "1000", "--session", "acme")[2]
    assert "is sound" in run("live", "--repair", "--session", "acme")[1]


def test_a_model_reads_beside_the_call_and_what_it_found_is_in_the_journal(run: Run, plain: Path, tmp_path: Path, serve: Serve) -> None:
    gap = {
        "ref": "n1", "turn": 2, "quote": "saved us a fortune", "kind": "missing_metric", "severity": "must", "topic": "results.metrics",
        "confidence": 0.9, "why": "It has no number.", "probe": "How much money has the faster invoicing saved you?",
    }  # fmt: skip

    def script(request: Mapping[str, Any]) -> Reply:
        return Reply(notes(gaps=[gap] if "fortune" in str(request["messages"][-1]["content"]) else []))

    words = f"--replay {plain} --speed 20 --session acme --model openai:scripted --no-cache --deadline 60".split()
    with serve(script) as server:
        status, _, err = run("live", *words)
        asked = len(server.requests)
    assert status == 0
    assert asked > 0
    read = [e for e in read_journal(tmp_path / "journals" / "acme.jsonl") if e.event == "read"]
    assert [g.probe for e in read for g in e.found.gaps if "llm" in g.origin] == [gap["probe"]]
    assert f"{asked} calls" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "one of --stdin, --follow FILE, --connect URL or --replay CALL"),
        (("--stdin", "--replay", "x"), "one of --stdin"),
        (("--repair",), "--repair needs the --session"),
        (("--stdin", "--session", "../acme"), "session '../acme': use up to"),
        (("--stdin", "--session", ""), "session '': use up to"),
        (("--connect", "example.com"), "no WebSocket address"),
        (("--stdin", "--role", "Ines"), "write NAME=ROLE"),
        (("--replay", "no-such-file.vtt"), "no-such-file.vtt: cannot be read"),
    ],
)
def test_arguments_that_cannot_be_followed_are_told_in_one_line(run: Run, words: tuple[str, ...], told: str) -> None:
    status, out, err = run("live", *words)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [("--follow", "."), ("--connect", "example.com"), ("--connect", "ws://127.0.0.1:9")])
def test_a_call_that_fails_before_anything_was_heard_leaves_no_journal(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("live", *words, "--session", "acme")[0] == 2
    assert not list(tmp_path.glob("**/acme.jsonl"))


def test_a_call_that_was_heard_stays_where_it_cannot_be_resumed(run: Run, tmp_path: Path, plain: Path) -> None:
    journal = tmp_path / "journals" / "acme.jsonl"
    run("live", "--replay", plain, "--speed", "1000", "--session", "acme")
    held = journal.read_bytes()
    assert run("live", "--follow", ".", "--session", "acme")[0] == 2
    assert journal.read_bytes() == held


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_where_the_journal_cannot_be_written_the_call_goes_on_and_is_saved_elsewhere(
    run: Run, plain: Path, tmp_path: Path, json_too: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("no folder")
    words = ("live", "--replay", plain, "--speed", "100", "--session", "acme", "--journal", tmp_path / "file", *json_too)
    status, out, err = run(*words)
    assert status == 2
    assert (Board.model_validate_json(out).state == "ended") if json_too else ("Covered" in out)
    (saved,) = tmp_path.glob("acme-*.jsonl")
    assert err.splitlines()[-1].endswith(f"File exists); the whole call is in {saved}")
    assert (f"copilot draft all {saved} --out FOLDER" in err) is not bool(json_too)
    assert len(json.loads(run("analyze", saved, "--json")[1])["turns"]) == 4


def test_where_the_disk_is_full_nothing_is_made_of_the_part_that_is_saved(plain: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "copilot", "live", "--replay", str(plain), "--speed", "100", "--session", "acme"]
    done = subprocess.run(words, capture_output=True, text=True, preexec_fn=_little_room, check=False)
    assert done.returncode == 2
    assert "could NOT be saved anywhere" in done.stderr.splitlines()[-1]
    assert "copilot draft" not in done.stderr
    assert "copilot suggest" not in done.stderr
    assert read_journal(tmp_path / "journals" / "acme.jsonl")[-1].event == "lost"


def _little_room() -> None:
    """Let no file of this process grow beyond its beginning, as on a disk that is almost full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))


def test_the_screen_shows_coverage_the_probe_with_its_words_and_the_last_words() -> None:
    text = "\n".join(drawn(BOARD, 80, 24))
    assert "acme   live   12:34   12 min left" in text
    assert "Results          ■□  Metrics" in text
    assert "Roughly how much is that in a year?" in text
    assert "“saved us a fortune”" in text
    assert "No number." in text
    assert "Carl: It saved us a fortune." in text
    assert "a asked" in text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (30, 8), (10, 2)])
def test_the_screen_fits_its_terminal(width: int, height: int) -> None:
    lines = drawn(BOARD.model_copy(update={"plan": Plan(ask_now=(PROBE,)), "pinned": (PROBE,), "warnings": ("w " * 99,)}), width, height)
    assert len(lines) <= height
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
def test_the_screen_shows_the_end_of_what_is_said_all_of_what_is_pinned_and_the_keys(width: int, height: int) -> None:
    said = BOARD.lines[0].model_copy(update={"text": "We went with you because Bob liked you, " * 9 + "and it was cheap."})
    pinned = PROBE.model_copy(update={"probe": "You said it was slow: how much time went into that in a week, and for how many people?"})
    sections = BOARD.sections * 6
    lines = drawn(BOARD.model_copy(update={"lines": (said,) * 6, "pinned": (pinned,), "sections": sections}), width, height)
    assert len(lines) <= height
    assert lines[-2].startswith("  Carl: … ")
    assert lines[-2].endswith("and it was cheap.")
    assert pinned.probe in " ".join(" ".join(lines).split())
    assert "Roughly how much is that in a year?" in " ".join(lines)
    assert lines[-1].endswith("q quit")


@pytest.mark.parametrize(("width", "height"), [(60, 24), (80, 24), (120, 40)])
def test_the_question_and_the_last_words_stay_where_they_are_whatever_else_is_shown(width: int, height: int) -> None:
    planned = Plan(ask_now=(PROBE.model_copy(update={"probe": "What would you tell a peer?"}),) * 3)
    more = (
        {"warnings": ("not saved: the disk is full",) * 3},
        {"plan": planned},
        {"pinned": (PROBE,) * 2},
        {"sections": BOARD.sections * 6},
    )
    screens = [drawn(BOARD.model_copy(update=shown), width, height) for shown in ({}, *more)]
    assert {next(n for n, line in enumerate(lines) if PROBE.probe in line) for lines in screens} == {2}
    assert {next(n for n, line in enumerate(lines) if "Carl: It saved" in line) for lines in screens} == {height - 2}


def test_a_warning_is_told_to_its_end_and_what_was_said_last_is_cut_between_words() -> None:
    told = "so far, roles guessed from who asks the questions, as the background names nobody: Speaker 1 = interviewer, Ann = customer"
    said = BOARD.lines[0].model_copy(update={"text": "extraordinarily " * 9 + "fine."})
    lines = drawn(BOARD.model_copy(update={"warnings": (told,), "lines": (said,)}), 60, 24)
    assert told in " ".join(" ".join(lines).split())
    assert lines[-2].removeprefix("  Carl: … ").split()[0] == "extraordinarily"


def test_the_screen_says_what_is_kept_out_and_whether_the_recording_was_agreed_to() -> None:
    kept = (KeptBack(turn=12, degree="clear"), KeptBack(turn=32, degree="possible"), KeptBack(turn=33, degree="clear"))
    told = drawn(BOARD.model_copy(update={"kept_back": kept}), 100, 24)[1]
    assert told == "kept out: 33, 12   perhaps: 32   recording: not asked yet"
    assert drawn(BOARD.model_copy(update={"consent": Consent(asked=3)}), 80, 24)[1] == "recording: asked, no yes yet"
    assert drawn(BOARD.model_copy(update={"consent": Consent(asked=3, granted=4)}), 80, 24)[1] == ""
    assert "press k again to keep turn 33 out" in drawn(BOARD, 80, 24, keep=33)[1]


def test_the_screen_says_that_the_time_is_up_and_what_is_left_for_one_more_question() -> None:
    over = BOARD.model_copy(update={"minutes_left": 0.0, "probe": None, "plan": Plan(ask_now=(PROBE,))})
    text = "\n".join(drawn(over, 80, 24))
    assert "time is up" in text.splitlines()[0]
    assert "> if one more can be asked: Roughly how much" in text
    other = PROBE.model_copy(update={"gap": "9.0-vague", "probe": "What does slow mean?"})
    both = [line[:8] for line in drawn(over.model_copy(update={"pinned": (other,)}), 80, 24) if "?" in line]
    assert both == ["> if one", "  pinned"]
    assert action_for("d", over.model_copy(update={"pinned": (other,)})) == Dismiss(gap=PROBE.gap or "")
    assert "time is up" not in drawn(BOARD, 80, 24)[0]


def test_a_question_on_the_screen_says_who_said_its_words_and_when_where_there_is_room() -> None:
    voices = {PROBE.gap or "": Voice(speaker="Carl Moss", at=75.0, words="It saved us a fortune. It was slow.")}
    told = "“It saved us a fortune. It was slow.” · Carl Moss, 1:15"
    large = BOARD.model_copy(update={"voices": voices})
    assert f"    {told}" in drawn(large, 80, 24)
    pinned = large.model_copy(update={"probe": None, "pinned": (PROBE,)})
    assert f"    {told}" in drawn(pinned, 80, 24)
    assert told not in "\n".join(drawn(pinned.model_copy(update={"pinned": (PROBE,) * 3}), 80, 9))
    assert "Moss" not in "\n".join(drawn(BOARD, 80, 24))


@pytest.mark.parametrize("width", [10, 31, 60])
def test_wide_characters_take_two_columns(width: int) -> None:
    said = BOARD.lines[0].model_copy(update={"speaker": "田中 健太", "text": "納期が半分になりました。" * 9})
    probe = PROBE.model_copy(update={"probe": f"You said “{'納期が半分' * 9}”: from what to what?"})
    lines = drawn(BOARD.model_copy(update={"lines": (said,), "probe": probe, "session": "田中" * 20}), width, 24)
    assert all(columns(line) <= width for line in lines)
    assert max(map(columns, lines)) >= width - 3


def test_the_screen_says_that_the_source_is_lost() -> None:
    assert "acme   not heard   12:34" in drawn(BOARD.model_copy(update={"source_lost": True}), 80, 24)[0]


def test_what_is_said_cannot_steer_the_terminal() -> None:
    said = Line(speaker="Carl\x1b[2J", role=None, text="Hello \x1b]0;title\x07 there\r\nfake", at=None, final=False)
    probe = PROBE.model_copy(update={"probe": "\x1b[31mHow much?", "text": "a\x1b[2Jb"})
    lines = drawn(BOARD.model_copy(update={"lines": (said,), "probe": probe}), 80, 24)
    assert all(line.isprintable() or not line for line in lines)


def test_keys_act_on_the_probe_shown_or_on_the_first_pinned_one() -> None:
    gap = PROBE.gap or ""
    assert [action_for(key, BOARD) for key in "adspx"] == [Asked(gap=gap), Dismiss(gap=gap), Snooze(gap=gap), Pin(gap=gap), None]
    pinned = BOARD.model_copy(update={"probe": None, "pinned": (PROBE,)})
    assert action_for("p", pinned) == Unpin(gap=gap)
    assert action_for("a", pinned) == Asked(gap=gap)
    assert action_for("a", BOARD.model_copy(update={"probe": None})) is None
    planned = pinned.model_copy(update={"pinned": (), "plan": Plan(ask_now=(PROBE,))})
    assert action_for("d", planned) == Dismiss(gap=gap)
    topic = PROBE.model_copy(update={"gap": None, "kind": "open_topic", "topic": "future.plans"})
    untouched = planned.model_copy(update={"plan": Plan(ask_now=(topic,))})
    assert [action_for(key, untouched) for key in "ad"] == [Raised(topic="future.plans"), None]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_on_a_terminal_the_call_is_drawn_and_a_key_ends_it(plain: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "copilot", "live", "--replay", str(plain), "--speed", "5"]
    call = subprocess.Popen(
        words, stdin=follower, stdout=follower, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_own_terminal
    )
    os.close(follower)
    drawn_so_far = b""
    while b"q quit" not in drawn_so_far:
        drawn_so_far += os.read(leader, 4096)
    os.write(leader, b"q")
    tail = b""
    while b"Future" not in tail.rpartition(b"\x1b[?1049l")[2]:
        tail += os.read(leader, 4096)
    _, err = call.communicate(timeout=60)
    os.close(leader)
    assert call.returncode == 0
    assert err == b""
    assert b"\x1b[?1049h" in drawn_so_far


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_a_call_that_is_typed_at_the_terminal_is_shown_line_by_line(tmp_path: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "copilot", "live", "--stdin", "--session", "typed"]
    call = subprocess.Popen(
        words, stdin=follower, stdout=follower, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_own_terminal
    )
    os.close(follower)
    os.write(leader, b"Ines: So what has changed?\n")
    until_heard(tmp_path / "journals" / "typed.jsonl", 1)
    os.write(leader, b"\x04")
    shown = b""
    while b"Future" not in shown:
        shown += os.read(leader, 4096)
    _, err = call.communicate(timeout=60)
    os.close(leader)
    assert call.returncode == 0
    assert "Ines: So what has changed?" in shown.decode()
    assert b"q quit" not in shown
    assert err.startswith('copilot: type what is said as "Name: text"')
    assert "the input has ended" in err


def test_what_nobody_is_known_to_have_said_has_no_colon_before_it() -> None:
    board = BOARD.model_copy(update={"lines": (Line(speaker="", role=None, text="Just words.", at=None, final=True),)})
    assert "  Just words." in drawn(board, 80, 24)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class _Slow:
    """A source that tells the last of what it heard a while after it is closed."""

    name, status, lost, unread = "slow", "reading", False, 0

    def __init__(self) -> None:
        self._closed = threading.Event()

    def segments(self) -> Iterator[LiveSegment]:
        self._closed.wait(60)
        time.sleep(0.3)
        yield LiveSegment(id="1", text="Forty percent.", speaker="Carl")

    def close(self) -> None:
        self._closed.set()


def test_the_last_words_of_a_source_are_heard_when_it_is_closed() -> None:
    call = LiveCall(Session())
    listening = Listening(call, _Slow())
    listening.start()
    listening.close()
    assert [line.text for line in call.board.lines] == ["Forty percent."]


def test_a_call_in_which_nothing_was_said_is_told_so_and_no_command_reads_it(run: Run, tmp_path: Path) -> None:
    notices = live("--stdin", "--session", "acme").communicate("")[1]
    assert "nothing was heard" in notices
    assert "the call is kept" not in notices
    assert "copilot suggest" not in notices
    status, _, problem = run("suggest", tmp_path / "journals" / "acme.jsonl")
    assert status == 2
    assert "nothing was heard in this call" in problem
    assert "copilot suggest" in live("--stdin", "--session", "acme").communicate("Dana: Hello there.\n")[1]


def test_the_commands_that_come_next_are_told_with_what_this_one_was_given(sample_background: Path) -> None:
    given = ("--background", str(sample_background), "--role", "Ines Calder=interviewer")
    notices = live("--stdin", "--session", "acme", *given).communicate("Ines Calder: How did it go?\n")[1]
    told = [shlex.split(line) for line in notices.splitlines() if "copilot: " in line and "acme.jsonl" in line]
    assert len(told) == 2
    assert all(" ".join(given) in " ".join(words) for words in told)


def test_a_pipe_says_how_much_of_it_could_not_be_read() -> None:
    assert "could not be read" not in live("--stdin").communicate('{"text": "Hello there."}\n')[1]
    assert "copilot: 1 line could not be read" in live("--stdin").communicate('{"text": "Hello there."}\n{"text": "and\n')[1]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("followed", [False, True])
def test_a_signal_leaves_the_call_with_the_line_that_nothing_has_ended(tmp_path: Path, how: int, followed: bool) -> None:
    said, journal = "Dana: What happened?\nPriya: We lost forty percent.", tmp_path / "journals" / "acme.jsonl"
    (tmp_path / "call.txt").write_text(said)
    with live(*(("--follow", str(tmp_path / "call.txt")) if followed else ("--stdin",)), "--session", "acme") as call:
        assert call.stdin is not None
        assert call.stderr is not None
        call.stdin.write(said)
        call.stdin.flush()
        until_heard(journal, 1)
        call.send_signal(how)
        assert call.wait(timeout=60) == 0
        assert "goes on with it" in call.stderr.read()
    assert [e.segment.text for e in read_journal(journal) if e.event == "heard"] == ["What happened?", "We lost forty percent."]
