from __future__ import annotations

from typing import Any

import pytest

from copilot.sources.messages import Messages

from .conftest import held, read

EPOCH = 1_790_000_000


def vexa(key: str, text: str, *, done: bool, start: float) -> dict[str, Any]:
    return {"type": "transcript", "speaker": "Speaker", "text": text, "t": EPOCH + round(start, 1), "completed": done, "id": key}


def test_a_vexa_call_gives_each_word_once():
    # Finals are shorter than their drafts, whose tails go to the next id; two ids are given up, and their words come under others.
    stream = [
        vexa("ch-0:1:100", "we had two depots and", done=False, start=0.0),
        vexa("ch-0:1:100", "We had two depots, and every order", done=False, start=0.0),
        vexa("ch-0:1:100", "We had two depots,", done=True, start=0.0),
        {"type": "ping"},
        vexa("ch-0:1:200", "and every order was on paper. Somebody", done=False, start=3.0),
        {"type": "note", "note": {"id": "ch-0:1:100", "text": "We had two depots."}},
        vexa("ch-0:1:208", "and every order was on paper.", done=True, start=3.1),
        vexa("ch-0:1:300", "Somebody typed it in at night, and in the mourning", done=False, start=7.0),
        vexa("ch-0:1:304", "Somebody typed it in at night,", done=True, start=7.4),
        vexa("ch-0:1:400", "and in the morning it was wrong.", done=True, start=10.0),
    ]
    found = held(read(*stream))
    assert [s.text for s in found] == [
        "We had two depots,", "and every order was on paper.", "Somebody typed it in at night,", "and in the morning it was wrong.",
    ]  # fmt: skip
    assert all(s.final for s in found)
    assert [s.start for s in found] == [0.0, 3.1, 7.4, 10.0]


def test_a_completed_vexa_segment_of_no_length_is_a_draft():
    row = {"segment_id": "a", "text": "It was wrong.", "start": EPOCH, "end": EPOCH, "completed": True, "speaker": "Speaker"}
    (draft,) = read({"type": "transcript", "segments": [row]})
    assert (draft.final, draft.end) == (False, 0.0)


def test_vexa_dates_that_have_the_start_added_twice_are_not_used():
    row = {
        "segment_id": "a",
        "text": "Hi.",
        "start": EPOCH + 4,
        "end": EPOCH + 6,
        "completed": True,
        "absolute_start_time": "2083-01-07T08:17:30",
    }
    (segment,) = read({"type": "transcript", "segments": [row]}, began=EPOCH)
    assert (segment.start, segment.end) == (4.0, 6.0)


def test_vexa_times_may_be_a_date_beside_seconds():
    row = {"segment_id": "a", "text": "Hi.", "start_time": "2026-09-21T14:13:24Z", "end_time": 6.5}
    (segment,) = read({"type": "transcript.mutable", "payload": {"segments": [row]}}, began=EPOCH)
    assert segment.start == 4.0


def test_vexa_segments_without_ids_go_by_their_session_and_start():
    row = {"session_uid": "u", "text": "Hel", "start": 1.5, "end_time": 2.0}
    stream = read(
        {"type": "transcript.mutable", "payload": {"segments": [row]}},
        {"type": "transcript.finalized", "payload": {"segments": [{**row, "text": "Hello."}]}},
    )
    assert [(s.id, s.text, s.final) for s in stream] == [("u:1.5", "Hel", False), ("u:1.5", "Hello.", True)]


def recall(text: str, person: dict[str, Any], *, done: bool = True, start: float = 2.0, end: float | None = 3.0) -> dict[str, Any]:
    stop = None if end is None else {"relative": end}
    words = [{"text": word, "start_timestamp": {"relative": start}, "end_timestamp": stop} for word in text.split()]
    data = {"data": {"words": words, "participant": person}, "recording": {"id": "rec"}}
    return {"event": "transcript.data" if done else "transcript.partial_data", "data": data}


def test_a_recall_participant_without_a_name_has_a_number_until_the_name_is_known():
    person, named = {"id": 7, "name": None}, {"id": 7, "name": "Dana Ruiz"}
    first = [recall("Hello.", person, start=1.0), recall("Right.", {"id": 7, "name": "None"}, start=2.0)]
    assert [s.speaker for s in held(read(*first))] == ["Participant 7", "Participant 7"]
    known = held(
        read(*first, {"event": "participant_events.join", "data": {"data": {"participant": named}}}, recall("Bye.", person, start=3.0))
    )
    assert [(s.speaker, s.text) for s in known] == [("Dana Ruiz", "Hello."), ("Dana Ruiz", "Right."), ("Dana Ruiz", "Bye.")]


def test_a_recall_draft_is_replaced_also_where_its_first_word_moves():
    person = {"id": 7, "name": "Dana Ruiz"}
    found = held(
        read(
            recall("it was a", person, done=False, start=2.0, end=None),
            recall("it was a mess", person, done=False, start=2.0, end=None),
            recall("It was a mess.", person, start=2.3),
        )
    )
    assert [(s.text, s.start, s.final) for s in found] == [("It was a mess.", 2.3, True)]


