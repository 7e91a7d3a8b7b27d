from __future__ import annotations

import json

import pytest

from copilot.errors import TranscriptError
from copilot.transcript import Transcript


def parse(value, **options):
    return Transcript.parse(json.dumps(value), **options)


def rows(transcript):
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in transcript]


def word(text, start=None, end=None, **more):
    times = {} if start is None else {"start": start, "end": end}
    return {"word": text, **times, **more}


def test_whisper_segments_are_read_without_a_speaker():
    segments = [
        {"id": 0, "start": 0.0, "end": 2.5, "text": " We had two sheds.", "words": [word(" We", 0.0, 0.3, probability=0.9)]},
        {"id": 1, "start": 2.5, "end": 4.0, "text": " And a van."},
    ]
    transcript = parse({"text": " We had two sheds. And a van.", "segments": segments, "language": "en"})
    assert transcript.source.format == "whisper"
    assert rows(transcript) == [("Unknown", "We had two sheds. And a van.", 0.0, 4.0)]


def test_whisperx_keeps_the_words_that_have_no_times():
    words = [word("cut", 1.0, 1.2, speaker="SPEAKER_01"), word("42%"), word("of", 2.0, 2.1, speaker="SPEAKER_01"), word("it.", 2.1, 2.4)]
    segments = [
        {"start": 0.0, "end": 0.9, "text": " How much?", "words": [], "speaker": "SPEAKER_00"},
        {"start": 1.0, "end": 2.4, "text": " cut 42% of it.", "words": words},
    ]
    transcript = parse({"segments": segments, "word_segments": []})
    assert rows(transcript) == [("SPEAKER_00", "How much?", 0.0, 0.9), ("SPEAKER_01", "cut 42% of it.", 1.0, 2.4)]


def test_whisperx_without_any_speaker_on_a_segment_inherits_it():
    segments = [
        {"start": 0.0, "end": 0.9, "text": "We did.", "speaker": "SPEAKER_00"},
        {"start": 1.0, "end": 2.0, "text": "40 of them.", "words": [word("40"), word("of"), word("them.")]},
        {"start": 2.0, "end": 2.5, "text": "Who?", "speaker": "SPEAKER_01"},
    ]
    transcript = parse({"segments": segments})
    assert [(t.text, t.inherited) for t in transcript] == [("We did. 40 of them.", True), ("Who?", False)]


def test_labels_mapped_to_names_beside_the_segments_are_those_names():
    segments = [
        {"speakerLabel": "spk_0", "start": 0, "end": 1, "text": "Hi"},
        {"speakerLabel": "spk_1", "start": 1, "end": 2, "text": "Ho"},
    ]
    assert [t.speaker for t in parse({"speakers": {"spk_0": "Lucia"}, "segments": segments})] == ["Lucia", "spk_1"]


def test_whisper_segments_that_are_empty_are_an_error():
    with pytest.raises(TranscriptError, match=r"nothing is said in it: read as whisper .* found JSON with the keys segments"):
        parse({"segments": [], "word_segments": []})


DEEPGRAM_WORDS = [
    {"word": "who", "punctuated_word": "Who", "start": 0.1, "end": 0.3, "speaker": 0},
    {"word": "pays", "punctuated_word": "pays?", "start": 0.3, "end": 0.6, "speaker": 0},
    {"word": "we", "punctuated_word": "We", "start": 0.7, "end": 0.8, "speaker": 1},
    {"word": "do", "punctuated_word": "do.", "start": 0.8, "end": 1.0, "speaker": 1},
]


def deepgram(alternative, **more):
    return {"metadata": {}, "results": {"channels": [{"alternatives": [alternative]}], **more}}


TWO = [("Speaker 0", "Who pays?", 0.1, 0.6), ("Speaker 1", "We do.", 0.7, 1.0)]


def test_a_deepgram_utterance_is_split_where_its_words_change_hands():
    utterance = {"start": 0.1, "end": 1.0, "transcript": "Who pays? We do.", "speaker": 0, "words": DEEPGRAM_WORDS}
    assert rows(parse(deepgram({"words": DEEPGRAM_WORDS}, utterances=[utterance]))) == TWO


