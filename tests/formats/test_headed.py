from __future__ import annotations

import pytest

from copilot.errors import TranscriptError
from copilot.transcript import Transcript

OTTER = """Depot call

Mara Quill  0:03  
How are you doing

Teo Brandt  0:05  
today? Thank you.

We had two sheds.

Unknown Speaker  1:02:07  
Yes

Transcribed by https://otter.ai
"""  # noqa: W291 -- Otter's headers end in two spaces


def test_otter_headers_give_the_name_and_the_time():
    transcript = Transcript.parse(OTTER)
    assert transcript.source.format == "otter"
    assert [(t.speaker, t.start, t.end, t.text) for t in transcript] == [
        ("Mara Quill", 3.0, None, "How are you doing"),
        ("Teo Brandt", 5.0, None, "today? Thank you. We had two sheds."),
        ("Unknown Speaker", 3727.0, None, "Yes"),
    ]


def test_a_title_above_the_first_speaker_is_left_out_with_a_notice():
    assert any('"Depot call"' in notice for notice in Transcript.parse(OTTER).notices)


def test_otters_footer_is_kept_where_somebody_says_it():
    assert (
        Transcript.parse("Ann Lee  0:03\nTranscribed by https://otter.ai\n\nBo Ek  0:04\nOh\n")[0].text == "Transcribed by https://otter.ai"
    )


ZOOM_CAPTIONS = """[Mara Quill] 23:59:50
Who signs it off?

[Teo Brandt] 00:00:05
I do.
Every week.
"""


def test_zooms_saved_captions_count_from_the_first_also_past_midnight():
    transcript = Transcript.parse(ZOOM_CAPTIONS)
    assert transcript.source.format == "zoom-captions"
    assert [(t.speaker, t.start, t.text) for t in transcript] == [
        ("Mara Quill", 0.0, "Who signs it off?"),
        ("Teo Brandt", 15.0, "I do. Every week."),
    ]
    assert any("times of day" in notice for notice in transcript.notices)


@pytest.mark.parametrize("end", [" to Everyone: ", " to Everyone:\n\t", " : ", " To All panelists and attendees :\n\t"])
def test_zooms_chat_is_read_like_its_captions(end):
    said = [("23:59:50", "Mara Quill", "Who signs it off?"), ("00:00:05", "Teo Brandt", "I do: every week.\nOr Jo.")]
    transcript = Transcript.parse("".join(f"{time} From {name}{end}{text}\n" for time, name, text in said))
    assert [(t.speaker, t.start, t.text) for t in transcript] == [
        ("Mara Quill", 0.0, "Who signs it off?"),
        ("Teo Brandt", 15.0, "I do: every week. Or Jo."),
    ]
    assert not any("private" in notice for notice in transcript.notices)


@pytest.mark.parametrize("receiver", ["Ann Lee (Direct Message) ", "Ann Lee(Privately) ", "Ann Lee", "Hosts and panelists"])
def test_a_chat_message_that_is_not_written_to_everyone_is_left_out_with_a_notice(receiver):
    said = [("Bo Berg", "Everyone", "We run two sheds."), ("Bo Berg", receiver, "secret\n\tone"), ("Ann Lee", "Everyone", "Since when?")]
    transcript = Transcript.parse("".join(f"14:03:0{n} From {name} to {to}: {text}\n" for n, (name, to, text) in enumerate(said)))
    assert [(t.speaker, t.start, t.text) for t in transcript] == [("Bo Berg", 0.0, "We run two sheds."), ("Ann Lee", 2.0, "Since when?")]
    assert "left out, as not written to everyone: 1 private message" in transcript.notices


def test_a_chat_of_private_messages_alone_is_refused_for_what_it_is():
    with pytest.raises(TranscriptError, match="only private messages"):
        Transcript.parse("14:03:05 From Bo Berg to Ann Lee (Direct Message) : secret one\n")


@pytest.mark.parametrize(("first", "start"), [("14:03:05", 0.0), ("01:03:05", 3785.0)])
def test_times_beside_names_are_those_of_the_day_where_no_recording_is_so_long(first, start):
    transcript = Transcript.parse(f"{first} Mara Quill: Who pays?\n{first[:-2]}45 Teo Brandt: We do.\n")
    assert [t.start for t in transcript] == [start, start + 40]
    assert any("times of day" in notice for notice in transcript.notices) is (start == 0.0)