def deepgram(text: str, *, final: bool, start: float = 0.0, speakers: list[int] | None = None, request: str = "r1") -> dict[str, Any]:
    words = [
        {"word": w, "speaker": n, "start": start + 0.1, "end": start + 0.5} for w, n in zip(text.split(), speakers or [], strict=False)
    ]
    best = {"transcript": text, "words": words}
    head = {"type": "Results", "start": start, "duration": 1.5, "is_final": final, "speech_final": final, "channel_index": [0, 1]}
    return {**head, "channel": {"alternatives": [best]}, "metadata": {"request_id": request}}


def test_deepgram_final_is_what_is_frozen_and_pauses_say_nothing():
    stream = read(
        deepgram("so we", final=False),
        {**deepgram("So we moved.", final=True), "speech_final": False},
        deepgram("", final=True, start=1.5),
        {"type": "UtteranceEnd", "last_word_end": 1.4},
        {"type": "Metadata", "duration": 3.0},
    )
    assert [(s.id, s.text, s.start, s.end, s.final) for s in stream] == [
        ("r1:0:0.000", "so we", 0.0, 1.5, False),
        ("r1:0:0.000", "So we moved.", 0.0, 1.5, True),
    ]


def test_a_deepgram_draft_that_comes_to_nothing_is_taken_back():
    assert held(read(deepgram("mhm", final=False), deepgram("", final=True))) == []


def test_deepgram_counts_the_speakers_of_each_channel_anew():
    stream = read(*({**deepgram(f"Word {n}.", final=True, speakers=[0, 0]), "channel_index": [n, 2]} for n in range(2)))
    assert [s.speaker for s in stream] == ["Channel 0 Speaker 0", "Channel 1 Speaker 0"]


def test_a_stretch_of_two_deepgram_speakers_is_a_segment_each_as_long_as_they_are_two():
    two = read(deepgram("Right. So?", final=False, speakers=[0, 1]))
    assert [(s.speaker, s.text) for s in two] == [("Speaker 0", "Right."), ("Speaker 1", "So?")]
    one = held(read(deepgram("Right. So?", final=False, speakers=[0, 1]), deepgram("Right. So?", final=True, speakers=[1, 1])))
    assert [(s.speaker, s.text) for s in one] == [("Speaker 1", "Right. So?")]


def test_times_of_a_second_deepgram_connection_are_unknown_as_its_clock_begins_anew():
    stream = read(deepgram("Hello.", final=True, start=30.0), deepgram("Again.", final=True, start=0.0, request="r2"))
    assert [s.start for s in stream] == [30.0, None]
    assert len(held(stream)) == 2


def turn(order: int, text: str, **more: Any) -> dict[str, Any]:
    words = [{"text": w, "start": 1000 + n * 100, "end": 1090 + n * 100, "word_is_final": True} for n, w in enumerate(text.split())]
    return {
        "type": "Turn",
        "turn_order": order,
        "transcript": text,
        "words": words,
        "turn_is_formatted": False,
        "end_of_turn": False,
        **more,
    }


def test_an_assemblyai_turn_is_told_under_one_id_and_its_formatted_copy_holds():
    plain, formatted = turn(0, "yes it did", end_of_turn=True), turn(0, "Yes, it did.", end_of_turn=True, turn_is_formatted=True)
    stream = [{"type": "Begin", "id": "s"}, turn(0, "yes"), plain, formatted, plain, {"type": "Termination"}]
    (found,) = held(read(*stream))
    assert (found.id, found.text, found.start, found.end, found.final) == ("s:0", "Yes, it did.", 1.0, 1.29, True)


def test_an_assemblyai_draft_shows_the_words_that_are_not_settled():
    words = [{"text": "yes", "start": 0, "end": 90, "word_is_final": True}, {"text": "i", "start": 95, "end": 99, "word_is_final": False}]
    (draft,) = read({**turn(0, "yes"), "words": words})
    assert draft.text == "yes i"


def test_the_same_turn_number_in_another_assemblyai_session_is_another_turn():
    stream = [
        {"type": "Begin", "id": "a"},
        turn(0, "Hello.", end_of_turn=True),
        {"type": "Begin", "id": "b"},
        turn(0, "Bye.", end_of_turn=True),
    ]
    assert [s.text for s in held(read(*stream))] == ["Hello.", "Bye."]


@pytest.mark.parametrize("flag", [True, "true", "1", "True"])
def test_livekit_says_final_in_several_ways(flag):
    attributes = {"lk.segment_id": "SG_1", "lk.transcription_final": flag}
    (segment,) = read({"text": "Hello.", "attributes": attributes, "participantInfo": {"identity": "dana", "name": "Dana Ruiz"}})
    assert (segment.id, segment.speaker, segment.final, segment.start) == ("SG_1", "Dana Ruiz", True, None)