def test_deepgram_without_utterances_is_read_by_paragraphs_or_words():
    sentences = [[{"text": "Who pays?", "start": 0.1, "end": 0.6}], [{"text": "We do.", "start": 0.7, "end": 1.0}]]
    paragraphs = {"paragraphs": [{"speaker": n, "sentences": part} for n, part in enumerate(sentences)]}
    assert rows(parse(deepgram({"paragraphs": paragraphs, "words": DEEPGRAM_WORDS}))) == TWO
    assert rows(parse(deepgram({"words": DEEPGRAM_WORDS}))) == TWO
    assert rows(parse(deepgram({"transcript": "We do."}))) == [("Unknown", "We do.", None, None)]


def test_deepgram_channels_are_put_in_order_of_time():
    channels = [
        {"alternatives": [{"words": [word("Who?", 0.0, 0.5), word("Where?", 2.0, 2.5)]}]},
        {"alternatives": [{"words": [word("Me.", 1.0, 1.5)]}]},
    ]
    assert [t.text for t in parse({"results": {"channels": channels}})] == ["Who?", "Me.", "Where?"]


def test_assemblyai_times_are_milliseconds():
    utterances = [
        {"speaker": "A", "text": "Who pays?", "start": 170, "end": 900, "words": []},
        {"speaker": "B", "text": "We do.", "start": 1000, "end": 1500, "words": []},
    ]
    value = {"audio_duration": 25, "acoustic_model": "x", "words": [], "utterances": utterances}
    assert rows(parse(value)) == [("Speaker A", "Who pays?", 0.17, 0.9), ("Speaker B", "We do.", 1.0, 1.5)]


def test_assemblyai_without_utterances_is_read_by_words():
    words = [{"text": "We", "start": 0, "end": 100, "speaker": None}, {"text": "do.", "start": 100, "end": 300, "speaker": None}]
    assert rows(parse({"audio_duration": 1, "audio_url": "x", "words": words, "utterances": None})) == [("Unknown", "We do.", 0.0, 0.3)]


def aws_item(text, start=None):
    times = {} if start is None else {"start_time": str(start), "end_time": str(start + 0.5)}
    return {"type": "punctuation" if start is None else "pronunciation", "alternatives": [{"content": text}], **times}


def test_aws_words_find_their_speakers_by_their_start_times():
    items = [aws_item("Who", 1.0), aws_item("pays", 1.5), aws_item("?"), aws_item("We", 3.0), aws_item("do", 3.5), aws_item(".")]
    segments = [
        {"start_time": "0.1", "end_time": "0.9", "speaker_label": "", "items": []},
        {
            "start_time": "1.0",
            "end_time": "2.0",
            "speaker_label": "spk_0",
            "items": [{"start_time": s, "speaker_label": "spk_0"} for s in ("1.0", "1.5")],
        },
        {"start_time": "3.0", "end_time": "4.0", "speaker_label": "spk_1", "items": [{"start_time": "3.0", "speaker_label": "spk_1"}]},
    ]
    value = {"results": {"transcripts": [{"transcript": "…"}], "speaker_labels": {"speakers": 3, "segments": segments}, "items": items}}
    assert rows(parse(value)) == [("spk_0", "Who pays?", 1.0, 2.0), ("spk_1", "We do.", 3.0, 4.0)]


def test_aws_channels_are_put_in_order_of_time():
    channels = [
        {"channel_label": "ch_0", "items": [aws_item("Who", 1.0), aws_item("?"), aws_item("Where", 5.0)]},
        {"channel_label": "ch_1", "items": [aws_item("Me", 3.0)]},
    ]
    value = {"results": {"transcripts": [{"transcript": ""}], "items": [], "channel_labels": {"channels": channels}}}
    assert [(t.speaker, t.text) for t in parse(value)] == [("ch_0", "Who?"), ("ch_1", "Me"), ("ch_0", "Where")]


def test_call_analytics_roles_settle_who_is_who_and_overlaps_are_put_in_order():
    lines = [
        {"ParticipantRole": "CUSTOMER", "Content": "It is [PII], we pay.", "BeginOffsetMillis": 2000, "EndOffsetMillis": 4000},
        {"ParticipantRole": "AGENT", "Content": "Tell me who pays.", "BeginOffsetMillis": 500, "EndOffsetMillis": 2500},
    ]
    transcript = parse({"Transcript": lines, "Channel": "VOICE"})
    assert [(t.speaker, t.role, t.text, t.start) for t in transcript] == [
        ("Agent", "interviewer", "Tell me who pays.", 0.5),
        ("Customer", "customer", "It is [PII], we pay.", 2.0),
    ]
    assert not transcript.notices


