from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.errors import InputError
from copilot.sources import Payloads
from copilot.sources.messages import Messages
from copilot.turns import LiveSegment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["text", "id", "segments", "type"]), inner, max_size=5)
    ),
    max_leaves=12,
)
KEYS = (
    "type event msg_type text id speaker start end final segments payload data words participant name recording start_timestamp relative "
    "alternatives transcript is_final channel channel_index metadata request_id turn_order end_of_turn attributes lk.segment_id "
    "lk.transcription_final content user_name timestamp sentences chunk_id speaker_name "
    "start_time end_time completed confirmed pending tsMs t turn streamInfo"
).split()
KINDS = (
    "transcript transcript.mutable transcript.data transcript.partial_data Results Turn Begin UtteranceEnd participant_events.join 1 0 true"
).split()
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(KINDS) | st.text(max_size=4) | st.just("\ud800") | st.just(17)
)
MESSAGE = st.dictionaries(
    st.sampled_from(KEYS),
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6), max_leaves=10
    ),
    max_size=8,
)


def test_our_segments_come_alone_in_a_list_or_in_an_object():
    row = {"id": "7", "speaker": "Dana Ruiz", "text": "Six weeks.", "start": 3}
    expected = (LiveSegment(id="7", speaker="Dana Ruiz", text="Six weeks.", start=3.0),)
    for payload in (row, [row], {"segments": [row]}, json.dumps(row), json.dumps([row]).encode(), bytearray(json.dumps(row).encode())):
        assert Payloads().read(payload) == expected


def test_an_id_may_be_a_number_as_in_other_sources():
    assert Payloads().read({"id": 7, "text": "Hm."}) == Payloads().read({"id": "7", "text": "Hm."})
    with pytest.raises(InputError, match="id: a text is expected"):
        Payloads().read({"id": True, "text": "Hm."})


def test_times_that_cannot_be_are_left_out():
    (segment,) = Payloads().read(b'{"text": "Hi.", "start": NaN, "end": -1e400, "speaker": "None"}')
    assert (segment.start, segment.end, segment.speaker) == (None, None, None)


@pytest.mark.parametrize(("start", "read"), [(3600.5, 3600.5), (0, 0.0), (1e300, None), (-1, None), (4 * 86400, None), (1.7e9, None)])
def test_a_time_that_no_call_has_is_left_out(start: float, read: float | None):
    (segment,) = Payloads().read({"text": "Hi.", "start": start, "end": start + 1})
    assert segment.start == read
    assert LiveSegment(id="1", text="Hi.", start=start).start == read


def test_a_request_without_ids_that_is_sent_again_gives_the_same_segments():
    rows = [{"speaker": "Dana", "text": "Yes."}, {"speaker": "Dana", "text": "Yes."}]
    payloads = Payloads()
    assert payloads.read(rows) == payloads.read(json.dumps(rows))
    assert len({segment.id for segment in payloads.read(rows)}) == 2


def test_the_same_words_in_a_later_request_are_said_again():
    payloads = Payloads()
    told = [payloads.read({"speaker": who, "text": text})[0].id for who, text in [("Dana", "Yes."), ("Ira", "And now?"), ("Dana", "Yes.")]]
    assert len(set(told)) == 3


def test_another_run_gives_other_ids_to_the_same_words():
    assert Payloads().read({"text": "Yes."}) != Payloads().read({"text": "Yes."})


def test_a_recall_event_is_read_and_one_without_speech_gives_nothing():
    word = {"text": "Hello.", "start_timestamp": {"relative": 1.0}, "end_timestamp": {"relative": 1.5}}
    data = {"data": {"words": [word], "participant": {"id": 1, "name": "Dana Ruiz"}}}
    (segment,) = Payloads().read({"event": "transcript.data", "data": data})
    assert (segment.speaker, segment.text, segment.start, segment.end, segment.final) == ("Dana Ruiz", "Hello.", 1.0, 1.5, True)
    assert Payloads().read({"event": "participant_events.leave", "data": {}}) == ()


def test_fireflies_sentences_are_read():
    rows = [{"index": 0, "text": "Hello.", "speaker_name": "Alice", "start_time": "0.5", "end_time": "1.25"}]
    (segment,) = Payloads().read({"data": {"transcript": {"id": "t", "sentences": rows}}})
    assert segment == LiveSegment(id="t:sentence-0", text="Hello.", speaker="Alice", start=0.5, end=1.25)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b"", "not valid JSON"),
        (b"\xff", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ([], "contains no segments"),
        (None, "contains no segments"),
        (5, "contains no segments"),
        ({}, "segment 1: is not a segment"),
        ({"segments": {}}, "contains no segments"),
        ([{"text": "Hi."}, "Bye."], "segment 2: is not a segment"),
        ({"text": 5}, "segment 1: text: a text is expected, not 5; put it into quotation marks"),
        ({"id": "a"}, "segment 1: text: is missing"),
        ({"text": "Hi.", "speakr": "Dana"}, "unknown key 'speakr'; did you mean 'speaker'?"),
        ({"meetingId": "m", "eventType": "Transcription completed"}, "fetch it from Fireflies' GraphQL API"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_says_what_to_send(payload, said):
    with pytest.raises(InputError) as caught:
        Payloads().read(payload)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(JSON | MESSAGE | st.binary() | st.text())
def test_any_payload_gives_segments_or_an_input_error(payload):
    with suppress(InputError):
        assert all(isinstance(segment, LiveSegment) for segment in Payloads().read(payload))


@settings(deadline=None)
@given(st.lists(st.binary() | JSON | MESSAGE, max_size=5))
def test_any_messages_give_segments_or_are_counted_and_raise_nothing(stream):
    reader = Messages()
    for message in stream:
        data = message if isinstance(message, bytes) else json.dumps(message)
        for segment in reader.read(data):
            assert segment.id
            segment.model_dump_json().encode()
            assert segment.start is None or segment.start >= 0
    assert reader.unread <= sum(len(message) if isinstance(message, list) else 1 for message in stream)
