"""Plain requests, at the end of a story or of the call: what they reach back to, what stays free, and talk that only sounds like them."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

BOTH = ("clear", "possible")
FERRY = (
    "I: What was a normal summer Saturday like?",
    "C: Queues back to the chip shop. We turned away two hundred and ten cars one Saturday in August, and one old boy slept on the "
    "slipway in his Rover.",
    "I: And how did you sell tickets then?",
    "C: A cash tin and a book of stubs. My mother-in-law ran the kiosk and she was light by forty-three pounds most weeks.",
    "I: When did the new system go in?",
    "C: March last year. It took nine days, and the harbour office paid eighteen thousand six hundred for it.",
    "I: What changed?",
    "D: We sail full. The first Easter we carried sixty-one hundred people, and I cried behind the winch, I don't mind telling you.",
    "I: Did anyone grumble?",
    "C: The deckhands did, for a fortnight. Then Gethin ran the gate onto a lady's foot and had to fill in a form.",
)
BAKERY = (
    "I: What was the trouble before?",
    "C: Flour, honestly. We threw out thirty-two sacks the winter the roof leaked, and the inspector wrote us up twice.",
    "I: Who noticed?",
    "D: I did. I stood in the cold store one night and shouted at the ovens until the neighbours rang the police.",
    "I: And what does the scheduler do?",
    "C: It orders by the weather. Waste went from eleven point six percent to four and a half.",
    "I: What did it cost?",
    "C: We pay seven hundred and forty a month, and the first quarter was free because we let them put us on a poster.",
    "I: How do the staff like it?",
    "D: The lads love it. Two of them sleep in the van otherwise, they've got no place in town.",
)
CINEMA = (
    "I: How did you do the rota?",
    "C: On a whiteboard. Somebody wiped it in March and eleven ushers came for one matinee.",
    "I: What did that cost you?",
    "C: About nineteen hundred in wages, and the projectionist walked out in the middle of the picture.",
    "I: And who picked our tool?",
    "C: My daughter did. She'd failed her accountancy exams that week and wanted to be useful.",
    "I: What's better now?",
    "C: No double shifts since May. Sick calls fell by a third, I'd say.",
    "I: Anything that went wrong at the start?",
    "C: We closed the balcony for two nights, the app had it down as a broom cupboard. The council fined us for that, four hundred quid.",
)
OWN = 12
ANY, ELSE = "Lovely. Anything you'd like to add before we stop?", "Anything else from that year you'd not want back?"


def held(call, before, asked, said, reply="Okay, thank you."):
    speaker, text = said.split(": ", 1) if said[1:3] == ": " else ("C", said)
    return covered(call(*before, f"I: {asked}", f"{speaker}: {text}", f"I: {reply}"), *BOTH)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (FERRY, "The lifeboat key. Old Emrys lent it to his nephew for a fiver. And that doesn't get printed, he's my landlord."),
        (FERRY, "Our skipper slept through the alarm twice that year. That ain't going in, mind."),
        (BAKERY, "There was a girl who'd take a loaf home under her coat. An' that don't get wrote down."),
        (BAKERY, "We'd a lad who'd sell the returns out of his boot. Now that one don't leave the kitchen."),
        (FERRY, "The till was short by a lot the week of the regatta. That bit's not to go in."),
        (BAKERY, "I signed the delivery notes without looking, for months. It isn't to be put in."),
        (FERRY, "We had a man faint in the queue. 'At doesn't get written, his wife would go spare."),
        (CINEMA, "One of the ushers had borrowed the float to pay his rent. That's not getting written up, is it."),
        (CINEMA, "We'd a manager who drank the bar stock. And that isn't going in either."),
    ],
)
def test_a_plain_no_at_the_end_of_a_story_bars_the_story(call, before, said):
    assert held(call, before, ELSE, said) == {OWN}


@pytest.mark.parametrize(
    ("before", "asked", "said", "told"),
    [
        (FERRY, "Is the business with the foot settled?", "It's with the insurers, so nothing about that goes in, please.", 10),
        (CINEMA, "And the fine, did you pay it?", "We're appealing, so nothing on the fine gets in, please. Not the sum either.", 10),
        (BAKERY, "Can you say more about the poster?", "Better not. Nothing of that should be in it, they're having a row about it.", 8),
        (CINEMA, "How's your daughter now?", "She's twenty now, so none of that goes in, please.", 6),
        (FERRY, "Was it really two hundred and ten?", "It was, and not a thing about that Saturday goes in, please.", 2),
        (FERRY, "And your mother-in-law, does she know?", "She does not, so nothing about her goes in at all.", 4),
        (CINEMA, "Did the projectionist come back?", "He's suing us. So it doesn't go in, none of it, not that he walked.", 4),
    ],
)
def test_nothing_about_it_reaches_what_was_asked_about(call, before, asked, said, told):
    assert {told} <= held(call, before, asked, said) <= {told, OWN}


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        (FERRY, "You'd best take out the eighteen thousand six hundred, the harbour office doesn't publish that.", 6),
        (FERRY, "Yes, the forty-three pounds, that comes out. She's eighty.", 4),
        (BAKERY, "You'll have to drop the seven hundred and forty, it's not ours to give.", 8),
        (BAKERY, "One thing. The eleven point six has to go, the four and a half can stay.", 6),
        (CINEMA, "Oh, and lose the four hundred quid, would you?", 10),
        (CINEMA, "I've thought about the nineteen hundred. I don't want it in.", 4),
        (FERRY, "And the sixty-one hundred, scrap it, the tourist board has a different count.", 8),
        (FERRY, "If you could keep the two hundred and ten out of it. The old boy's fine.", 2),
    ],
)
def test_an_amount_that_is_to_go_bars_every_turn_that_told_it(call, before, said, told):
    assert {told} <= held(call, before, ANY, said) <= {told, OWN}


@pytest.mark.parametrize(
    "said",
    [
        "Please leave those two out, we buy from one of them.",
        "Could you leave the two names out?",
        "Please don't mention those two.",
        "Cut those two, please.",
        "Could you keep those two out of it?",
        "Please take those two bits out.",
    ],
)
def test_a_number_that_counts_what_was_told_is_no_amount(call, said):
    told = ("I: How many boats?", "C: We've had two since the fire.", "I: And in August?", "C: We had two of them hired out.")
    asked = ("I: Which others did you look at?", f"C: One was Brinewise, the other was Quaymaster. {said}", "I: Of course.", "C: Thanks.")
    assert covered(call(*told, *asked)) == {6}


@pytest.mark.parametrize(
    "said",
    [
        "You just drop the two connectors in and it runs.",
        "You can skip the two approvals now.",
        "Forget the two spreadsheets, it's all in one place now.",
        "Then you leave the two valves out and it's lighter.",
    ],
)
def test_things_that_are_counted_in_what_is_told_bar_nothing(call, said):
    assert covered(call(*FERRY, "I: How does it work?", f"C: It reads the labels. {said}", "I: Nice."), "clear", "possible") == set()


def test_a_small_amount_is_the_one_that_the_last_answer_told(call):
    told = ("I: How many left?", "C: We lost nine men that winter.", "I: And the rent?", "C: It went up with the harbour fees.")
    assert covered(call(*told[:2], "I: Oh.", "C: Leave the nine out, please.")) == {2, 4}
    assert 2 not in covered(call(*told, "I: Oh.", "C: Leave the nine out, please."))


def test_a_bare_amount_is_that_of_thousands_and_of_a_comparison(call):
    told = (
        "I: The linen?",
        "C: We bought eleven point four million of it.",
        "I: And since?",
        "C: Seven million, against the eleven point four.",
    )
    assert held(call, (*told, *FERRY[:6]), ANY, "You must take out the eleven point four, I've changed my mind.") == {2, 4, 12}


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        (FERRY, "What I said about my mother-in-law, that has to come out. The tin's fine.", 4),
        (FERRY, "D: What I said about the winch, leave that out, please. The Easter can stay.", 8),
        (FERRY, "The thing with Gethin and the lady's foot, I'd take it back if I could. Leave it out.", 10),
        (FERRY, "So what I said on the kiosk, cut that.", 4),
        (BAKERY, "D: That about shouting at the ovens, can it come out? The rest is fine.", 4),
        (BAKERY, "D: I told you about the lads in the van. Don't use it, they'd lose the flat they're after.", 10),
        (BAKERY, "About the inspector, no. Take that out.", 2),
        (BAKERY, "The roof leaking, we're still arguing with the landlord, so that's got to stay out.", 2),
        (CINEMA, "What I told you about my daughter's exams, that's hers, so leave it be.", 6),
        (CINEMA, "The bit with the broom cupboard, could that go? The fine can stay.", 10),
        (CINEMA, "I've been thinking about the whiteboard. Whoever wiped it still works here, so out it comes.", 2),
        (CINEMA, "Earlier I talked of the projectionist walking out. I'd be happier without it.", 4),
        (CINEMA, "On second thoughts I'd not have the fine in it. The council reads everything.", 10),
    ],
)
def test_a_late_request_bars_what_it_names_and_no_neighbour(call, before, said, told):
    assert {told} <= held(call, before, ANY, said) <= {told, OWN}


@pytest.mark.parametrize(
    ("before", "asked", "said", "told"),
    [
        (BAKERY, "Oh, really?", "I'd sooner she hadn't said that about the lads. Please don't use it.", 10),
        (BAKERY, "Oh, in the van?", "She means well, but the lads in the van, that stays out. They're mine to look after.", 10),
        (BAKERY, ANY, "Leave out what she said of the neighbours, she has to live there.", 4),
        (FERRY, ANY, "I'd ask you to leave his bit about the winch out, he won't ask himself.", 8),
    ],
)
def test_one_customer_can_ask_for_another(call, before, asked, said, told):
    assert {told} <= held(call, before, asked, said) <= {told, OWN}


def test_one_who_answers_for_another_bars_what_the_question_points_at(call):
    told = ("I: And was there ever a back gate?", "D: There was.")
    said = "I'd rather he didn't. There's a matter with the tribunal, so nothing about it goes in, not even that there was one."
    assert held(call, (*FERRY[:8], *told), "Can you say anything about that?", said) == {10, OWN}


def test_what_is_listed_after_the_request_is_meant_as_well(call):
    said = "I'd need to ask her. She's shy. So nothing about her, not the kiosk and not the slipway, till I've asked."
    assert {2, 4} <= held(call, FERRY, "And your mother-in-law?", said)


@pytest.mark.parametrize(
    "said",
    [
        "Yes. But it has to go past my sister as well, she owns half of it.",
        "You may. Faces you don't put in, please, not with the kids.",
        "Go ahead, only no prices, that's all I ask.",
        "That's all right. You'll not be printing names of the guests, I take it.",
        "Fine. The brands, the customers, these you will not write.",
    ],
)
def test_a_condition_in_the_answer_about_the_recording_bars_nothing_told(call, said):
    told = ("I: Morning, thanks for making time.", "C: No bother at all, the kettle's on and the dog's asleep.")
    assert held(call, told, "Could I record this, for my notes?", said) == set()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Which hotel was it?", "Just say a hotel."),
        ("Who's your biggest customer?", "It's a hospital, a big one. Just say a hospital."),
        ("How secure is it?", "I'd want to check with our IT person before I characterize it."),
        ("What would you say the effect was?", "Let me talk to the accountant before I call it a saving."),
        ("And the fee?", "The fee is between the old man and his Maker."),
        ("What did you pay for the ovens?", "That's between me and my bank."),
        ("What's your margin?", "That I keep to myself."),
        ("So half the cars?", "No, less. I'd ask you not to write half, it was nearer a third."),
        ("Did you halve it?", "It isn't half, and I'd ask you not to write half."),
        ("You fired the lot?", "No, no. Please don't put that we fired anybody, they left."),
        ("A disaster?", "Disaster's too strong, don't use that word. A bad night."),
        ("How do you remember it all?", "In my head. That's not written down anywhere else."),
        ("And rye?", "Rye don't go in till the second hour, or it sulks."),
        ("And dogs?", "Dogs don't go in the saloon, only on deck."),
        ("And refunds?", "None of it goes in the till, it all goes by card."),
        ("And the van?", "The van can stay, the lorry has to go, that's what I told the bank."),
        ("And the forms?", "They're confidential, obviously, a member only sees her own card."),
        ("Was that a better year?", "That's a better story than the one my father tells, I'll take that."),
    ],
)
@pytest.mark.parametrize("before", [FERRY, BAKERY])
def test_refusals_corrections_and_work_bar_nothing(call, before, asked, said):
    assert held(call, before, asked, said) == set()


def test_a_bar_on_a_correction_needs_words_of_the_turn_before(call):
    assert held(call, FERRY, "And the fine?", "No, it wasn't nothing, it was ninety thousand. Please don't write ninety thousand.") == {OWN}


def test_a_number_that_was_just_corrected_is_dropped_and_not_barred(call):
    corrected = "So it's sixteen hours a week, not twenty-one. Forget my twenty-one, I was feeling sorry for myself."
    assert held(call, FERRY, "Is that sure?", corrected) == set()
    assert held(call, FERRY, "Is that sure?", "It's twenty-one hours a week. Please don't print the twenty-one, it's confidential.") == {
        OWN
    }


def test_the_form_of_a_colleagues_data_is_told_from_a_number_to_keep(call):
    assert OWN in held(call, FERRY, "And the rate?", "The members pay nineteen a card, and that number is confidential.")


def test_a_name_that_the_question_speaks_of_is_no_mere_word(call):
    told = ("I: Who ran it?", "C: It was Halvard Moe, and she was tired.", "I: And then?", "C: We bought a second boat.")
    assert 2 in held(call, told, "Can I use her name?", "No. Don't use her name.")


TOLD = (
    "I: How did it go?",
    "C: The scrap fell from eleven point four percent to three, with forty people on the lines.",
    "I: And then?",
)


@pytest.mark.parametrize(
    "said",
    [
        "The forty people have to come in at six.",
        "The forty can't come in on Sundays.",
        "You can take the forty euros off the price.",
        "You could drop the forty percent rule.",
        "Don't use the forty ton press before lunch.",
        "Everybody is happier without it.",
        "Can that come out of stock?",
        "It's a big change in print.",
    ],
)
def test_what_happens_at_work_is_no_request(call, said):
    assert covered(call(*TOLD, f"C: {said}"), *BOTH) == set()


@pytest.mark.parametrize(
    "said", ["The eleven point four has to come out.", "I'd be happier without that.", "Could that come out of the story?"]
)
def test_what_is_asked_in_the_same_words_is_a_request(call, said):
    assert 2 in covered(call(*TOLD, f"C: {said}"), *BOTH)


PLANT = (
    "I: Has it done anything for revenue?",
    "C: The turnover of spare parts is up. But we raised the prices also, four percent.",
    "I: Did something not work?",
    "C: Oh yes. In Brazil they have one tablet for the whole hall, so they went back to calling.",
    "I: What comes next?",
    "C: From March we inspect each blade twice, and then we take over the operation of an offshore park.",
    "I: Wow, offshore. And what is missing?",
    "C: A camera for heat on the same flight, and I would buy it in the morning.",
    "I: Who does the work?",
    "C: Kofi Boateng does, he has every machine in his head, and he retired in the spring.",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Leave out that we raised the prices, our customers read that.", 2),
        ("Please don't write about Brazil.", 4),
        ("Keep quiet about the tablet, would you.", 4),
    ],
)
def test_a_request_that_names_its_subject_means_that_and_not_the_last_answer(call, said, told):
    assert {told} <= held(call, PLANT, ANY, said) <= {told, len(PLANT) + 2}


def test_a_subject_that_nobody_told_of_may_be_what_was_just_said(call):
    lines = (*PLANT, f"I: {ANY}", "C: Please don't write about the takeover.", "I: Of course.")
    assert covered(call(*lines)) == set()
    assert covered(call(*lines), "possible") == {10, 12}


def test_a_short_order_after_a_request_means_the_same(call):
    said = "And please, what I said of the offshore park, this is not public, the owners must first decide. Delete it."
    readings = call(*PLANT[:8], f"I: {ANY}", f"C: {said}", "I: Of course.")
    assert 6 in covered(readings)