def google_word(text, start, tag=None):
    row = {
        "word": text,
        "startTime": {"seconds": str(start)} if start else {"nanos": 500000000},
        "endTime": {"seconds": str(start + 1), "nanos": 200000000},
    }
    return row if tag is None else {**row, "speakerTag": tag}


def test_googles_last_result_repeats_all_words_and_is_read_alone():
    plain = [google_word("Who?", 0), google_word("Me.", 3)]
    tagged = [google_word("Who?", 0, 2), google_word("Me.", 3, 1), google_word("Yes.", 5)]
    results = [{"alternatives": [{"transcript": "Who? Me.", "words": plain}]}, {"alternatives": [{"transcript": "", "words": tagged}]}]
    assert rows(parse({"results": results})) == [("Speaker 2", "Who?", 0.5, 1.2), ("Speaker 1", "Me. Yes.", 3.0, 6.2)]


def test_google_version_2_and_results_without_words_are_read():
    words = [{"word": "Hi.", "startOffset": "1.500s", "endOffset": "2s", "speakerLabel": "1"}]
    assert rows(parse({"results": [{"alternatives": [{"transcript": "Hi.", "words": words}]}]})) == [("Speaker 1", "Hi.", 1.5, 2.0)]
    assert [
        t.text for t in parse({"results": [{"alternatives": [{"transcript": " One. "}]}, {"alternatives": [{"transcript": "Two."}]}]})
    ] == ["One. Two."]


def test_watsons_speakers_are_listed_apart_from_the_words_and_a_hesitation_is_no_word():
    def result(final, *words):
        return {"final": final, "alternatives": [{"transcript": " ".join(w for w, _, _ in words), "timestamps": [list(w) for w in words]}]}

    results = [
        result(True, ("who", 1.0, 1.5), ("pays", 1.5, 2), ("we", 3.0, 3.25), ("%HESITATION", 3.25, 3.5), ("do", 3.5, 4.0)),
        result(False, ("all", 5.0, 5.5)),
        result(True, ("always", 5.0, 5.5)),
    ]
    labels = [{"from": start, "to": start + 0.5, "speaker": who, "final": True} for start, who in ((1, 0), (1.5, 0), (3.0, 1), (5.0, 1))]
    transcript = parse({"result_index": 0, "results": results, "speaker_labels": labels})
    assert transcript.source.format == "watson"
    assert rows(transcript) == [("Speaker 0", "who pays", 1.0, 2.0), ("Speaker 1", "we do always", 3.0, 5.5)]
    assert rows(parse({"results": results})) == [("Unknown", "who pays we do always", 1.0, 5.5)]
    stream = [{"results": results[:1], "speaker_labels": labels[:3]}, {"results": results[1:], "speaker_labels": labels[3:]}]
    assert rows(Transcript.parse("\n".join(map(json.dumps, stream)))) == rows(transcript)


def test_azure_batch_times_are_ticks():
    def phrase(speaker, text, offset):
        best = [{"display": text, "lexical": text.lower()}]
        return {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": speaker,
            "offset": "PT0.76S",
            "offsetInTicks": offset,
            "durationInTicks": 5e6,
            "nBest": best,
        }

    value = {
        "combinedRecognizedPhrases": [{"display": "x"}],
        "recognizedPhrases": [phrase(1, "Who pays?", 7600000.0), phrase(2, "We do.", 2e7)],
    }
    assert rows(parse(value)) == [("Speaker 1", "Who pays?", 0.76, 1.26), ("Speaker 2", "We do.", 2.0, 2.5)]


def test_azure_fast_times_are_milliseconds_and_channels_are_put_in_order():
    phrases = [
        {"channel": 0, "offsetMilliseconds": 100, "durationMilliseconds": 500, "text": "Who?"},
        {"channel": 0, "offsetMilliseconds": 2000, "durationMilliseconds": 500, "text": "Where?"},
        {"channel": 1, "offsetMilliseconds": 1000, "durationMilliseconds": 500, "text": "Me."},
    ]
    assert [(t.speaker, t.text) for t in parse({"combinedPhrases": [], "phrases": phrases})] == [
        ("Channel 0", "Who?"),
        ("Channel 1", "Me."),
        ("Channel 0", "Where?"),
    ]


