from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import Transcript
from copilot.actions import Dismiss
from copilot.errors import JournalError, TranscriptError
from copilot.journal import Acted, Event, Heard, Journal, Lost, Started, journal_path, parse_journal, read_journal, repair
from copilot.turns import LiveSegment

STARTED = Started(session="acme", began=1e9, background="b", guide="g")
HOLD = """
import sys, time
from copilot.journal import Journal
Journal.open(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


def heard(number: int) -> Heard:
    return Heard(at=float(number), segment=LiveSegment(id=str(number), text=f"Words of “segment” {number}.", speaker="Carl"))


EVENTS: tuple[Event, ...] = (STARTED, *(heard(n) for n in range(1, 6)), Acted(at=9.0, action=Dismiss(gap="2.0-vague")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with EVENTS in it."""
    path = tmp_path / "calls" / "acme.jsonl"
    with Journal.open(path) as journal:
        for event in EVENTS:
            journal.append(event)
    return path


def test_what_was_appended_is_read_back(path: Path) -> None:
    with Journal.open(path) as journal:
        assert journal.events == EVENTS
        assert journal.problem is None


def test_a_journal_is_for_its_owner_only(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_line_that_a_crash_cut_short_is_dropped_and_written_over(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])
    with Journal.open(path) as journal:
        assert journal.events == EVENTS[:-1]
        journal.append(heard(6))
    assert read_journal(path) == (*EVENTS[:-1], heard(6))


def test_wherever_a_journal_is_cut_its_whole_lines_are_read(path: Path) -> None:
    data, copy = path.read_bytes(), path.with_name("cut.jsonl")

    @given(st.integers(0, len(data)))
    def cut(at: int) -> None:
        copy.write_bytes(data[:at])
        assert read_journal(copy) == EVENTS[: data[:at].count(b"\n")]

    cut()


@pytest.mark.parametrize("line", [1, 3, len(EVENTS)])
def test_damage_names_its_line_and_what_a_repair_would_keep(path: Path, line: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = b'{"event": "heard", "at": ' + lines[line - 1][30:]
    path.write_bytes(b"".join(lines))
    with pytest.raises(JournalError, match=rf"acme\.jsonl: line {line} is damaged .* keeps every sound line") as raised:
        Journal.open(path)
    assert "--" not in str(raised.value)
    assert "--repair" in raised.value.hint


def test_a_second_beginning_or_none_is_damage(path: Path) -> None:
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, *rest, first]))
    with pytest.raises(JournalError, match=f"line {len(EVENTS) + 1} "):
        Journal.open(path)
    path.write_bytes(b"".join(rest))
    with pytest.raises(JournalError, match="line 1 "):
        Journal.open(path)


def test_a_journal_of_a_later_version_is_no_damage_and_is_left_as_it_is(path: Path) -> None:
    later = path.read_bytes().replace(b'"version":1', b'"version":2,"locale":"en"', 1)
    path.write_bytes(later)
    for attempt in (Journal.open, read_journal, repair):
        with pytest.raises(JournalError, match="newer copilot"):
            attempt(path)
    assert path.read_bytes() == later
    assert list(path.parent.iterdir()) == [path]


def test_a_repair_keeps_every_sound_line_a_note_of_what_is_lost_and_a_copy_of_the_damaged_file(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    damaged = b"".join([*lines[:3], b"\0\0\0\n", lines[4][9:], *lines[5:], b'{"event":"heard","at":9'])
    path.write_bytes(damaged)
    done = repair(path)
    assert done is not None
    assert (done.kept, done.lost) == (len(EVENTS) - 2, 2)
    assert done.copied.read_bytes() == damaged
    assert read_journal(path) == (*EVENTS[:3], Lost(at=2.0, lines=2), *EVENTS[5:])
    assert repair(path) is None


def test_a_lost_beginning_is_made_up_with_a_note_of_it(path: Path) -> None:
    path.write_bytes(b"\xff" + path.read_bytes())
    os.utime(path, (1e9 + 9, 1e9 + 9))
    repair(path)
    assert read_journal(path) == (Started(session="acme", began=1e9, background="", guide=""), Lost(at=0.0, lines=1), *EVENTS[1:])


def test_where_the_beginning_is_missing_every_sound_line_is_kept_behind_one_made_up(path: Path) -> None:
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    os.utime(path, (1e9 + 9, 1e9 + 9))
    done = repair(path)
    assert done is not None
    assert (done.kept, done.lost) == (len(EVENTS) - 1, 1)
    assert read_journal(path) == (Started(session="acme", began=1e9, background="", guide=""), Lost(at=0.0, lines=1), *EVENTS[1:])
    assert repair(path) is None


def test_a_second_beginning_is_lost_and_nothing_else(path: Path) -> None:
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, *rest, first]))
    done = repair(path)
    assert done is not None
    assert (done.kept, done.lost) == (len(EVENTS), 1)
    assert read_journal(path) == (*EVENTS, Lost(at=9.0, lines=1))


