from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.sources import open_source
from copilot.sources.lines import Lines
from copilot.sources.standard_input import StandardInput
from copilot.transcript import Transcript

ZOOM = (
    "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.500\r\nDana Ruiz: How did it start?\r\n\r\n"
    "2\r\n00:00:03.000 --> 00:00:05.000\r\nWith a “mess”.\r\n\r\n"
)
TEAMS = "WEBVTT\n\n1f0e-4/12-0\n0:0:1.0 --> 0:0:2.5\n<v Dana Ruiz>How did\nit start?</v>\n\n"


def told(data: bytes, size: int = 10**6) -> list[tuple[str | None, str]]:
    lines = Lines()
    fed = [s for n in range(0, len(data), size) for s in lines.feed(data[n : n + size])]
    return [(s.speaker, s.text) for s in [*fed, *lines.end()]]


def test_lines_with_a_name_are_read_as_they_come():
    lines = Lines()
    assert [s.text for s in lines.feed(b"Dana Ruiz: How did it sta")] == []
    (first,) = lines.feed(b"rt?\nIra Vale: With")
    assert (first.speaker, first.text, first.start) == ("Dana Ruiz", "How did it start?", None)
    assert [(s.speaker, s.text) for s in lines.end()] == [("Ira Vale", "With")]


def test_a_line_may_begin_with_a_time():
    (segment,) = Lines().feed(b"[00:01:05] Dana Ruiz: Hi.\n")
    assert (segment.speaker, segment.start) == ("Dana Ruiz", 65.0)


def test_a_time_of_day_is_no_part_of_a_name_and_no_second_of_the_call():
    first, second = Lines().feed(b"10:15 AM Dana Ruiz: Hi.\n10:16 AM we began.\n")
    assert (first.speaker, first.text, first.start) == ("Dana Ruiz", "Hi.", None)
    assert second.text == "10:16 AM we began."


def test_a_line_without_a_name_names_nobody_and_a_name_alone_is_that_of_the_lines_below():
    assert told(b"Dana Ruiz: Hi.\nand welcome\nIra Vale:\nThank you.\nGladly.\n") == [
        ("Dana Ruiz", "Hi."), (None, "and welcome"), ("Ira Vale", "Thank you."), ("Ira Vale", "Gladly."),
    ]  # fmt: skip


def test_a_handle_counts_as_a_name_once_it_has_come_before():
    assert told(b"guest_1: Hi.\nthe vendor: Hello.\nthe vendor: Again.\n") == [
        ("guest_1", "Hi."), (None, "the vendor: Hello."), ("the vendor", "Again."),
    ]  # fmt: skip


def test_a_name_that_was_heard_may_come_in_other_letters():
    assert told(b"Dana Ruiz: Hi.\ndana ruiz: Again.\nin short: it works.\nDANA RUIZ: It does.\n") == [
        ("Dana Ruiz", "Hi."), ("dana ruiz", "Again."), (None, "in short: it works."), ("DANA RUIZ", "It does."),
    ]  # fmt: skip


def test_json_lines_are_segments_or_messages_of_vendors():
    zoom = b'{"msg_type": 17, "content": {"user_name": "Ira", "data": "Hello.", "timestamp": 5}}'
    data = b'{"id": "a", "text": "Hi.", "speaker": "Dana"}\n' + zoom + b'\n{"broken\n'
    lines = Lines()
    assert [(s.speaker, s.text) for s in lines.feed(data)] == [("Dana", "Hi."), ("Ira", "Hello.")]
    assert lines.unread == 1


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"text": "Hi.", "speaker": "Dana"},\n{"text": "Hello.", "speaker": "Ira"}\n]\n',
        '[{"text": "Hi.", "speaker": "Dana"},\n {"text": "Hello.", "speaker": "Ira"}]',
        '{\n  "text": "Hi.",\n  "speaker": "Dana"\n}\n{\n  "text": "Hello.",\n\n  "speaker": "Ira"}\n',
        '[\n{\n  "text": "Hi.",\n  "speaker": "Dana",\n  "words": [{"text": "Hi."}]\n},\n{"text": "Hello.", "speaker": "Ira"}\n]',
    ],
)
def test_json_may_be_a_list_and_stand_over_several_lines(text):
    lines = Lines()
    assert [(s.speaker, s.text) for s in [*lines.feed(text.encode()), *lines.end()]] == [("Dana", "Hi."), ("Ira", "Hello.")]
    assert lines.unread == 0


def test_an_object_of_a_list_is_read_before_the_list_has_ended():
    assert [s.text for s in Lines().feed(b'[\n{"text": "Hi."},\n')] == ["Hi."]


def test_words_in_braces_are_words_and_an_object_that_breaks_off_takes_none_with_it():
    lines = Lines()
    text = b"Dana: Hi.\n{laughs} we lost it.\n{\nIra Vale: Did you?\n[00:01:05] Dana: Yes.\n"
    assert [s.text for s in lines.feed(text)] == ["Hi.", "{laughs} we lost it.", "Did you?", "Yes."]
    assert lines.unread == 1


