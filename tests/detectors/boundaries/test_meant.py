"""Which turn a request clearly means: the one that tells it, be that its own, and no turn that only shares a word with it."""

from __future__ import annotations

import pytest

from .test_boundaries import covered

BOTH = ("clear", "possible")
BEFORE = (
    "I: Who ran the pilot?", "C: Two nurses from the night shift ran it for nine weeks.",
    "I: And how did the wards react?", "C: They moaned at first, then they asked for more tablets.",
)  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "What I tell you now is not for the article. The director was let go over the old contract in March.",
        "I'll explain, but I want it kept out of the story. The director was let go over the old contract in March.",
        "This next thing has to stay in the room. The director was let go over the old contract in March.",
        "There's one more thing, not for print. The director was let go over the old contract in March.",
        "So this isn't for your readers. The director was let go over the old contract, and the board paid him for a year in March.",
        "I'll tell you something that mustn't be published: the director was let go over the old contract in March.",
    ],
)
def test_a_sentence_that_announces_bars_what_follows_it_and_nothing_before(call, said):
    readings = call(*BEFORE, "I: Anything else?", f"C: {said}", "I: Of course.")
    assert 6 in covered(readings)
    assert covered(readings, *BOTH) == {6}


@pytest.mark.parametrize(
    "said", ["Don't put that in the article.", "That's not for print, I'll tell you when it is.", "This can't be printed."]
)
def test_a_request_that_announces_nothing_still_means_the_answer_before(call, said):
    assert 4 in covered(call(*BEFORE, "I: Ha, really?", f"C: {said}", "I: Of course."), *BOTH)


@pytest.mark.parametrize(
    "said",
    [
        "We spend four hundred and ten a bed. That number is for the board, so please keep it out of the article.",
        "It's four hundred and ten a bed. The exact number I'd ask you not to print.",
        "We're merging with Saint Ita's, well, forget I said Saint Ita's.",
        "There's the tribunal, and it's still going on, so forget I mentioned the tribunal.",
    ],
)
def test_what_a_turn_tells_itself_is_no_reason_to_look_back(call, said):
    far = ("I: And your budget?", "C: The board keeps a number for the article of faith that beds pay, and the tribunal agrees.")
    assert covered(call(*far, *BEFORE, "I: And the cost?", f"C: {said}", "I: Of course."), *BOTH) == {8}


@pytest.mark.parametrize(
    "said",
    [
        "The number I gave you earlier for the tablets, please keep it out of the article.",
        "That story about the tablets, don't print it.",
        "What I told you about the tablets, leave that out.",
    ],
)
def test_words_that_go_back_still_do(call, said):
    told = ("I: What broke?", "C: We dropped forty tablets in the bath, and the insurer paid for all of them.")
    assert 2 in covered(call(*told, "I: And then?", "C: We bought cases for the rest.", "I: Good.", f"C: {said}", "I: Of course."))


def test_an_amount_told_again_bars_the_turn_that_told_it_first(call):
    told = ("I: What did it cost?", "C: The licence was sixty-two thousand a year.", "I: And it runs well?", "C: It does, touch wood.")
    said = "Sixty-two thousand, yes. And please don't print that, we're in talks."
    assert covered(call(*told, "I: Sixty-two, was it?", f"C: {said}", "I: Of course.")) >= {2, 6}


@pytest.mark.parametrize(
    "said", ["What D just said about the rota, that can't go in.", "Leave out what D has just told you about the rota, please."]
)
def test_what_a_colleague_just_said_is_their_last_turn(call, said):
    told = ("I: The rota?", "C: Our rota was a mess of paper.", "I: And now?", "D: Half of the ward called in sick over it in June.")
    readings = call(*told, "I: Oh.", f"C: {said}", "I: Of course.")
    assert 4 in covered(readings)
    assert 2 not in covered(readings)


def test_a_word_that_many_turns_hold_points_at_one_only_possibly(call):
    told = [line for n in range(4) for line in ("I: And the ward?", f"C: The ward {n + 3} was painted and the beds were moved around.")]
    asked = "C: And what I said of the ward, with the hoist, leave that out."
    readings = call(*told, "I: Anything else?", asked, "I: Of course.")
    assert not covered(readings)
    assert covered(readings, "possible")


