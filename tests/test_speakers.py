from __future__ import annotations

import pytest

from copilot.background import Background, Customer, Participant
from copilot.errors import SpeakerError
from copilot.transcript import Transcript

BACKGROUND = Background(
    vendor="Northwind Sync",
    customer=Customer(company="Acme Foods"),
    participants=(
        Participant(name="Dana Ruiz", role="interviewer"),
        Participant(name="Priya Shah", role="customer", email="p.shah@acme.example"),
        Participant(name="Robert van Hüls", role="customer"),
        Participant(name="Kim Ode", role="colleague"),
    ),
)


def parts(text, **options):
    return {turn.speaker: turn.role for turn in Transcript.parse(text, **options)}


def named(label, background=BACKGROUND):
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana Ruiz>So?</v>\n\n00:02.000 --> 00:03.000\n<v {label}>It is.</v>\n"
    turn = Transcript.parse(text, background=background)[1]
    return turn.speaker, turn.role


@pytest.mark.parametrize(
    "label",
    [
        "Priya Shah",
        "priya shah",
        "PRIYA SHAH",
        "Shah, Priya (Acme)",
        "Priya S.",
        "P. Shah",
        "Priya",
        "Shah",
        "Priya Shah (she/her)",
        "Acme Foods (Priya Shah)",
        "Priya Shah | Acme Foods",
        "Priya - Acme",
        "Prya Shah",
        "Priya Sha",
        "Priyah",
        "priya.shah@acme.example",
        "p.shah@acme.example",
        "priyashah",
        "pshah",
        "Dr. Priya Shah",
        "Priya from Acme",
        "Guest Priya Shah",
        "Priya's iPhone",
    ],
)
def test_a_name_that_differs_a_little_is_the_participant(label):
    assert named(label) == ("Priya Shah", "customer")


@pytest.mark.parametrize("label", ["Robert van Huls", "Bob van Hüls", "Rob", "robert.vanhuels", "van Hüls, Robert"])
def test_accents_short_forms_and_particles_are_seen_through(label):
    assert named(label) == ("Robert van Hüls", "customer")


@pytest.mark.parametrize("label", ["Priya Nair", "Dina Ray", "Sam Shore", "Speaker 1"])
def test_another_person_keeps_the_name_and_is_a_customer_by_a_guess(label):
    text = f"Dana Ruiz: So?\n{label}: It is.\n"
    transcript = Transcript.parse(text, background=BACKGROUND)
    assert (transcript[1].speaker, transcript[1].role) == (label, "customer")
    assert any("questions, as the background does not name them: " in notice for notice in transcript.notices)


def test_a_colleague_is_known_from_the_background_alone():
    assert parts("Dana Ruiz: So?\nKim: Hi.\nPriya: Yes.\n", background=BACKGROUND) == {
        "Dana Ruiz": "interviewer",
        "Kim Ode": "colleague",
        "Priya Shah": "customer",
    }


def test_two_spellings_of_one_person_are_one_speaker():
    transcript = Transcript.parse("Dana Ruiz: So?\nPriya Shah: It is.\nPria Shah: Quite.\n", background=BACKGROUND)
    assert [turn.text for turn in transcript] == ["So?", "It is. Quite."]
    assert any("'Pria Shah' is taken for Priya Shah" in notice for notice in transcript.notices)


TWO = Background(
    participants=(
        Participant(name="Priya Shah", role="customer"),
        Participant(name="Priya Nair", role="colleague"),
        Participant(name="Dana Ruiz", role="interviewer"),
    )
)


def test_a_name_that_fits_two_people_is_an_error_that_says_how_to_settle_it():
    with pytest.raises(
        SpeakerError,
        match=r"speaker 'Priya' could be Priya Shah \(customer\) or Priya Nair \(colleague\); give the role of 'Priya'",
    ) as raised:
        parts("Dana Ruiz: So?\nPriya: Yes.\n", background=TWO)
    assert raised.value.hint == '--role "Priya=role" does that'


def test_a_given_role_settles_a_name_that_fits_two_people():
    assert parts("Dana Ruiz: So?\nPriya: Yes.\n", background=TWO, roles={"Priya": "colleague"}) == {
        "Dana Ruiz": "interviewer",
        "Priya": "colleague",
    }