def test_fireflies_times_are_seconds_as_text_and_a_name_can_be_missing():
    sentences = [
        {
            "index": 0,
            "text": "Who pays?",
            "raw_text": "who pays",
            "start_time": "1.5",
            "end_time": "2",
            "speaker_id": 0,
            "speaker_name": "Mara Quill",
        },
        {"index": 1, "text": "We do.", "raw_text": "we do", "start_time": 3, "end_time": 4, "speaker_id": 1, "speaker_name": None},
    ]
    expected = [("Mara Quill", "Who pays?", 1.5, 2.0), ("Speaker 1", "We do.", 3.0, 4.0)]
    assert rows(parse({"data": {"transcript": {"id": "x", "sentences": sentences}}})) == expected
    assert rows(parse(sentences)) == expected


GONG = [
    {"speakerId": "8120003", "topic": "Intro", "sentences": [{"start": 1500, "end": 2000, "text": "Who pays?"}]},
    {
        "speakerId": "8120004",
        "topic": None,
        "sentences": [{"start": 2500, "end": 3000, "text": "We do."}, {"start": 3000, "end": 4000, "text": "Always."}],
    },
]


def test_gong_times_are_milliseconds_and_names_come_from_the_parties():
    parties = [
        {"speakerId": "8120003", "name": "Mara Quill", "affiliation": "Internal"},
        {"speakerId": "8120004", "name": "Teo Brandt", "affiliation": "External"},
    ]
    transcript = parse({"callTranscripts": [{"callId": "78291000000000000001", "transcript": GONG}], "parties": parties})
    assert rows(transcript) == [("Mara Quill", "Who pays?", 1.5, 2.0), ("Teo Brandt", "We do. Always.", 2.5, 4.0)]
    assert [t.role for t in transcript] == ["interviewer", "customer"]


def test_gong_without_parties_keeps_the_ids():
    transcript = parse({"callTranscripts": [{"callId": "1", "transcript": GONG}]})
    assert [t.speaker for t in transcript] == ["Speaker 8120003", "Speaker 8120004"]


def test_grain_times_are_milliseconds():
    segments = [
        {"speaker": "Mara Quill", "participant_id": "p1", "start": 1500, "end": 2000, "text": "Who pays?"},
        {"speaker": None, "participant_id": "p2", "start": 2500, "end": 3000, "text": "We do."},
    ]
    assert rows(parse(segments)) == [("Mara Quill", "Who pays?", 1.5, 2.0), ("p2", "We do.", 2.5, 3.0)]


def test_rev_punctuation_and_spaces_are_elements():
    def text(value, ts):
        return {"type": "text", "value": value, "ts": ts, "end_ts": ts + 0.2}

    def punct(value):
        return {"type": "punct", "value": value}

    monologues = [
        {"speaker": 0, "elements": [text("Who", 1.0), punct(" "), text("pays", 1.5), punct("?"), punct(" "), text("You", 2.0), punct("?")]},
        {"speaker": 7, "elements": [text("We", 3.0), punct("."), punct(" ")]},
    ]
    value = {"speakers": [{"id": 0, "name": "Mara Quill"}], "monologues": monologues}
    transcript = parse(value)
    assert rows(transcript) == [("Mara Quill", "Who pays? You?", 1.0, 2.2), ("Speaker 7", "We.", 3.0, 3.2)]
    assert transcript[0].time_at(10) == 2.0


def recall_word(text, start, end=None):
    stamp = None if end is None else {"relative": end, "absolute": "2024-01-01T00:00:00Z"}
    return {"text": text, "start_timestamp": {"relative": start, "absolute": "2024-01-01T00:00:00Z"}, "end_timestamp": stamp}


def test_recall_participants_without_a_name_are_kept():
    rows_ = [
        {"participant": {"id": 100, "name": None, "is_host": True}, "words": [recall_word("Who", 1.0, 1.2), recall_word("pays?", 1.2)]},
        {"participant": {"id": 200, "name": None}, "words": [recall_word("We do.", 2.0, 2.5)]},
        {"participant": {"id": 100, "name": "Mara Quill"}, "words": [recall_word("Thanks.", 3.0, 3.5)]},
    ]
    assert rows(parse(rows_)) == [
        ("Mara Quill", "Who pays?", 1.0, 1.2),
        ("Participant 200", "We do.", 2.0, 2.5),
        ("Mara Quill", "Thanks.", 3.0, 3.5),
    ]