@pytest.mark.parametrize(
    "said",
    [
        "Don't put him in. No, hang on, I saw him on Friday and he'd love it. Put him in.",
        "Between us, and you can print this, I never thought that it would work.",
        "Oh, don't write that. Well, what do I care, they all know it, put that in.",
        "Don't quote that. Actually it's in the parish paper already. Leave it in.",
    ],
)
def test_a_request_taken_back_in_the_same_turn_bars_nothing(call, said):
    assert covered(call(*BEFORE, "I: Can we use him?", f"C: {said}", "I: Great.")) == set()


@pytest.mark.parametrize(
    "said",
    [
        "Don't put him in. He'd hate it. You can put it that a nurse helped.",
        "Don't name him. The ward you can have, put it in.",
        "Leave him out. If his wife agrees, well, don't put him in anyway.",
    ],
)
def test_leave_for_something_else_takes_no_request_back(call, said):
    told = ("I: Who helped?", "C: Old Brannigan, the porter, hid the forms from the matron for a year.")
    assert covered(call(*told, "I: Can we use him?", f"C: {said}", "I: Of course."), *BOTH)


@pytest.mark.parametrize(
    "said",
    [
        "Don't quote that number. It took us nine weeks to put it in.",
        "Keep that out of the article. The council begged us to leave it in, and we refused.",
        "Please don't print that. Ask the matron whether you may use it.",
    ],
)
def test_words_that_let_nothing_be_used_leave_a_request_clear(call, said):
    assert 4 in covered(call(*BEFORE, "I: Oh, really?", f"C: {said}", "I: Of course."))


@pytest.mark.parametrize(
    "asked", ["What's your advice to others?", "What would you say to another matron?", "What would you tell somebody starting?"]
)
def test_an_order_in_an_answer_to_a_question_for_advice_is_for_others(call, asked):
    said = "Start with one ward. Leave the night shift out, and keep it quiet until it works."
    assert covered(call(*BEFORE, f"I: {asked}", f"C: {said}", "I: Great.")) == set()
    assert covered(call(*BEFORE, f"I: {asked}", "C: Start with one ward. My sister's lot didn't. Don't put that in.", "I: Sure.")) == {6}


def test_conversations_off_the_record_are_a_topic(call):
    said = "C: We're a law firm. Off the record conversations happen on the phone, and the rest goes into the file."
    assert covered(call(*BEFORE, "I: How do you talk to clients?", said, "I: I see.")) == set()
    assert covered(call(*BEFORE, "I: How?", "C: Off the record, conversations with clients go wrong on the phone.", "I: I see.")) == {6}


@pytest.mark.parametrize(
    "said",
    [
        "I'll talk to our lawyers, but please don't print that.",
        "We can speak with the board. But don't put that in, please.",
        "I'd have to tell my brother, so leave that out.",
        "I'll have to tell my brother, but please leave that out.",
        "Let me ask the council, but please don't quote that.",
    ],
)
def test_a_clause_on_who_is_asked_first_is_not_what_a_request_after_it_bars(call, said):
    fined = "C: The council fined us nine thousand for the smell in August."
    assert 2 in covered(call("I: What did the fine come to?", fined, "I: I see.", f"C: {said}", "I: Of course."))


@pytest.mark.parametrize(
    "said", ["We lost two drivers over it, but please don't print that.", "The mayor called us thieves, so leave that out."]
)
def test_a_clause_that_tells_something_is_what_a_request_after_it_bars(call, said):
    rented = "C: The pump was rented in Leeds for the summer."
    assert covered(call("I: What did it cost?", rented, "I: And then?", f"C: {said}", "I: Of course.")) == {4}


def test_a_sentence_that_goes_back_to_what_was_said_announces_nothing(call):
    rented = "C: The pump was rented in Leeds for the summer."
    said = "C: There's something else, don't print what I said about the pump."
    assert 2 in covered(call("I: What did it cost?", rented, "I: And then?", said, "I: Of course."))


@pytest.mark.parametrize(
    "said",
    [
        "When a batch is done we take them out of the cold store and rack them by hand.",
        "Then we'd stop the pumps, take them out of the shed, and go home.",
        "If a pallet is damaged, you leave it out and the next one comes through.",
        "We told the drivers, don't print that any more.",
        "I said to the team, forget what I said last week, we go with the scanner.",
        "Let's leave that for a moment; the second thing was training.",
        "How hard would it be to build it and not use the old press?",
    ],
)
def test_things_orders_to_others_and_questions_for_facts_bar_nothing(call, said):
    assert covered(call(*BEFORE, "I: And then?", f"C: {said}"), *BOTH) == set()