def test_cues_are_read_when_the_empty_line_after_them_has_come():
    lines = Lines()
    assert list(lines.feed(ZOOM.encode()[:-4])) != []
    (last,) = lines.feed(b"\r\n\r\n")
    assert (last.speaker, last.text, last.start, last.end) == (None, "With a “mess”.", 3.0, 5.0)


def test_a_cue_is_read_at_a_rest_once_its_lines_are_whole():
    lines = Lines()
    assert list(lines.feed(TEAMS.encode().rstrip())) == []
    assert list(lines.rest()) == []
    assert list(lines.feed(b"\n")) == []
    assert [(s.speaker, s.text) for s in lines.rest()] == [("Dana Ruiz", "How did it start?")]
    assert list(lines.end()) == []


def test_captions_without_empty_lines_or_with_too_many_lose_no_word():
    timing = "00:00:0{}.000 --> 00:00:0{}.500\n"
    captions = f"WEBVTT\n\n{timing.format(1, 1)}Ann Lee: One.\n{timing.format(2, 2)}Two.\n\nThree.\n\n7\n{timing.format(4, 4)}Four.\n"
    assert told(captions.encode()) == [
        ("Ann Lee", "One."), (None, "Two."), (None, "Three."), (None, "Four."),
    ]  # fmt: skip


def test_notes_styles_and_breaks_are_not_speech():
    header = b"WEBVTT - a call\nKind: captions\nLanguage: en\n\n"
    assert told(header + b"NOTE made by hand\nover two lines\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\nBreak: music\n\n") == []


@settings(deadline=None)
@given(st.integers(1, 9), st.sampled_from([ZOOM, TEAMS, "Dana Ruiz: Zürich, “40 €” 🙂\nIra Vale: Ja.\n"]))
def test_what_is_read_does_not_depend_on_where_the_bytes_are_cut(size, text):
    assert told(text.encode(), size) == told(text.encode())


def test_a_byte_order_mark_and_utf_16_are_read():
    text = "Dana Ruiz: Zürich.\n"
    assert told(text.encode("utf-8-sig"), 1) == told(text.encode("utf-16"), 2) == [("Dana Ruiz", "Zürich.")]


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_give_segments_or_nothing_and_raise_nothing(data):
    for text in (data, b"WEBVTT\n\n" + data, b"{" + data + b"}\n"):
        assert all(said.strip() for _, said in told(text))


@settings(deadline=None)
@given(st.text(alphabet='0123:.->\n \rAb<v{}"', max_size=120))
def test_any_text_like_captions_is_read_the_same_in_pieces(text):
    assert told(text.encode(), 3) == told(text.encode())


def test_standard_input_is_read_until_it_ends():
    source = StandardInput(io.BytesIO(b"Dana Ruiz: Hi.\nIra Vale: Hello"))
    assert [(s.speaker, s.text) for s in source.segments()] == [("Dana Ruiz", "Hi."), ("Ira Vale", "Hello")]
    assert source.status == "the input has ended"


def test_standard_input_that_is_read_again_gives_the_same_ids():
    data = b"Dana Ruiz: Yes.\nDana Ruiz: Yes.\n"
    first, second = (list(StandardInput(io.BytesIO(data)).segments()) for _ in range(2))
    assert first == second
    assert len({s.id for s in first}) == 2


@pytest.mark.parametrize("row", ["Dana Ruiz: {}.\n", '{{"speaker": "Dana Ruiz", "text": "{}."}}\n'])
def test_another_stream_that_begins_alike_gives_other_ids_from_where_it_differs(row):
    first, second = (
        list(StandardInput(io.BytesIO("".join(map(row.format, words)).encode())).segments())
        for words in (("Recording", "One", "Three"), ("Recording", "Two", "Three"))
    )
    assert [one.id == other.id for one, other in zip(first, second, strict=True)] == [True, False, False]


def test_a_place_is_opened_as_what_it_looks_like(tmp_path):
    assert open_source("-").name == "standard input"
    assert open_source(str(tmp_path / "call.vtt")).name.endswith("call.vtt")
    assert open_source("wss://relay.example/live?key=secret").name == "wss://relay.example/live"


def test_rolling_captions_are_told_once_and_without_their_tags():
    text = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\n \nwe<00:02.000><c> moved</c>\n\n00:03.000 --> 00:03.010\nwe moved\n \n\n"
        "00:03.010 --> 00:05.000\nwe moved\nin<00:04.000><c> May</c>\n\n00:05.000 --> 00:05.010\nin May\n \n\n"
    )
    assert told(text.encode()) == [(None, "we moved"), (None, "in May")]


def test_a_word_said_twice_in_two_cues_is_told_twice():
    cue = "00:0{0}.000 --> 00:0{0}.500\nAnn Lee: Yes.\n\n"
    assert told(("WEBVTT\n\n" + cue.format(1) + cue.format(2)).encode()) == [("Ann Lee", "Yes.")] * 2


