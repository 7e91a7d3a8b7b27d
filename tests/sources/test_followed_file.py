from __future__ import annotations

from collections.abc import Callable

import pytest

from copilot.errors import InputError
from copilot.sources.followed_file import FollowedFile

Step = Callable[[], object]


def follow(path, *steps: Step, source: list[FollowedFile] | None = None) -> list[tuple[str | None, str]]:
    """Return what is told of a file while one step after the other is done to it, each between two looks."""
    left = list(steps)

    def wait(seconds: float) -> bool:
        if not left:
            return True
        left.pop(0)()
        return False

    followed = FollowedFile(path, wait=wait)
    if source is not None:
        source.append(followed)
    return [(s.speaker, s.text) for s in followed.segments()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "call.txt"


def add(path, text: str | bytes) -> Step:
    def step() -> None:
        with path.open("ab") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    return step


def write(path, text: str) -> Step:
    return lambda: path.write_bytes(text.encode())


def nothing() -> None:
    """Let time pass."""


def test_a_file_is_told_from_its_start_and_as_it_grows(path):
    path.write_text("Dana Ruiz: Hi.\n")
    assert follow(path, add(path, "Ira Vale: Hel"), add(path, "lo.\n")) == [("Dana Ruiz", "Hi."), ("Ira Vale", "Hello.")]


def test_a_file_that_is_not_there_yet_is_waited_for(path):
    assert follow(path, nothing, write(path, "Dana Ruiz: Hi.\n")) == [("Dana Ruiz", "Hi.")]


def test_a_letter_that_is_split_between_two_looks_is_whole(path):
    data = "Dana Ruiz: Zürich.\n".encode()
    cut = data.index(b"\xbc")
    assert follow(path, add(path, data[:cut]), add(path, data[cut:])) == [("Dana Ruiz", "Zürich.")]


def test_a_half_written_last_line_is_told_at_the_end(path):
    assert follow(path, write(path, "Dana Ruiz: Hi.\nIra Vale: Hel")) == [("Dana Ruiz", "Hi."), ("Ira Vale", "Hel")]


def test_a_half_written_cue_is_told_whole(path):
    cue = "1\n00:00:01.000 --> 00:00:02.000\nDana Ruiz: How did it "
    assert follow(path, write(path, "WEBVTT\n\n" + cue), add(path, "start?\n"), add(path, "\n")) == [("Dana Ruiz", "How did it start?")]


def test_a_last_cue_without_an_empty_line_is_told_once_the_file_rests(path):
    told = []
    cue = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nDana Ruiz: Hi.\n"
    source = FollowedFile(path, wait=lambda seconds: len(told) > 0)
    path.write_text(cue)
    for segment in source.segments():
        told.append(segment.text)
    assert told == ["Hi."]


def test_a_file_that_is_replaced_is_read_to_its_end_then_the_new_one(path):
    path.write_text("Dana Ruiz: Hi.\n")

    def rotate() -> None:
        add(path, "Ira Vale: Hello.\n")()
        path.rename(path.with_suffix(".1"))
        path.write_text("Dana Ruiz: Go on.\n")

    assert follow(path, rotate, add(path, "Ira Vale: Yes.\n")) == [
        ("Dana Ruiz", "Hi."), ("Ira Vale", "Hello."), ("Dana Ruiz", "Go on."), ("Ira Vale", "Yes."),
    ]  # fmt: skip


def test_a_file_that_is_gone_for_a_while_goes_on(path):
    path.write_text("Dana Ruiz: Hi.\n")
    steps = (path.unlink, nothing, write(path, "Ira Vale: Hello.\n"))
    assert follow(path, *steps) == [("Dana Ruiz", "Hi."), ("Ira Vale", "Hello.")]


def test_a_file_that_is_cut_and_begun_anew_is_told_from_its_new_start(path):
    path.write_text("Dana Ruiz: Hi, and welcome to all of you.\n")
    assert follow(path, write(path, "Ira Vale: Hello.\n")) == [("Dana Ruiz", "Hi, and welcome to all of you."), ("Ira Vale", "Hello.")]


def test_other_words_in_a_file_that_has_not_shrunk_are_seen_by_its_beginning(path):
    path.write_text("Dana Ruiz: Hi.\n")
    assert follow(path, write(path, "Ira Vale: A longer first line.\n")) == [("Dana Ruiz", "Hi."), ("Ira Vale", "A longer first line.")]


def test_a_file_that_is_written_anew_with_every_line_tells_each_line_once(path):
    rows = ["Dana Ruiz: Yes.\n", "Ira Vale: Sure?\n", "Dana Ruiz: Yes.\n"]
    steps = [step for n in range(1, 4) for step in (write(path, ""), write(path, "".join(rows[:n])))]
    assert follow(path, *steps) == [("Dana Ruiz", "Yes."), ("Ira Vale", "Sure?"), ("Dana Ruiz", "Yes.")]


def test_the_ids_of_a_file_are_the_same_after_a_restart(path):
    path.write_text("Dana Ruiz: Yes.\nIra Vale: No.\n")
    first, second = (list(FollowedFile(path, wait=lambda seconds: True).segments()) for _ in range(2))
    assert first == second


def test_a_source_that_is_closed_from_another_thread_ends(path):
    path.write_text("Dana Ruiz: Hi.\n")
    source = FollowedFile(path)
    assert [source.close() or s.text for s in source.segments()] == ["Hi."]


def test_the_status_says_what_is_waited_for(path):
    sources: list[FollowedFile] = []
    seen: list[str] = []
    follow(path, lambda: seen.append(sources[0].status), write(path, '{"x": 1}\n'), lambda: seen.append(sources[0].status), source=sources)
    assert seen == [f"waiting for {path}", f"reading {path}"]
    assert sources[0].unread == 1


def test_a_folder_and_a_path_in_no_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder; name the file"):
        FollowedFile(tmp_path)
    with pytest.raises(InputError, match="there is no folder"):
        FollowedFile(tmp_path / "nowhere" / "call.txt")


def test_a_file_that_cannot_be_read_just_now_is_tried_again(path):
    sources: list[FollowedFile] = []
    seen: list[str] = []
    lost: list[bool] = []
    steps = (
        path.mkdir,
        lambda: seen.append(sources[0].status),
        lambda: lost.append(sources[0].lost),
        path.rmdir,
        write(path, "Dana Ruiz: Hi.\n"),
    )
    assert follow(path, *steps, source=sources) == [("Dana Ruiz", "Hi.")]
    assert "cannot be read" in seen[0]
    assert "trying again" in seen[0]
    assert (lost, sources[0].lost) == ([True], False)