@pytest.mark.parametrize(
    "said",
    [
        "We lost the Harbour account over it. Can you take it out of the draft?",
        "We lost the Harbour account over it. You leave that out.",
        "We lost the Harbour account over it. The name needs to come out of that, please.",
        "We lost the Harbour account over it. Maybe gloss over that bit.",
        "We lost the Harbour account over it, which nobody knows yet.",
        "We lost the Harbour account over it. Legal would have my head.",
        "We lost the Harbour account over it, and I'd appreciate it if that didn't make the cut.",
        "The union was against it. That's background only.",
    ],
)
def test_what_a_turn_tells_is_barred_with_its_request(call, said):
    assert 6 in covered(call(*BEFORE, "I: And then?", f"C: {said}", "I: Of course."), *BOTH)


BANK = ("I: And the bank?", "C: They lent it for one point three less than my cousin pays.", "I: Less?", "C: Points, on eight million.")


@pytest.mark.parametrize(
    ("said", "turns"),
    [
        ("The one point three yes, the cousin no.", {2}),
        ("Yes, of course.", set()),
    ],
)
def test_what_is_refused_beside_what_may_be_used_is_barred(call, said, turns):
    assert covered(call(*BANK, "I: Can I use that?", f"C: {said}", "I: Fine.")) == turns


def test_a_bare_number_means_the_one_that_was_told_last(call):
    far = ("I: How big was it?", "C: Sixty litres were left in the vat when we found it.")
    near = ("I: And in all?", "C: We lose two percent of sixty million litres to the air.", "I: Sixty million!")
    assert {4, 6} <= covered(call(*far, *near, "C: Well, fifty-eight. Don't put the sixty.", "I: I won't."), *BOTH)


def test_a_small_number_of_the_last_answer_can_be_left_out(call):
    told = ("I: At what rate?", "C: They gave it to us at nine percent, where the market is at thirty.")
    assert 2 in covered(call(*told, "I: Can I put that in?", "C: Put that they gave. Don't put the nine.", "I: Fine."), *BOTH)


def test_the_amount_is_the_one_that_was_told(call):
    told = ("I: And the debts?", "C: I had a line of credit at the bank, a hundred and eighty thousand, every spring.", "I: That much?")
    assert 2 in covered(call(*told, "C: Yes. And I'd just as soon you didn't print the amount.", "I: You got it."))


@pytest.mark.parametrize(
    ("asked", "said", "barred"),
    [
        ("And what isn't good about it?", "The maps. You can't put the paddock names in.", False),
        ("And who was it?", "Two nurses, Ada and Rose Keller. You can't put the names in.", True),
    ],
)
def test_what_a_product_cannot_do_is_no_request(call, asked, said, barred):
    assert bool(covered(call(*BEFORE, f"I: {asked}", f"C: {said}", "I: I see."), *BOTH)) == barred


GREETING = ("I: Hello, how was the drive?", "C: Very long, and there was snow on the pass.", "I: May I record this?")
WAGES = ("I: And what changed then?", "C: We put the salaries up by four percent to keep the drivers.")


@pytest.mark.parametrize("said", ["Yes, fine. Just nothing about wages, please.", "Sure. Nothing about our wages.", "Nothing about wages."])
def test_a_subject_that_is_not_to_be_touched_is_held_back_where_it_comes(call, said):
    readings = call(*GREETING, f"C: {said}", "I: Understood. What do you do?", "C: I run the night shift at the plant.", *WAGES)
    assert covered(readings) == set()
    assert {4, 8} <= covered(readings, *BOTH)
    assert 6 not in covered(readings, *BOTH)


@pytest.mark.parametrize(
    ("said", "clear"),
    [
        ("We are 1,312. But in the article kindly make it around 1,300, since they are having some exercise.", True),
        ("If the flag wasn't set it would skip the parcel, and the label would never be printed, so nobody would be told.", False),
    ],
)
def test_what_only_a_score_calls_a_request_is_clear_where_it_is_put_to_the_writer(call, said, clear):
    readings = call("I: How does that go?", f"C: {said}")
    assert covered(readings, *BOTH) == {2}
    assert bool(covered(readings)) is clear