def test_the_whole_name_is_not_ambiguous():
    assert parts("Dana Ruiz: So?\nPriya Nair: Yes.\n", background=TWO)["Priya Nair"] == "colleague"


def test_a_given_role_goes_before_the_background():
    assert parts("Dana Ruiz: So?\nPriya Shah: Yes.\n", background=BACKGROUND, roles={"dana": "colleague"})["Dana Ruiz"] == "colleague"


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({"Bo": "customer"}, "nobody called 'Bo' speaks; the speakers are Ann Lee, Ann Poe and Cy"),
        ({"Ann": "customer"}, "'Ann' could be Ann Lee or Ann Poe"),
        ({"Cy": "boss"}, "'boss' is not a role; use interviewer, customer, colleague"),
    ],
)
def test_a_role_that_cannot_be_given_is_an_error_with_the_choices(roles, said):
    with pytest.raises(SpeakerError, match=said):
        parts("Ann Lee: So?\nAnn Poe: Yes.\nCy: No.\n", roles=roles)


def test_who_asks_most_is_taken_for_the_interviewer_and_it_is_said():
    transcript = Transcript.parse(
        "Ann Lee: Welcome all.\nBo Ek: When did it start?\nAnn Lee: In May. You see?\nBo Ek: How? And who paid?\nAnn Lee: We did.\n"
    )
    assert {turn.speaker: turn.role for turn in transcript} == {"Ann Lee": "customer", "Bo Ek": "interviewer"}
    (told,) = (notice for notice in transcript.notices if notice.startswith("roles guessed"))
    assert "Bo Ek = interviewer" in told
    assert "--role" not in told
    assert "--role" in told.hint


def test_without_question_marks_the_first_words_tell_a_question():
    assert (
        parts("Ann Lee: hello\nBo Ek: how did it start\nAnn Lee: in may\nBo Ek: what did it cost\nAnn Lee: forty\n")["Bo Ek"]
        == "interviewer"
    )


def test_who_says_tell_me_asks_and_a_tag_asks_nothing():
    text = (
        "Ann Lee: Thanks for joining. Tell me about your role.\nBo Ek: I run the depot, you know? By hand, right? Each load, you see?\n"
        "Ann Lee: Okay, so walk me through a day.\nBo Ek: Paper. A ticket gets lost, and then what? It is gone.\n"
        "Ann Lee: I'd love to hear what changed.\nBo Ek: All of it. Who would have thought?\n"
    )
    assert parts(text) == {"Ann Lee": "interviewer", "Bo Ek": "customer"}


def test_a_second_host_who_asks_as_often_is_an_interviewer_too():
    host, guest = "How did that go? And then?", "It went well enough, and then we went on for a year with it."
    text = f"Ann Lee: {host}\nCy Oz: {guest}\nBo Ek: {host} Why?\nCy Oz: {guest}\nAnn Lee: {host}\nDee Fox: {guest} You see?\n"
    assert parts(text) == {"Ann Lee": "interviewer", "Bo Ek": "interviewer", "Cy Oz": "customer", "Dee Fox": "customer"}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", "interviewer"),
        ("HOST", "interviewer"),
        ("Agent 1", "interviewer"),
        ("Q", "interviewer"),
        ("Ann Lee (Host)", "interviewer"),
        ("Guest 2", "customer"),
        ("Customer", "customer"),
        ("Ann Lee - Guest", "customer"),
    ],
)
def test_a_label_that_is_a_role_settles_it_against_any_guess(label, role):
    questions = "Why? How? When?" if role == "customer" else "It is."
    assert parts(f"Bo Ek: Well?\n{label}: {questions}\n")[label] == role


def test_customer_success_is_not_the_customer():
    assert parts("Ann Lee (Customer Success): How? When? Why?\nBo Ek: It is.\n")["Ann Lee (Customer Success)"] == "interviewer"


def test_a_speaker_alone_is_a_customer_and_it_is_said():
    transcript = Transcript.parse("Ann Lee: How did it go? It went.\n")
    assert transcript[0].role == "customer"
    assert any("only one speaker, Ann Lee" in notice for notice in transcript.notices)


