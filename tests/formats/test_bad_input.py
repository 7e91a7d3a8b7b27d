from __future__ import annotations

import json
import re
import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copilot import formats
from copilot.errors import InputError, TranscriptError
from copilot.transcript import Transcript

EXAMPLES = Path(__file__).parents[2] / "examples"

GOOD = "Mara Quill: Wer zahlt für «Öl»?\n\nTeo Bränd: Wir, 40 €, seit März.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"WEBVTT\n", 'nothing is said in it: read as webvtt .* found text that starts "WEBVTT"'),
        (b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n", "nothing is said"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"ID3\x03", "MP3 file is a recording"),
        (b"\x00\x00\x00\x20ftypisom", "MP4 file is a recording"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 20, r"binary data, not text: line 1 holds the control character '\\x00'"),
        (b"Ann: so?\nBo: it\x00 is.\n", r"binary data, not text: line 2 holds the control character '\\x00'"),
        (b"Ann: so?\n" + b"Bo: \x01\x02\x03\x04.\n" * 20, r"binary data, not text: line 2 holds the control character '\\x01'"),
        (b"\x1a", "empty"),
        (b'{"segments": [{"text": "a", "sta', "breaks off at line 1"),
        (b'{"a": 1}\n{"b": ', "line 2 is not valid JSON"),
        (b'{"a": tru}', "not valid JSON at line 1 column 7"),
        (b"{}", "an empty JSON object"),
        (b"[[]]", "a JSON list"),
        (b'{"color": "red", "size": 3}', "JSON with the keys color, size"),
        (b"[" * 100000 + b"[", "nested too deeply"),
        (b'{"results": {"channels": [{}]}}', "nothing is said"),
        (b"<!DOCTYPE html><p>Ann: hi</p>", "a web page"),
        (b"once upon a time there was a depot\n", 'text that starts "once upon a time there was a depot"'),
        (b"**Break:** tea\n\n**Outro:** bye\n", "no person speaks"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_says_what_was_found(data, said):
    with pytest.raises(TranscriptError, match=said) as caught:
        Transcript.parse(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding):
    transcript = Transcript.parse(GOOD.encode(encoding))
    assert [(t.speaker, t.text) for t in transcript] == [("Mara Quill", "Wer zahlt für «Öl»?"), ("Teo Bränd", "Wir, 40 €, seit März.")]
    assert not any("UTF" in notice for notice in transcript.notices)


def test_windows_1252_is_read_with_a_notice():
    transcript = Transcript.parse(GOOD.encode("cp1252"))
    assert transcript[1].text == "Wir, 40 €, seit März."
    assert any("read as Windows-1252" in notice for notice in transcript.notices)


def test_a_single_broken_byte_spoils_no_other_character():
    transcript = Transcript.parse(GOOD.encode().replace(b"zahlt", b"zah\xfft"))
    assert transcript[0].text == "Wer zah\ufffdt für «Öl»?"
    assert any("not UTF-8" in notice for notice in transcript.notices)


@pytest.mark.parametrize(("stray", "read"), [("\x07", ""), ("\x08", ""), ("\x1a", ""), ("\x7f", ""), ("\x1c", " ")])
def test_a_stray_control_character_spoils_nothing_and_is_said(stray, read):
    transcript = Transcript.parse(GOOD.replace("zahlt", f"za{stray}hlt").encode())
    assert transcript[0].text == f"Wer za{read}hlt für «Öl»?"
    assert any(f"line 1 holds the control character {stray!r}" in notice for notice in transcript.notices)


def test_a_mark_of_the_end_of_a_file_is_no_part_of_it():
    transcript = Transcript.parse(GOOD.encode() + b"\x1a")
    assert transcript.turns == Transcript.parse(GOOD).turns
    assert not any("control" in notice for notice in transcript.notices)


def test_errors_of_a_file_name_it(tmp_path):
    path = tmp_path / "call.vtt"
    with pytest.raises(TranscriptError, match=r"call\.vtt: cannot be read"):
        Transcript.load(path)
    path.write_text("WEBVTT\n")
    with pytest.raises(TranscriptError, match=r"call\.vtt: nothing is said"):
        Transcript.load(path)


def test_the_suffix_says_nothing(tmp_path):
    path = tmp_path / "call.json"
    path.write_text(GOOD, "utf-8")
    transcript = Transcript.load(path)
    assert (transcript.source.file, transcript.source.format, len(transcript.source.sha256 or "")) == (str(path), "plain", 64)


def test_an_unknown_format_lists_the_known_ones_or_the_nearest():
    with pytest.raises(TranscriptError, match="no format is named 'vtt'; did you mean 'webvtt'"):
        Transcript.parse("WEBVTT", format="vtt")
    with pytest.raises(TranscriptError, match="no format is named 'quill'; there is journal, jsonl"):
        Transcript.parse(GOOD, format="quill")


@pytest.mark.parametrize(("again", "told"), [(0.0, True), (28.0, False)])
def test_times_that_start_over_are_said(again, told):
    cues = [(0.0, "Ann: Hello?"), (300.0, "Bob: We bake."), (again + 300.0 * (not told), "Ann: And now?"), (700.0, "Bob: Still.")]
    stamps = [(f"{int(start) // 60:02}:{int(start) % 60:02}.000", text) for start, text in cues]
    transcript = Transcript.parse("WEBVTT\n\n" + "\n\n".join(f"{at} --> {at[:-3]}900\n{text}" for at, text in stamps) + "\n")
    assert any("start over at line 3 of 4" in notice for notice in transcript.notices) is told


def test_a_call_may_speak_of_a_document():
    assert len(Transcript.parse("Ann: # Story outline: what is it?\n\nBob: Thank-you email\n")) == 2


def test_a_format_can_be_forced():
    assert Transcript.parse("Ann  0:01\nWell: yes\nAnn: no\n", format="plain").source.format == "plain"
    with pytest.raises(TranscriptError, match="nothing is said in it: read as deepgram"):
        Transcript.parse("once upon a time\n", format="deepgram")


def test_a_wrong_format_is_told_with_the_right_one():
    with pytest.raises(TranscriptError, match=r"nothing in it is Deepgram JSON; it looks like plain \(.*\): leave out the format"):
        Transcript.parse(GOOD, format="deepgram")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("harbour-glass.background.yaml", "a background file, not .*--background"),
        ("own-guide.yaml", "an interview guide, not .*--guide"),
    ],
)
def test_a_file_of_ours_that_is_no_transcript_is_told_as_what_it_is(name, said):
    with pytest.raises(TranscriptError) as raised:
        Transcript.load(EXAMPLES / name)
    assert re.search(said, f"{raised.value}; {raised.value.hint}")