def test_nothing_on_a_thing_asks_for_nothing(call):
    readings = call(
        "I: What did you look at?", "C: We looked around. Nothing on the market.", "I: And?", "C: Yours was first on the market."
    )
    assert covered(readings, *BOTH) == set()


@pytest.mark.parametrize("said", ["I know nothing about wages, to be honest.", "There is nothing about wages in the contract."])
def test_a_subject_that_is_only_spoken_of_binds_nothing_later(call, said):
    assert covered(call(*GREETING, f"C: {said}", "I: What do you do?", "C: I run the night shift.", *WAGES), *BOTH) == set()


def test_an_answer_with_nothing_about_what_was_asked_binds_nothing_later(call):
    asked = ("I: What does the contract say about salaries?", "C: Nothing about salaries.")
    assert 4 not in covered(call(*asked, *WAGES), *BOTH)


@pytest.mark.parametrize(
    ("said", "degree"),
    [
        ("I think that's through an interface, but don't quote me on that.", "possible"),
        ("I'm told it goes through an interface. Don't quote me.", "possible"),
        ("Don't quote me on that, but I guess it's an interface.", "possible"),
        ("That's through an interface, but don't quote me on that.", "clear"),
        ("I think it's an interface. We pay them nine hundred a month, and please don't quote me on that.", "clear"),
    ],
)
def test_not_to_be_quoted_beside_a_doubt_may_only_mean_to_be_unsure(call, said, degree):
    readings = call(*BEFORE, "I: Does it talk to others?", f"C: It talks to the ledger, so the bills come off the scans. {said}")
    assert covered(readings, degree) == covered(readings, *BOTH) == {6}


COST = ("I: And what did that save?", "C: We took 1.4 million out of working capital in two quarters.")


@pytest.mark.parametrize(
    "said",
    [
        "It is, and we're in a close period, so I'd want that one to stay in this room until the earnings are out.",
        "Those are planning figures of ours, they're not for external consumption.",
        "My boss would be annoyed with me, so let's not publish that number.",
        "It's still with the auditors, so strike that, please.",
    ],
)
def test_a_reason_beside_a_request_is_not_all_that_it_bars(call, said):
    assert covered(call(*COST, "I: That's a big number.", f"C: {said}", "I: Of course.")) == {2, 4}


def test_what_may_be_a_reason_or_a_secret_of_its_own_bars_itself_and_may_bar_the_answer_before(call):
    readings = call(*COST, "I: Impressive.", "C: Our director is leaving in the spring, please keep that off the record.", "I: Sure.")
    assert covered(readings) == {4}
    assert covered(readings, "possible") == {2}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("And what about the director?", "The director is leaving in the spring, please keep that off the record."),
        ("Oh.", "And we had a fine of forty thousand from the council, but please keep that out."),
        ("Oh.", "And Bob Miller walked out in the middle of a shift, so please leave that out."),
        (
            "Oh.",
            "The union fought the night shift all through the winter, there were whistles and banners at the gate each morning, "
            "and half of the drivers stood with them, so please leave that out.",
        ),
    ],
)
def test_a_secret_of_its_own_leaves_the_answer_before_free(call, reply, said):
    readings = call("I: How is morale?", "C: We cook for each other on Fridays.", f"I: {reply}", f"C: {said}", "I: Sure.")
    assert covered(readings, *BOTH) == {4}


@pytest.mark.parametrize(
    ("said", "clear", "possible"),
    [
        ("We had some trouble with the union over the night shift, so please leave that out.", {3}, {2}),
        ("The tower lift broke down twice that month, please keep that out of the story.", {3}, {2}),
        ("Please leave that out.", {2}, {3}),
        ("They haven't been told in the yard, so please leave that out.", {2}, {3}),
    ],
)
def test_one_who_speaks_after_a_colleague_clearly_bars_what_they_tell_themselves(call, said, clear, possible):
    readings = call("I: What changed?", "C: I finish the round every day now, and I never did before.", f"D: {said}", "I: Of course.")
    assert covered(readings) == clear
    assert covered(readings, "possible") == possible


@pytest.mark.parametrize(
    ("said", "clear"),
    [
        ("This is for you only, for understanding.", {2, 4}),
        ("Hold off on publishing that number until the auditors are done.", {2, 4}),
        ("There was a fine of forty thousand too, but please leave that out.", {4}),
        ("I can't give you the number for the year.", set()),
    ],
)
def test_a_promise_to_leave_a_number_out_bars_the_answer_that_told_it(call, said, clear):
    assert covered(call(*COST, "I: Excellent.", f"C: {said}", "I: Of course, I'll leave the number out.")) == clear