def test_nothing_is_announced_where_everything_is_known():
    assert Transcript.parse("Dana Ruiz: So?\nPriya Shah: Yes.\n", background=BACKGROUND).notices == ()


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (["Maeve (customer)", "Maeve"], "Maeve"),
        (["MAEVE", "Maeve"], "Maeve"),
        (["Maeve", "Maeve Tierney"], "Maeve Tierney"),
        (["Maeve Tierney, Operations Director", "Maeve Tierney"], "Maeve Tierney"),
        (["Maeve Tierney (she/her)", "Maeve Tierney | Harbour Glass", "Maeve"], "Maeve Tierney"),
        (["Maeve (Guest)", "Maeve (Harbour Glass)"], "Maeve"),
    ],
)
def test_labels_that_differ_in_what_a_meeting_adds_to_a_name_are_one_speaker(labels, name):
    transcript = Transcript.parse("".join(f"Ines: So?\n{label}: It is.\n" for label in labels))
    assert {turn.speaker for turn in transcript} == {"Ines", name}
    (joined,) = [notice for notice in transcript.notices if f"taken for one person, {name};" in notice]
    assert "--role" not in joined
    assert "--role" in getattr(joined, "hint", "")


@pytest.mark.parametrize(
    "labels",
    [
        ["Maeve (customer)", "Maeve (interviewer)"],
        ["Anna (Larkfield)", "Anna (Acme)", "Anna"],
        ["Anna Berg", "Anna Lund", "Anna"],
        ["Mark Byrne", "Mary Byrne"],
        ["Galaxy", "Galaxy (2)"],
        ["Speaker 1", "Speaker 2"],
        ["Speaker", "Speaker A"],
        ["Conference Room (Peter Moss)", "Conference Room (Mary Holt)"],
        ["Guest (Peter)", "Guest"],
        ["Mrs. (Acme)", "Mrs. Moss"],
    ],
)
def test_labels_that_can_be_different_people_stay_apart(labels):
    transcript = Transcript.parse("".join(f"Ines: So?\n{label}: It is.\n" for label in labels))
    assert {turn.speaker for turn in transcript} == {"Ines", *labels}


def test_a_role_for_each_label_keeps_them_apart():
    text = "Ines: So?\nAnna: It is.\nInes: And?\nAnna Berg: It was.\n"
    roles = {"Anna": "colleague", "Anna Berg": "customer"}
    assert parts(text, roles=roles) == {"Ines": "interviewer", **roles}
    assert parts(text, roles={"Anna": "customer"}) == {"Ines": "interviewer", "Anna Berg": "customer"}


def test_the_questions_of_one_person_count_together():
    text = "Ines (Larkfield): So?\nMaeve: It is. You see?\nInes: How?\nMaeve: It was. And you?\nInes: When?\nMaeve: In May.\n"
    assert parts(text) == {"Ines": "interviewer", "Maeve": "customer"}


def test_a_customer_who_asks_most_of_the_questions_is_told():
    text = "\n\n".join(f"Ines: What changed in year {n}?\n\nMaeve: We baked more loaves, and then we sold them." for n in range(6))
    wrong = Background(participants=(Participant(name="Maeve", role="interviewer"),))
    right = Background(participants=(Participant(name="Ines", role="interviewer"),))
    assert any("Ines asks most of the questions" in notice for notice in Transcript.parse(text, background=wrong).notices)
    assert not any("asks most" in notice for notice in Transcript.parse(text, background=right).notices)


def hosted(said, other="Jonas Reyes"):
    """Return the guessed role of somebody who listens to an interviewer who says something."""
    text = f"Nora: Hi both. {said} What changed?\nAda: The queue is gone.\n{other}: It was a fine project.\n"
    return parts(f"{text}Nora: How? And since when?\nAda: May.\n")[other]


@pytest.mark.parametrize(
    "said",
    [
        "And Jonas from our side is here as well.",
        "My colleague Jonas Reyes joins us.",
        "Jonas, your account manager, is here too.",
        "Jonas is on, he looks after your account.",
        "Jonas is one of our colleagues.",
        "Jonas is from our office.",
        "Jonas, who is on our side, is here too.",
        "Jonas is here with me.",
        "Jonas is just listening in.",
        "Jonas will only be listening in on this one.",
        "Jonas is here, he'll mostly be on mute.",
    ],
)
def test_whom_the_interviewer_presents_as_of_the_own_side_is_a_colleague(said):
    assert hosted(said) == "colleague"