def test_people_may_have_names_without_capitals():
    assert [turn.speaker for turn in Transcript.parse("ann: so?\nbo: it is.\nann: why?\nbo: it works.\n")] == ["ann", "bo", "ann", "bo"]


def test_every_format_says_what_it_is():
    assert set(formats.names()) == set(formats.describe())
    assert all(formats.describe().values())


@pytest.mark.parametrize("name", formats.names())
def test_every_format_has_a_module_that_recognises_nothing_in_plain_words(name):
    reader = formats.FORMATS[name].reader
    assert reader.fits(formats.Export.of("nothing to see here\n")) is False
    assert not [segment for segment in reader.read(formats.Export.of('{"a": []}')) if segment.speaker]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20000,
        "\n" * 20000 + "x: ",
        "Ann: " + "**" * 20000,
        "Ann: " + "[a](" * 10000,
        "WEBVTT\n\n0:1.0 --> 0:2.0\n" + "<c " * 20000,
        "A" + " " * 20000,
    ],
)
def test_hostile_repetitions_are_read_or_refused(text):
    for name in (None, "markdown", "meet", "otter", "webvtt"):
        assert is_sound(text, name)


PIECES = [
    "WEBVTT\n\n",
    "00:00:01.000 --> 00:00:02.000\n",
    "1\n",
    "<v Ann>",
    "</v>",
    "Ann: ",
    "**Bo:** ",
    "\\[00:12\\] ",
    "[Ann] 10:00:00\n",
    "Ann  0:12\n",
    "\n\n",
    "Attendees\n",
    "Transcript\n",
    "&lt;",
    "&#999999999;",
    "0:00:01.0,0:00:02.0\n",
    "Meeting ended after 1",
    "a b ",
    "?",
    "\ufeff",
    "\x00",
    "…",
]


def is_sound(data, name=None):
    """Return whether data gives a transcript with all that one promises, or an error of one line."""
    try:
        transcript = Transcript.parse(data, format=name)
    except InputError as problem:
        return len(str(problem).splitlines()) == 1
    return (
        [turn.turn for turn in transcript] == list(range(1, len(transcript.turns) + 1))
        and len(transcript) > 0
        and all(turn.text.strip() and turn.speaker for turn in transcript)
        and all(a.speaker != b.speaker for a, b in pairwise(transcript))
        and all(" ".join(turn.text[c.offset : c.offset + c.length] for c in turn.cues) == turn.text for turn in transcript)
        and all(turn.text.encode().decode() == turn.text for turn in transcript)
    )


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"PK\x03\x04" + b"a" * 40)
def test_any_bytes_are_a_transcript_or_an_error_of_one_line(data):
    assert is_sound(data)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from((None, *formats.names())))
def test_any_mixture_of_formats_is_a_transcript_or_an_error(text, name):
    assert is_sound(text, name)


KEYS = sorted(
    {
        "results",
        "channels",
        "alternatives",
        "words",
        "utterances",
        "segments",
        "text",
        "start",
        "end",
        "speaker",
        "transcript",
        "items",
        "speaker_labels",
        "Transcript",
        "ParticipantRole",
        "Content",
        "recognizedPhrases",
        "nBest",
        "phrases",
        "offsetMilliseconds",
        "sentences",
        "speaker_name",
        "callTranscripts",
        "speakerId",
        "participant",
        "participant_id",
        "monologues",
        "elements",
        "body",
        "entries",
        "startOffset",
        "turn",
        "turns",
        "role",
        "event",
        "data",
        "startTime",
        "timestamps",
        "from",
        "speakers",
        "parties",
        "audio_duration",
        "audio_url",
        "paragraphs",
        "transcripts",
        "word",
    }
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(string.printable, max_size=6),
    st.sampled_from(["transcript.data", "1.5", "00:01:02.5"]),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), max_leaves=25
)


@given(VALUES, st.sampled_from((None, *formats.names())))
@example({"segments": [{"text": "a", "start": 10**400}]}, None)
@example({"segments": [{"text": "a", "start": "9" * 5000}]}, None)
def test_json_of_any_shape_is_a_transcript_or_an_error(value, name):
    assert is_sound(json.dumps(value), name)