def test_a_promise_about_something_else_bars_no_number(call):
    assert covered(call(*COST, "I: Excellent.", "C: This is for you only, for understanding.", "I: Of course, I'll leave that out.")) == {4}


FALCON = "C: On Falcon, there we went from two releases a year to twenty."


@pytest.mark.parametrize(
    "said",
    [
        "Anything about Falcon is off the record.",
        "Please leave Falcon out of it if I mention it.",
        "Whatever I say about Falcon, that's not for print.",
        "Please don't write about Falcon.",
        "We had Falcon on the list, but please leave Falcon's name out.",
        "Two others were there, but you didn't hear it from me: Sonder and Falcon.",
    ],
)
def test_what_is_barred_in_advance_is_held_back_where_it_comes(call, said):
    readings = call("I: Results?", f"C: {said}", "I: Okay.", "C: Builds fell to twelve minutes.", "I: Where do you see it most?", FALCON)
    assert 6 in covered(readings, "possible")
    assert 4 not in covered(readings, *BOTH)


@pytest.mark.parametrize(
    "said",
    [
        "With Falcon we had a fire and lost two vans. Please leave that out.",
        "Everything about Falcon was fun, but please leave the fire in the yard out.",
        "Don't quote me on Falcon.",
    ],
)
def test_a_name_beside_what_is_barred_binds_nothing_later(call, said):
    assert 6 not in covered(call("I: Results?", f"C: {said}", "I: Okay.", "C: Fine.", "I: Where do you see it most?", FALCON), *BOTH)


@pytest.mark.parametrize(("said", "clear"), [("I take that back.", {2, 5}), ("They were lazy people. No, I take that back.", {5})])
def test_to_take_words_back_bars_ones_own_and_nobody_elses(call, said, clear):
    readings = call("I: Who ran it?", "C: Two lads from the yard ran it badly.", "I: And?", "D: The yard is tidy now.", f"C: {said}")
    assert covered(readings, *BOTH) == clear


PENALTY = ("I: What happened then?", "C: That storm cost us dearly. There was a penalty in the contract, and three of the drivers quit.")


@pytest.mark.parametrize("asked", ["Are you able to say how much?", "What did it cost you?", "Do you know how many people walked out?"])
@pytest.mark.parametrize(
    "said",
    [
        "I'd rather not put a number on it, Legal would have my head.",
        "I'd rather not put a number on it. My boss would have my head.",
        "I would rather not put a figure on that one.",
        "I would not put a figure on that. Nobody here tracks it.",
        "I can't tell you that, the lawyers would kill me.",
        "I can't give you the number, it's confidential.",
        "I'm not allowed to say, it's commercially sensitive.",
    ],
)
def test_a_number_that_is_kept_back_bars_nothing_that_was_told(call, asked, said):
    assert covered(call(*PENALTY, f"I: {asked}", f"C: {said}", "I: Understood. And then?"), *BOTH) == set()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("How much was it?", "I can't say how much, and please keep the penalty out of it."),
        ("How much was it?", "I'd rather not say. And don't print that."),
        ("How much was it?", "I can't tell you. And keep it between us, will you."),
        ("How much was it?", "I'd rather you didn't print that."),
        ("And how did they take it?", "I'd rather not go into it, please leave that out."),
    ],
)
def test_a_request_beside_a_number_that_is_kept_back_means_what_was_told(call, asked, said):
    assert 2 in covered(call(*PENALTY, f"I: {asked}", f"C: {said}", "I: Understood. And then?"))


def test_a_number_that_the_answer_before_told_may_be_what_is_kept_back(call):
    told = ("I: What happened?", "C: We had to pay forty thousand in penalties.", "I: How much in all?")
    assert 2 in covered(call(*told, "C: I'd rather not put a number on it, Legal would have my head."))


def test_what_is_told_beside_a_refusal_is_kept_out(call):
    said = "I'm not supposed to say, but the whole team walked out."
    assert 4 in covered(call(*PENALTY, "I: How much was it?", f"C: {said}"))