def test_a_cue_with_two_named_lines_is_told_by_both_once_they_are_known():
    cues = ("Ann Lee: Who?", "Bo Ek: Me.", "Ann Lee: Since when?\nBo Ek: May.")
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.500\n{cue}\n\n" for n, cue in enumerate(cues))
    assert told(text.encode()) == [("Ann Lee", "Who?"), ("Bo Ek", "Me."), ("Ann Lee", "Since when?"), ("Bo Ek", "May.")]


def test_a_name_with_a_time_above_what_is_said_is_that_of_the_lines_below():
    said = [("Ann Lee", "Who pays?"), ("Bo Ek", "We do."), ("Bo Ek", "All of it.")]
    assert told(b"Ann Lee  0:03  \nWho pays?\n\nBo Ek  1:05  \nWe do.\nAll of it.\n") == said
    assert told(b"[Ann Lee] 10:00:03\nWho pays?\n\n[Bo Ek] 10:00:05\nWe do.\nAll of it.\n") == said
    assert [s.start for s in Lines().feed(b"Ann Lee  0:03\nWho pays?\nYou?\n")] == [3.0, None]


def test_sbv_and_names_in_bold_are_read():
    said = [("Ann Lee", "Who pays?"), ("Bo Ek", "We do.")]
    assert told(b"0:00:01.000,0:00:02.000\nAnn Lee: Who pays?\n\n0:00:03.000,0:00:04.000\nBo Ek: We do.\n") == said
    assert told(b"**Ann Lee:** Who pays?\n\n**Bo Ek** (00:05): *We do.*\n") == said


def test_a_part_of_an_expected_name_is_a_speaker_the_first_time_and_in_small_letters() -> None:
    text = b"Dana Ruiz: It was slow.\ntom: Ninety percent faster, I heard.\nso then: nothing.\n"
    expected = [(s.speaker, s.text) for s in Lines(people=["Thomas Berg"]).feed(text)]
    assert expected[1:] == [("tom", "Ninety percent faster, I heard."), (None, "so then: nothing.")]
    assert [(s.speaker, s.text) for s in Lines().feed(text)][1] == (None, "tom: Ninety percent faster, I heard.")


@pytest.mark.parametrize("timing", ["-00:00:03.000 --> 00:00:05.000", "00:00:03.0 -> 00:00:05.0", "00:00:03.000 -->"])
def test_a_timing_line_that_is_not_as_it_should_be_is_nobodys_words(timing: str):
    text = f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nDana Ruiz: How did it start?\n\n2\n{timing}\nIra Vale: With a mess.\n\n"
    assert told(text.encode()) == [("Dana Ruiz", "How did it start?"), ("Ira Vale", "With a mess.")]


@pytest.mark.parametrize("size", [1, 7, 10**6])
def test_a_line_that_is_not_utf_8_is_read_as_windows_1252_with_a_note(size: int):
    lines, data = Lines(), "Zoë: Café “Zürich”.\n".encode() + b"Zo\xeb: Caf\xe9 \x93Z\xfcrich\x94.\n"
    fed = [s for n in range(0, len(data), size) for s in lines.feed(data[n : n + size])]
    assert [(s.speaker, s.text) for s in fed] == [("Zoë", "Café “Zürich”.")] * 2
    assert lines.note == "what is not UTF-8 is read as Windows-1252"
    assert lines.unread == 0


def test_utf_8_has_no_note():
    lines = Lines()
    assert [s.text for s in lines.feed("Zoë: Café.\nZoë: 早く。\n".encode())] == ["Café.", "早く。"]
    assert lines.note == ""


@pytest.mark.parametrize(("stray", "read"), [("\x01", ""), ("\x1a", ""), ("\x7f", ""), ("\x1c", " ")])
def test_a_stray_control_character_is_left_out_as_in_a_file_with_a_note(stray: str, read: str) -> None:
    lines, said = Lines(), f"Ann: Hel{stray}lo there.\n"
    assert [s.text for s in lines.feed(said.encode() + b"Zo\xeb: Hi.\n")] == [f"Hel{read}lo there.", "Hi."]
    assert lines.note == "control characters are left out; what is not UTF-8 is read as Windows-1252"
    assert lines.unread == 0
    assert Transcript.parse(said)[0].text == f"Hel{read}lo there."


@pytest.mark.parametrize("line", [b"Dana: Hi.\0\0\0", b"\x01\x02\x03\x04a", "Dana: Hello.".encode("utf-16-le")])
def test_a_line_that_is_no_text_is_counted_and_nobodys_words(line: bytes):
    lines = Lines()
    fed = [*lines.feed(b"Dana: Good morning.\n" + line + b"\nIra:\x1b[0m Hello.\n"), *lines.end()]
    assert (len(fed), lines.unread) == (2, 1)
    assert fed[0].text == "Good morning."
    assert fed[1].text.endswith("Hello.")


def test_the_status_says_how_the_input_is_read():
    source = StandardInput(io.BytesIO(b"Zo\xeb: Hi.\n"))
    assert [s.speaker for s in source.segments()] == ["Zoë"]
    assert source.status == "the input has ended; what is not UTF-8 is read as Windows-1252"