def test_a_sound_journal_is_not_touched_by_a_repair(path: Path) -> None:
    data = path.read_bytes() + b'{"event":"heard","at":9'
    path.write_bytes(data)
    assert repair(path) is None
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_second_damaged_file_is_kept_beside_the_first(path: Path) -> None:
    for _ in range(2):
        with path.open("ab") as file:
            file.write(b"nonsense\n")
        repair(path)
    assert len(list(path.parent.glob("acme.damaged-*.jsonl"))) == 2


def test_a_call_has_one_writer_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "acme.jsonl"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(JournalError, match="another copilot is writing"):
            Journal.open(path)
        with pytest.raises(JournalError, match="another copilot is writing"):
            repair(path)
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.communicate()
    with Journal.open(path) as journal:
        assert journal.problem is None


def test_where_no_journal_can_be_written_it_says_so_and_takes_events_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Journal.open(tmp_path / "file" / "acme.jsonl") as journal:
        journal.append(STARTED)
        assert journal.problem == f"{tmp_path / 'file'}: File exists"


def test_when_the_disk_is_full_events_wait_and_are_written_when_it_is_not(path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal.open(path) as journal:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20, hard))
        try:
            journal.append(heard(6))
            full = journal.problem
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert full is not None
        assert "File too large" in full
        assert read_journal(path) == EVENTS
        journal.append(heard(7))
        assert journal.problem is None
    assert read_journal(path) == (*EVENTS, heard(6), heard(7))


def test_where_the_rest_does_not_fit_a_note_says_so_until_it_does(path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal.open(path) as journal:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60, hard))
        try:
            journal.append(heard(6))
            journal.append(heard(7))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert read_journal(path) == (*EVENTS, Lost(at=6.0, lines=2))
        assert journal.missing == 2
    assert read_journal(path) == (*EVENTS, heard(6), heard(7))
    assert (journal.missing, journal.place) == (0, path)


def test_what_cannot_be_written_to_its_journal_goes_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "acme.jsonl").mkdir()
    with Journal.open(tmp_path / "acme.jsonl") as journal:
        for event in EVENTS:
            journal.append(event)
    assert journal.missing == len(EVENTS)
    assert journal.place is not None
    assert journal.place.parent == tmp_path
    assert journal.place.stat().st_mode & 0o777 == 0o600
    assert read_journal(journal.place) == EVENTS
    journal_path(journal.place.stem)


def test_the_other_file_has_the_beginning_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def written(file: int, data: bytes) -> int:
        if os.path.samestat(os.fstat(file), path.stat()):
            raise OSError(errno.EIO, "Input/output error")
        return write(file, data)

    with Journal.open(path) as journal:
        monkeypatch.setattr(os, "write", written)
        journal.append(heard(6))
    assert journal.place not in {None, path}
    assert read_journal(journal.place or path) == (*EVENTS, heard(6))


def test_what_fits_nowhere_is_counted(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    journal = Journal.open(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20, hard))
    try:
        journal.append(heard(6))
        journal.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (journal.missing, journal.place) == (1, None)
    assert list(path.parent.iterdir()) == [path]