def test_a_confidential_number_that_nobody_told_leaves_what_was_told_to_a_person(call):
    readings = call(*PENALTY, "I: How much was it?", "C: That's confidential, I'm afraid.")
    assert covered(readings) == set()
    assert 2 in covered(readings, "possible")
    assert 2 in covered(call(*PENALTY, "I: Who else knows of it?", "C: That's confidential, I'm afraid."))


VANS = (
    "I: What went wrong?", "C: We went back to the whiteboard for three days, and I rang your Priya at quarter to five in the morning.",
    "I: Who uses it?", "C: There's three hundred and ten of us, and forty-one vans, and we have been going since 1922.",
    "I: What does it talk to?", "C: It takes the orders out of our order system and it pushes the stops to the vans.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What does it cost you?", "The licence I'd have to look up. I'll send you that. But please leave the price out of the article."),
        ("What does it cost you?", "I'd have to look that up, and please leave the fee out of the story."),
        ("What does it cost you?", "Please leave the price out of it altogether."),
        ("How much are you saving?", "I'd have to ask finance. Please leave the amount out of the story."),
        ("How much are you saving?", "I'm not sure. Please don't publish the figure when I send it."),
        ("What's the margin on that?", "I haven't got it with me. Please keep the margin out of it."),
        ("What share of them use it?", "I don't know. Please leave the percentage out."),
    ],
)
def test_an_amount_that_nobody_told_is_kept_out_and_nothing_that_was_told(call, asked, said):
    readings = call(*VANS, f"I: {asked}", f"C: {said}", "I: Of course. And when will it have paid for itself?")
    assert covered(readings) == {8}
    assert covered(readings, *BOTH) == {8}


@pytest.mark.parametrize(
    ("asked", "told", "word"),
    [
        ("What do you pay?", "We pay you eleven thousand pounds a year for the licence.", "price"),
        ("What does it cost?", "Eighty-five a month for each of them, all told.", "price"),
        ("What changed?", "Late drops fell by forty percent.", "percentage"),
        ("What's the rate?", "They had us on twelve at the end, for the buns.", "discount"),
    ],
)
def test_an_amount_is_one_of_its_kind_and_far_back_only_possibly(call, asked, told, word):
    after = ("I: And who trained them?", "C: Our own people did that in the evenings, for three weeks.")
    readings = call(*VANS, f"I: {asked}", f"C: {told}", *after, "I: Good.", f"C: And please leave the {word} out.", "I: Of course.")
    assert 8 in covered(readings, "possible")
    assert not {2, 4, 10} & covered(readings, *BOTH)
    just = call(*VANS, f"I: {asked}", f"C: {told}", "I: Good.", f"C: And please leave the {word} out.", "I: Of course.")
    assert 8 in covered(just)


def test_an_amount_that_is_put_off_may_be_one_told_before(call):
    put_off = "C: I'd have to look that up. But please leave the price out."
    paid = ("I: What do you pay?", "C: Eleven thousand pounds a year.", "I: And who trained them?", "C: Our own people did that.")
    assert 8 in covered(call(*VANS, *paid, "I: What does it cost with your hours?", put_off), "possible")
    just = ("I: And then?", "C: It was eighty-five in the end.", "I: What does it cost with your hours?")
    assert 8 in covered(call(*VANS, *just, put_off), "possible")


def test_an_amount_told_in_words_is_held_back(call):
    told = ("I: What does it cost?", "C: They charge us an absolute fortune, to be honest with you.", "I: Ha.")
    assert covered(call(*VANS, *told, "C: But leave the price out, please."), "possible") >= {8}


def test_the_amount_that_was_given_is_of_its_kind(call):
    paid = ("I: What do you pay?", "C: Eleven thousand pounds a year.", "I: How long was it?", "C: Three weeks, in the evenings.")
    readings = call(*VANS, *paid, "I: Good.", "C: The price I gave you, please don't print that.")
    assert 8 in covered(readings)
    assert 10 not in covered(readings)


def test_a_question_that_repeats_a_word_before_it_asks_for_something_else_bars_no_answer(call):
    told = (
        "I: And what comes next?", "C: From the spring we take over an offshore park, and there I want a drone in a box.",
        "I: Wow, okay, offshore. And is there anything that's missing today?", "C: A thermal camera on the same flight, I'd buy it.",
        "I: And the risk?", "C: The regulation, it changes every year.", "I: Great.",
        "C: And please, what I said of the offshore park, this is not public. Delete it.",
    )  # fmt: skip
    assert covered(call(*told)) == {2}
    own = told[3].replace("A thermal camera", "A thermal camera for offshore")
    assert covered(call(*told[:3], own, *told[4:])) >= {2, 4}