@pytest.mark.parametrize("flag", [False, "false", "0", ""])
def test_livekit_says_draft_in_several_ways(flag):
    (segment,) = read({"text": "Hel", "attributes": {"lk.segment_id": "SG_1", "lk.transcription_final": flag}})
    assert not segment.final


def test_livekit_events_list_segments_of_one_participant():
    rows = [{"id": "a", "text": "Hel", "start_time": 5, "final": False}, {"id": "b", "text": "Yes.", "final": True}]
    stream = read({"participant_identity": "dana", "segments": rows})
    assert [(s.id, s.speaker, s.final, s.start) for s in stream] == [("a", "dana", False, None), ("b", "dana", True, None)]


def test_zoom_transcripts_have_milliseconds_since_1970():
    content = {"user_id": 5, "user_name": "Dana Ruiz", "data": "Hello.", "timestamp": EPOCH * 1000 + 9500}
    stream = read(
        {"msg_type": 12, "timestamp": 1},
        {"msg_type": 17, "content": content},
        {"msg_type": 17, "content": {**content, "data": "Yes.", "start_time": EPOCH * 1000 + 10000, "end_time": EPOCH * 1000 + 11000}},
        began=EPOCH,
    )
    assert [(s.speaker, s.text, s.start, s.end) for s in stream] == [
        ("Dana Ruiz", "Hello.", 9.5, None),
        ("Dana Ruiz", "Yes.", 10.0, 11.0),
    ]


def test_a_zoom_transcript_that_is_sent_again_is_the_same_segment():
    message = {"msg_type": 17, "content": {"user_id": 5, "user_name": "D", "data": "Yes.", "timestamp": EPOCH * 1000}}
    later = {"msg_type": 17, "content": {"user_id": 5, "user_name": "D", "data": "Yes.", "timestamp": EPOCH * 1000 + 4000}}
    assert len(held(read(message, message, later, message))) == 2


def test_a_fireflies_chunk_that_grows_keeps_its_id():
    chunk = {"transcript_id": "t", "chunk_id": "c1", "text": "Hello", "speaker_name": "Alice", "start_time": 0.0, "end_time": 1.2}
    found = held(read(chunk, {"event": "transcription.broadcast", "payload": {**chunk, "text": "Hello all."}}))
    assert [(s.id, s.text, s.speaker, s.end) for s in found] == [("t:c1", "Hello all.", "Alice", 1.2)]


def test_our_own_segments_are_read_with_and_without_their_optional_parts():
    stream = read(
        {"text": "Hi."}, {"id": 7, "text": "Hel", "final": False, "speaker": "Dana", "start": 1, "end": 2}, {"turn": 3, "text": "Bye."}
    )
    assert [(s.id, s.speaker, s.final) for s in stream[1:]] == [("7", "Dana", False), ("turn-3", None, True)]
    assert stream[0].id
    assert stream[0].final


def test_segments_without_ids_get_the_same_ids_each_time_the_stream_is_read():
    stream = [{"speaker": "Dana", "text": "Yes."}, {"speaker": "Dana", "text": "Yes."}]
    assert read(*stream) == read(*stream)
    assert len({s.id for s in [*read(*stream), *read({"text": "No."}, *stream)]}) == 5


def test_a_list_of_messages_is_read_message_by_message():
    assert [s.text for s in read([{"id": "a", "text": "Hi."}, {"id": "b", "text": "Bye."}])] == ["Hi.", "Bye."]


def test_what_no_vendor_sends_is_counted_and_what_one_sends_besides_speech_is_not():
    reader = Messages()
    for message in (
        '{"type": "chat", "text": "hello"}',
        "[1]",
        "no JSON",
        b"\xff\xfe",
        "[" * 100_000,
        '{"msg_type": 12}',
        '{"type": "ping"}',
    ):
        assert list(reader.read(message)) == []
    assert reader.unread == 5


def test_the_clock_of_the_call_begins_with_the_first_date_where_it_is_not_known():
    stream = read(vexa("a", "Hi.", done=True, start=0.0), vexa("b", "Bye.", done=True, start=8.0), vexa("c", "Um.", done=True, start=-3.0))
    assert [s.start for s in stream] == [0.0, 8.0, None]


def test_a_recording_of_a_service_is_read_message_by_message_and_another_list_is_not():
    said = [vexa("ch-0:1:100", "We had two", done=False, start=0.0), vexa("ch-0:1:100", "We had two depots.", done=True, start=0.0)]
    rows = [{"kind": "rest", "data": {"id": 29, "segments": []}}, *({"kind": "sse", "data": message} for message in said)]
    assert [s.text for s in held(read({"count": 3, "events": rows}))] == ["We had two depots."]
    assert [s.text for s in held(read({"messages": said}))] == ["We had two depots."]
    stranger = Messages()
    assert list(stranger.read('{"notes": [{"text": "We had two depots.", "speaker": "Ann"}]}')) == []
    assert stranger.unread == 1