def test_recall_events_as_json_lines_leave_the_partial_ones_out():
    def event(kind, name, text, start):
        data = {"participant": {"id": 1, "name": name}, "words": [recall_word(text, start, start + 1)]}
        return json.dumps({"event": kind, "data": {"data": data, "bot": {"id": "x"}}})

    lines = [event("transcript.partial_data", "Ann", "We h", 1), event("transcript.data", "Ann", "We had.", 1)]
    assert rows(Transcript.parse("\n".join(lines))) == [("Ann", "We had.", 1.0, 2.0)]


def test_a_recall_event_that_was_sent_again_counts_once_and_words_that_come_again_later_count():
    def event(text, start, person=1):
        data = {"participant": {"id": person, "name": f"Ann {person}"}, "words": [recall_word(text, start, start + 1)]}
        return {"event": "transcript.data", "data": {"data": data}}

    events = [event("We do.", 1.0), event("We do.", 1.0, 2), event("We do.", 1.0), event("We do.", 3.0)]
    assert [(t.speaker, t.text) for t in parse(events)] == [("Ann 1", "We do."), ("Ann 2", "We do."), ("Ann 1", "We do.")]
    assert rows(Transcript.parse("\n".join(map(json.dumps, events)))) == rows(parse(events))
    timeless = [{"participant": {"id": 1, "name": "Ann"}, "words": [{"text": "Yes."}]}] * 2
    assert [t.text for t in parse(timeless)] == ["Yes. Yes."]


def test_teams_json_offsets_are_clock_times():
    entries = [
        {"id": "a/1", "text": "Who pays?", "rawText": None, "speakerId": "x", "speakerDisplayName": "Mara Quill", "confidence": 0.0,
         "startOffset": "00:07:00.0033780", "endOffset": "00:07:01.5000000"},
        {"id": "a/2", "text": "We do.", "speakerId": "guest-2", "speakerDisplayName": None,
         "startOffset": "00:07:02", "endOffset": "00:07:03"},
    ]  # fmt: skip
    value = {
        "$schema": "http://stream.office.com/schemas/transcript.json",
        "version": "1.0.0",
        "type": "Transcript",
        "entries": entries,
        "events": [],
    }
    assert rows(parse(value)) == [("Mara Quill", "Who pays?", 420.0034, 421.5), ("guest-2", "We do.", 422.0, 423.0)]


def test_podcast_segments_can_be_single_words():
    segments = [
        {"speaker": "Ode", "startTime": 0.5, "endTime": 0.75, "body": "Hello"},
        {"startTime": 1, "endTime": 1.25, "body": "there."},
        {"speaker": "Pim", "startTime": 2, "endTime": 2.5, "body": "Hi."},
    ]
    assert rows(parse({"version": "1.0.0", "segments": segments})) == [("Ode", "Hello there.", 0.5, 1.25), ("Pim", "Hi.", 2.0, 2.5)]


OWN = [
    {"turn": 1, "speaker": "Mara Quill", "role": "interviewer", "start": 0.0, "end": 1.0, "text": "Who  pays?\nYou?"},
    {"turn": 2, "speaker": "Teo Brandt", "role": "customer", "start": None, "end": None, "text": "We do."},
]


@pytest.mark.parametrize(
    "text", ["\n".join(map(json.dumps, OWN)), json.dumps(OWN), json.dumps({"schema": "copilot.findings/1", "turns": OWN}, indent=1)]
)
def test_our_own_turns_come_back_unchanged(text):
    transcript = Transcript.parse(text)
    assert transcript.source.format == "jsonl"
    assert [t.model_dump(include=set(OWN[0])) for t in transcript] == OWN
    assert not transcript.notices


def test_one_turn_alone_and_a_turn_without_a_role_are_read():
    assert [t.role for t in parse({"turn": 1, "speaker": "Guest", "text": "Hi"})] == ["customer"]


def test_turns_with_times_and_no_number_are_refused_as_their_unit_is_unknown():
    with pytest.raises(TranscriptError, match="no known transcript format"):
        parse([{"speaker": "Ann", "text": "Hi", "start": 1200}])