@pytest.mark.parametrize(
    "said",
    [
        "Jonas, your account manager is Petra.",
        "Jonas, my colleague Petra sends her regards.",
        "Jonas, from our side all is well.",
        "Jonas, you know, this is only for my notes.",
        "Jonas, your colleague is late.",
        "Petra from our side is late, Jonas.",
        "Jonas you know already how this goes.",
        "So you know Jonas already said a lot in an email.",
        "You know Jonas of course, you work next to each other.",
        "I've talked to Jonas at our office before.",
        "I met Jonas at our company day.",
        "Good that Jonas is here with us today.",
        "Jonas, you and Ada will listen to the recording after.",
        "Jonas will just listen first, then talk.",
        "Jonas is sitting in the van today.",
    ],
)
def test_whom_the_interviewer_only_addresses_or_mentions_is_a_customer(said):
    assert hosted(said) == "customer"


@pytest.mark.parametrize(("answers", "role"), [(1, "colleague"), (9, "customer")])
def test_who_is_said_to_listen_and_answers_at_length_is_a_customer(answers, role):
    text = "Nora: Hi. Jonas is just listening in. How was it? And then? So?\nAda: The queue is gone.\n"
    text += "".join(f"Nora: And {n}?\nJonas: We moved the ovens to the yard in week {n}.\n" for n in range(answers))
    assert parts(text)["Jonas"] == role


def test_the_only_one_who_is_no_interviewer_is_a_customer():
    text = "Nora: Hi. Jonas is just listening in, or so he said. How was it? And then?\nJonas: It was a fine project.\n"
    assert parts(text)["Jonas"] == "customer"
    assert parts(f"{text}Ada: The queue is gone.\n")["Jonas"] == "colleague"


def test_a_customer_who_presents_a_colleague_makes_nobody_a_colleague_of_the_interviewer():
    text = "Nora: Hi. Who is here?\nAda: My colleague Jonas Reyes is with me.\nJonas Reyes: Hello.\n"
    assert parts(f"{text}Nora: What changed? And how?\nAda: The queue.\n")["Jonas Reyes"] == "customer"


@pytest.mark.parametrize(("firm", "role"), [("Larkfield", "colleague"), ("Acme", "customer"), ("Larkfield Brewery", "customer")])
def test_the_vendors_name_beside_a_name_makes_a_colleague(firm, role):
    text = f"Nora: How was it? And then?\nAda: Fine.\nJonas ({firm}): It was quick.\n"
    assert parts(text, background=Background(vendor="Larkfield"))[f"Jonas ({firm})"] == role


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("These folks are my favourite customers.", True),
        ("You are one of our best clients.", True),
        ("Our customers love it.", False),
        ("They are our biggest customers.", False),
    ],
)
def test_a_guessed_customer_who_calls_the_others_customers_is_told(said, told):
    notices = Transcript.parse(f"Nora: What changed? And how?\nAda: The queue is gone.\nJonas: {said}\n").notices
    assert any("Jonas calls others customers" in notice for notice in notices) == told


def numbered(said, background=BACKGROUND):
    transcript = Transcript.parse(f"SPEAKER_00: Welcome. How did it start?\nSPEAKER_01: {said}\n", background=background)
    return transcript[1].speaker, transcript.notices


@pytest.mark.parametrize("said", ["Sure. I'm Priya Shah, I run the depots.", "Hi, my name is Priya.", "This is Priya speaking."])
def test_a_numbered_voice_is_the_participant_that_it_says_it_is(said):
    speaker, notices = numbered(said)
    assert speaker == "Priya Shah"
    assert "speaker 'SPEAKER_01' is taken for Priya Shah, who says so" in notices


@pytest.mark.parametrize(
    "said",
    [
        "Sure. I run the depots.",
        "I'm Priya's boss.",
        "I'm Paula Stone.",
        "This is Priya, she runs the depots.",
        "I'm Priya. No, I'm Kim, sorry.",
        f"{'We had a depot in the north. ' * 20}And then he says, I'm Priya.",
    ],
)
def test_a_numbered_voice_that_names_itself_no_participant_stays_a_number(said):
    assert numbered(said)[0] == "SPEAKER_01"