COST = ("I: What did the delays cost you?", "C: We worked it out for the board. It was about four hundred thousand a year, in overtime.")
NAMED = "C: Two others. One was Brinewise and the other was Quaymaster."


@pytest.mark.parametrize(
    ("said", "also"),
    [
        (f"{NAMED} Actually, please don't name either of them, Brinewise is owned by our partner and I meet them in the autumn.", set()),
        (f"{NAMED} Please don't name them. And what I said about the board, that as well, don't be putting that in.", {2}),
        ("C: They've heard enough of it. Please don't name them.", {2}),
    ],
)
def test_a_turn_that_tells_the_names_it_keeps_out_means_no_answer_before_it(call, said, also):
    readings = call(*COST, "I: And who else did you look at?", said, "I: Of course, we'll leave that out. What tipped it?")
    assert covered(readings, *BOTH) - {4} == also


PUMPS = ("I: What do you make?", "C: We make stainless pumps for breweries in the north.")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("And what's the margin?", "Eleven percent."),
        ("And who complained?", "Saltmarsh Council."),
        ("Whom else did you look at?", "Kestrel."),
        ("What broke?", "The gearbox."),
    ],
)
@pytest.mark.parametrize("said", ["Please don't print that.", "Oh, and leave that out."])
def test_that_is_an_answer_which_tells_all_in_a_word(call, asked, answer, said):
    held = covered(call(*PUMPS, f"I: {asked}", f"C: {answer}", "I: Good.", f"C: {said}"))
    assert 4 in held
    assert 2 not in held


@pytest.mark.parametrize(("asked", "answer"), [("And is that a lot?", "Yes, sure."), ("Okay?", "Right."), ("How is that?", "Oh, well.")])
def test_that_is_no_short_reply_which_tells_nothing(call, asked, answer):
    assert covered(call(*PUMPS, f"I: {asked}", f"C: {answer}", "I: Good.", "C: Please don't print that.")) == {2}


@pytest.mark.parametrize("said", ["Careful, that's not public.", "Please leave that out.", "We can't share that."])
def test_that_is_no_turn_which_only_asks_for_discretion(call, said):
    margin = ("I: What's the margin?", "C: Eleven percent.", f"D: {said}")
    assert 2 in covered(call(*margin, "C: True. Scrap that.")) | covered(call(*margin, "C: True. Scrap that."), "possible")


@pytest.mark.parametrize(
    ("lines", "turn"),
    [
        (("C: Our margin on the pumps is eleven percent now. We can't share that.",), 2),
        (("C: Our margin on the pumps is eleven percent now.", "I: Wow.", "C: We can't give that out, by the way."), 2),
        (("C: Our margin on the pumps is eleven percent now.", "D: Sorry, we can't share that."), 2),
        (("C: Our margin on the pumps is eleven percent now.", "D: We never disclose margins, C."), 2),
        (("C: We sell them to Saltmarsh Council.", "D: That's not something we can discuss."), 2),
    ],
)
def test_a_refusal_to_tell_what_has_been_told_holds_it_back(call, lines, turn):
    assert turn in covered(call("I: What's the margin?", *lines), "possible")


@pytest.mark.parametrize(
    "lines",
    [
        ("C: Our margin on the pumps is eleven percent now.", "I: And the revenue?", "C: We can't share that."),
        ("C: Our margin on the pumps is eleven percent now. Two presses can't share that, it breaks.",),
        ("C: Our margin on the pumps is eleven percent now.", "D: I can't say enough about the people in the foundry."),
        ("C: They wanted nine names. They said we can't share that.",),
    ],
)
def test_a_refusal_to_tell_something_else_holds_nothing_told_back(call, lines):
    assert 2 not in covered(call("I: What's the margin?", *lines), "clear", "possible")


@pytest.mark.parametrize("said", ["The costs per hour, the 4,200 Euro, please not.", "The 4,200 Euro, please not."])
def test_please_not_after_what_it_speaks_of_bars_it(call, said):
    told = (
        "I: What does it cost?",
        "C: The machine costs us 4,200 Euro per hour.",
        "I: And the crew?",
        "C: They like it, all nine people.",
    )
    assert covered(call(*told, "I: Anything else?", f"C: {said}")) == {2, 6}