def test_an_unknown_role_names_its_turn():
    with pytest.raises(TranscriptError, match="turn 2: the role 'boss' is not one of interviewer"):
        parse([OWN[0], {**OWN[1], "role": "boss"}])


def test_a_torn_line_of_json_lines_is_named():
    text = "\n".join(map(json.dumps, OWN))
    with pytest.raises(TranscriptError, match="line 2 is not valid JSON"):
        Transcript.parse(text[:-5])


def test_half_a_character_in_json_is_replaced():
    assert Transcript.parse('{"turn": 1, "speaker": "Ann", "text": "Oh \\ud83d no"}')[0].text == "Oh ? no"


def google_result(text, *words, **more):
    return {"alternatives": [{"transcript": text, "words": list(words)}], **more}


def test_googles_client_libraries_write_underscores_and_zeros():
    def said(text, start, tag):
        return {"word": text, "start_time": f"{start}s", "end_time": f"{start + 1}s", "speaker_tag": tag}

    plain, tagged = [said("Who?", 0, 0), said("Me.", 3, 0)], [said("Who?", 0, 2), said("Me.", 3, 1)]
    expected = [("Speaker 2", "Who?", 0.0, 1.0), ("Speaker 1", "Me.", 3.0, 4.0)]
    value = {"results": [google_result("Who?", plain[0]), google_result("Me.", plain[1]), google_result("", *tagged)]}
    assert rows(parse(value)) == expected
    assert rows(parse({"name": "7", "done": True, "response": value})) == expected


def test_googles_zero_tag_tells_nobody_apart():
    said = [google_word("Who?", 0, 0), google_word("Me.", 3, 0)]
    tagged = [google_word("Who?", 0, 2), google_word("Me.", 3, 1)]
    assert [t.text for t in parse({"results": [google_result("Who? Me.", *said), google_result("", *tagged)]})] == ["Who?", "Me."]
    assert [t.speaker for t in parse({"results": [google_result("Who? Me.", *said)]})] == ["Unknown"]


def test_googles_channels_are_speakers():
    value = {"results": [google_result("Who?", channelTag=1), google_result("Me.", channelTag=2), google_result("You?", channelTag=1)]}
    assert [(t.speaker, t.text) for t in parse(value)] == [("Channel 1", "Who?"), ("Channel 2", "Me."), ("Channel 1", "You?")]


def test_deepgram_counts_the_speakers_of_each_channel_anew():
    channels = [
        {"alternatives": [{"words": [word("Who?", 0.0, 0.5, speaker=0), word("Where?", 2.0, 2.5, speaker=0)]}]},
        {"alternatives": [{"words": [word("Me.", 1.0, 1.5, speaker=0), word("Here.", 3.0, 3.5, speaker=1)]}]},
    ]
    expected = ["Channel 0 Speaker 0", "Channel 1 Speaker 0", "Channel 0 Speaker 0", "Channel 1 Speaker 1"]
    assert [t.speaker for t in parse({"results": {"channels": channels}})] == expected
    utterances = [{"channel": n, "words": channel["alternatives"][0]["words"]} for n, channel in enumerate(channels)]
    assert [t.speaker for t in parse({"results": {"channels": channels, "utterances": utterances}})] == expected


def test_assemblyais_utterances_alone_are_in_milliseconds():
    def utterance(name, text, start):
        said = [{"text": text, "start": start, "end": start + 500, "confidence": 0.9, "speaker": name}]
        return {"speaker": name, "text": text, "confidence": 0.9, "start": start, "end": start + 500, "words": said}

    utterances = [utterance("A", "Who pays?", 1000), utterance("B", "We do.", 2000)]
    for value in (utterances, {"utterances": utterances}):
        transcript = parse(value)
        assert transcript.source.format == "assemblyai"
        assert rows(transcript) == [("Speaker A", "Who pays?", 1.0, 1.5), ("Speaker B", "We do.", 2.0, 2.5)]


def test_two_gong_calls_in_one_file_are_an_error_that_names_them():
    with pytest.raises(TranscriptError, match=r"2 calls in one file \(71, 72\); save each"):
        parse({"callTranscripts": [{"callId": "71", "transcript": GONG}, {"callId": "72", "transcript": GONG}]})
    assert len(parse({"callTranscripts": [{"callId": "71", "transcript": part} for part in (GONG[:1], GONG[1:])]})) == 2