def test_a_name_that_two_voices_or_a_room_say_settles_nobody():
    two = "SPEAKER_00: So? How?\nSPEAKER_01: I'm Priya Shah.\nSPEAKER_02: I'm Priya Shah.\n"
    assert set(parts(two, background=BACKGROUND)) == {"SPEAKER_00", "SPEAKER_01", "SPEAKER_02"}
    assert "Boardroom 3" in parts("Dana Ruiz: So?\nBoardroom 3: I'm Priya Shah, and Robert is beside me.\n", background=BACKGROUND)


def test_participants_whom_no_label_names_are_told_with_the_labels_that_are_left():
    _, notices = numbered("Sure. I run the depots.")
    (told,) = [notice for notice in notices if notice.startswith("no speaker was matched with")]
    assert told.endswith("Dana Ruiz, Priya Shah, Robert van Hüls and Kim Ode, who may speak as 'SPEAKER_00' and 'SPEAKER_01'")
    assert told.hint == '--role "SPEAKER_00=Name" says who it is'


def test_the_name_of_a_participant_stands_for_a_role():
    text = "SPEAKER_00: How? When? Why?\nSPEAKER_01: It is.\nSPEAKER_02: Hello.\n"
    roles = {"SPEAKER_00": "Priya", "SPEAKER_01": "Dana Ruiz", "SPEAKER_02": "colleague"}
    transcript = Transcript.parse(text, background=BACKGROUND, roles=roles)
    assert {turn.speaker: turn.role for turn in transcript} == {
        "Priya Shah": "customer",
        "Dana Ruiz": "interviewer",
        "SPEAKER_02": "colleague",
    }
    assert not any("taken for" in notice for notice in transcript.notices)


@pytest.mark.parametrize("name", ["Priya", "Bo"])
def test_a_name_that_is_no_participant_or_two_is_no_role(name):
    with pytest.raises(SpeakerError, match=f"'{name}' is not a role; .*, or the name of one of Priya Shah, Priya Nair and Dana Ruiz"):
        parts("SPEAKER_00: So?\nSPEAKER_01: Yes.\n", background=TWO, roles={"SPEAKER_01": name})


def test_spellings_of_one_whole_name_are_one_speaker():
    labels = [
        "Elizabeth Harding",
        "Liz H",
        "Liz Harding (Acme)",
        "E. Harding",
        "HARDING, Elizabeth",
        "liz.harding@acme.example",
        "Ms. Harding",
    ]
    transcript = Transcript.parse("".join(f"Ines: So?\n{label}: It is.\n" for label in labels))
    assert {turn.speaker for turn in transcript} == {"Ines", "Elizabeth Harding"}


@pytest.mark.parametrize(
    "labels",
    [
        ["Elizabeth Harding", "Elisabeth Hardin"],
        ["Elizabeth Harding", "Thomas Harding", "Harding"],
        ["Elizabeth Harding (Acme)", "E. Harding (Northwind)"],
        ["Elizabeth Harding", "Liz H 2"],
        ["Liz", "Beth"],
    ],
)
def test_spellings_that_can_be_other_people_stay_apart(labels):
    transcript = Transcript.parse("".join(f"Ines: So?\n{label}: It is.\n" for label in labels))
    assert {turn.speaker for turn in transcript} == {"Ines", *labels}


@pytest.mark.parametrize(
    ("other", "told"), [("Elisabeth Hardin", True), ("Ella Harding", True), ("Thomas Harding", False), ("Elizabeth Moss", False)]
)
def test_names_that_may_be_one_persons_are_told(other, told):
    notices = Transcript.parse(f"Ines: So? And?\nElizabeth Harding: It is.\n{other}: It was.\n").notices
    assert any("may be one person" in notice for notice in notices) == told


def test_guessed_roles_are_in_the_source():
    text = "Dana Ruiz: So?\nPriya: Yes.\nBo Ek: No.\n"
    assert Transcript.parse(text, background=BACKGROUND).source.guessed == ("Bo Ek",)
    assert Transcript.parse(text, roles={"Dana": "interviewer"}, background=BACKGROUND).source.guessed == ("Bo Ek",)
    assert Transcript.parse(text, background=BACKGROUND, roles={"Bo": "customer"}).source.guessed == ()