def test_of_a_call_in_which_nothing_was_heard_nothing_is_missed(tmp_path: Path) -> None:
    (tmp_path / "acme.jsonl").mkdir()
    with Journal.open(tmp_path / "acme.jsonl") as journal:
        journal.append(STARTED)
    assert journal.missing == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "acme.jsonl"]


def test_a_journal_is_read_from_bytes_too(path: Path) -> None:
    assert parse_journal(path.read_bytes()) == EVENTS
    with pytest.raises(JournalError, match="journal: line 1 is damaged"):
        parse_journal(b"nonsense\n")


def test_a_journal_is_read_as_a_transcript(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b'{"event":"heard","at":9')
    transcript = Transcript.load(path)
    assert transcript.source.format == "journal"
    assert transcript[0].text == " ".join(f"Words of “segment” {n}." for n in range(1, 6))


@pytest.mark.parametrize(("events", "is_left"), [((), False), ((STARTED,), False), ((STARTED, heard(1)), True)])
def test_of_a_new_call_that_failed_before_anything_was_heard_nothing_is_left(events: tuple[Event, ...], is_left: bool, tmp_path: Path):
    def fail() -> None:
        with Journal.open(tmp_path / "new.jsonl") as journal:
            for event in events:
                journal.append(event)
            raise EOFError

    with pytest.raises(EOFError):
        fail()
    assert (tmp_path / "new.jsonl").exists() is is_left


def test_a_damaged_journal_is_no_transcript(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"segment":', b'"fragment":', 1))
    with pytest.raises(JournalError, match="line 2"):
        read_journal(path)
    with pytest.raises(Exception, match=r"acme\.jsonl: line 2 of the journal is damaged"):
        Transcript.load(path)


@pytest.mark.parametrize("beginning", [b"\xff\xff", b'{"event":"sta', b"[", b"1\n"])
def test_a_journal_with_a_damaged_beginning_is_still_known_for_one(path: Path, beginning: bytes) -> None:
    path.write_bytes(beginning + path.read_bytes().partition(b"\n")[2])
    with pytest.raises(TranscriptError, match="line 1 of the journal is damaged") as raised:
        Transcript.load(path)
    assert "--repair" in raised.value.hint


def test_text_that_mentions_an_event_is_no_journal() -> None:
    said = 'Ann: It printed {"event":"heard","at":1} and stopped.\nCarl: {"event": "heard"} as well.'
    assert Transcript.parse(said).source.format == "plain"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a\\b", "-a", "a" * 81, "a.", "a\n"])
def test_a_name_that_could_be_another_place_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="session"):
        journal_path(name, tmp_path)


def test_a_journal_is_named_after_its_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert journal_path("acme-2.may", tmp_path) == tmp_path / "acme-2.may.jsonl"
    monkeypatch.setenv("COPILOT_JOURNALS", str(tmp_path))
    assert journal_path("acme") == tmp_path / "acme.jsonl"
    monkeypatch.delenv("COPILOT_JOURNALS")
    assert journal_path("acme").parent.name == "calls"


def test_an_event_that_cannot_be_written_is_not_kept_and_stops_no_other(path: Path) -> None:
    with Journal.open(path) as journal:
        with pytest.raises(ValueError, match="surrogates not allowed"):
            journal.append(Acted(at=9.0, action=Dismiss(gap="\ud83d")))
        journal.append(heard(6))
        assert (journal.problem, journal.missing) == (None, 0)
    assert read_journal(path) == (*EVENTS, heard(6))


def test_what_comes_after_a_journal_was_closed_is_said_to_be_missing(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.append(heard(6))
    assert (journal.problem, journal.missing) == (None, 0)
    journal.append(heard(7))
    assert (journal.problem, journal.missing) == (f"{path}: the journal is closed", 1)
    assert read_journal(path) == (*EVENTS, heard(6))


def test_a_journal_that_cannot_be_written_to_the_end_is_closed_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(path)
    with monkeypatch.context() as stuck:
        stuck.setattr(os, "fsync", _stopped)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                journal.append(heard(6))
        with pytest.raises(KeyboardInterrupt):
            journal.close()
    with Journal.open(path) as again:
        again.append(heard(7))


def _stopped(file: int) -> None:
    raise KeyboardInterrupt
