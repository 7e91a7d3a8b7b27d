from __future__ import annotations

import pytest

from copilot.detectors.boundaries import find_boundaries, phrase_lexicon, pointers_to

# Ways to keep something out of a story.
TO_KEEP = [
    "We pay around two hundred and ten thousand a year for it. That number is not for the case study, please.",
    "We pay around two hundred and ten thousand a year, but that's not for publication.",
    "We pay about two hundred a seat, though you can't use that.",
    "We pay about two hundred a seat. I probably shouldn't have said that.",
    "We pay about two hundred a seat. I shouldn't have told you that, actually.",
    "We pay about two hundred a seat, and I really shouldn't be telling you this.",
    "I probably shouldn't say this, but the board had already decided to sell the division.",
    "I shouldn't be saying this, but our CFO wanted the cheaper one.",
    "I'm not sure I'm allowed to say this, but we're buying Harrow Lines in the spring.",
    "We're buying Harrow Lines in the spring, but we haven't announced that.",
    "We're buying Harrow Lines in the spring. That hasn't been announced yet, so keep it under your hat.",
    "We're buying Harrow Lines in the spring, which we haven't made public.",
    "We're expanding into Portugal, but nobody outside the company knows that yet.",
    "We're expanding into Portugal. That's embargoed until March.",
    "We're expanding into Portugal. It's not public yet.",
    "We're expanding into Portugal. It's not public information.",
    "There's an acquisition coming, we can't talk about that publicly yet.",
    "Our parent is being sold. That stays in this room.",
    "Our parent is being sold. This doesn't leave this call, okay?",
    "Our parent is being sold, but you didn't hear it from me.",
    "Our parent is being sold, you didn't hear that from me.",
    "The regulator fined us half a million. Legal would kill me if that got out.",
    "The regulator fined us half a million. My boss would have my head if he saw that in print.",
    "The regulator fined us half a million. Our lawyers would have a fit.",
    "The regulator fined us half a million, and comms would go ballistic if that was in there.",
    "The regulator fined us half a million. I'd get fired if that showed up anywhere.",
    "The regulator fined us half a million. I'd be in trouble if that came out.",
    "The regulator fined us half a million. I could lose my job over that one.",
    "The regulator fined us half a million. Scrap that, sorry, scrap that bit.",
    "The regulator fined us half a million. Scratch that from the notes.",
    "The regulator fined us half a million. Can we strike that?",
    "The regulator fined us half a million. Can you cut that part?",
    "The regulator fined us half a million. Could you edit that out?",
    "The regulator fined us half a million. Could you take that out, please?",
    "The regulator fined us half a million. Just don't use that one.",
    "The regulator fined us half a million. Don't include that bit.",
    "The regulator fined us half a million. Before you write that down, I need to check with compliance whether we can say it.",
    "The regulator fined us half a million. Let's keep that one to ourselves.",
    "The regulator fined us half a million. Let's keep that between you and me.",
    "The regulator fined us half a million. Just between the two of us.",
    "The regulator fined us half a million. That's between us.",
    "The regulator fined us half a million. That's for your ears only.",
    "The regulator fined us half a million. That's just for your background.",
    "The regulator fined us half a million. That's for context only, not for attribution.",
    "The regulator fined us half a million. You can use that as background but don't attribute it.",
    "The regulator fined us half a million. Not for print.",
    "The regulator fined us half a million. Not for the article, that.",
    "The regulator fined us half a million. Don't quote me on that.",
    "The regulator fined us half a million, don't quote me.",
    "The regulator fined us half a million. Please don't quote me on the fine.",
    "The regulator fined us half a million. I'd rather that didn't appear.",
    "The regulator fined us half a million. I'd rather not see that in writing.",
    "The regulator fined us half a million. I'd prefer if you left that out.",
    "The regulator fined us half a million. I'd appreciate it if you didn't mention that.",
    "The regulator fined us half a million. I'd be grateful if that stayed out of the story.",
    "The regulator fined us half a million. We'd want to keep that quiet.",
    "The regulator fined us half a million. We don't want that out there.",
    "The regulator fined us half a million. That shouldn't go anywhere.",
    "The regulator fined us half a million. That can't go in the piece.",
    "The regulator fined us half a million. That cannot appear in anything public.",
    "The regulator fined us half a million. That's strictly confidential.",
    "The regulator fined us half a million. That's commercially sensitive.",
    "The regulator fined us half a million. That's a bit sensitive, so please leave it.",
    "The regulator fined us half a million. It's sensitive, so maybe don't mention it.",
    "The regulator fined us half a million. We're under NDA on the details, so please keep it out.",
    "The regulator fined us half a million. We signed an NDA about it so that can't be in there.",
    "The regulator fined us half a million. That's covered by a confidentiality agreement.",
    "The regulator fined us half a million. That's privileged.",
    "The regulator fined us half a million. That's internal only.",
    "The regulator fined us half a million. That's an internal number, by the way.",
    "The regulator fined us half a million. That's not something we share externally.",
    "The regulator fined us half a million. That's not something we talk about publicly.",
    "The regulator fined us half a million. We don't share that outside the company.",
    "The regulator fined us half a million. We don't disclose that.",
    "The regulator fined us half a million. Please treat that as confidential.",
    "The regulator fined us half a million. I'm telling you that in confidence.",
    "The regulator fined us half a million. Off the record, obviously.",
    "The regulator fined us half a million. This is off the record by the way.",
    "The regulator fined us half a million. That was off the record.",
    "The regulator fined us half a million. That part's off the record.",
    "Off the record? The regulator fined us half a million.",
    "Okay, this is off the record, but the regulator fined us half a million.",
    "Strictly off the record, our CFO hated it.",
    "Completely off record, our CFO hated it.",
    "Can I say something off the record? Our CFO hated the first version.",
    "Can this be off the record? Our CFO hated the first version.",
    "You can't print this, but our CFO hated the first version.",
    "You can't put this in, but our CFO hated the first version.",
    "Don't write this down, but our CFO hated the first version.",
    "Don't write this down. Our CFO hated the first version.",
    "Don't put this in the story, but our CFO hated the first version.",
    "This isn't for the story, but our CFO hated the first version.",
    "This is not for the record. Our CFO hated the first version.",
    "This is just between us, but our CFO hated the first version.",
    "This stays between us, our CFO hated the first version.",
    "Entre nous, our CFO hated the first version.",
    "Confidentially, our CFO hated the first version.",
    "In confidence, our CFO hated the first version.",
    "Privately, I'd tell you that our CFO hated it, but don't put that in.",
    "Turn the recorder off for a second. Our CFO hated the first version.",
    "For your information only, our CFO hated the first version.",
    "You'll want to leave this out, but our CFO hated the first version.",
    "Please anonymize this, but our old supplier, Barton Freight, lost two trucks.",
    "Our old supplier, Barton Freight, lost two trucks. Don't name them.",
    "Our old supplier, Barton Freight, lost two trucks. Please don't use their name.",
    "Our old supplier, Barton Freight, lost two trucks. Just say a previous supplier.",
    "Our old supplier, Barton Freight, lost two trucks. Keep the name out of it.",
    "Our old supplier, Barton Freight, lost two trucks. I'd rather not name names in print, so leave that.",
    "Marisa nearly quit over it. She wouldn't want that in print.",
    "Marisa nearly quit over it. She wouldn't thank me for saying so, so leave her out.",
    "Marisa nearly quit over it. Leave her name out, yeah?",
    "Marisa nearly quit over it. That's her business, so not in the piece.",
    "We missed the audit by three weeks. That one you can't have.",
    "We missed the audit by three weeks. You can't have that one.",
    "We missed the audit by three weeks. Forget I said that.",
    "We missed the audit by three weeks. Forget I mentioned it.",
    "We missed the audit by three weeks. Pretend I didn't say that.",
    "We missed the audit by three weeks. I didn't say that.",
    "We missed the audit by three weeks. I never said that.",
    "We missed the audit by three weeks. Ignore that last bit.",
    "We missed the audit by three weeks. Oh, delete that, would you.",
    "We missed the audit by three weeks. Please redact that.",
    "We missed the audit by three weeks. That needs to stay out.",
    "We missed the audit by three weeks. That one has to stay out of it.",
    "We missed the audit by three weeks. That's not for sharing.",
    "We missed the audit by three weeks. That's not for external use.",
    "We missed the audit by three weeks. That's not for public consumption.",
    "We missed the audit by three weeks. Not for public consumption, that.",
    "We missed the audit by three weeks. No need to put that in.",
    "We missed the audit by three weeks. You don't need to put that in.",
    "We missed the audit by three weeks. Maybe don't put that in.",
    "We missed the audit by three weeks. Maybe leave that bit out.",
    "We missed the audit by three weeks. Perhaps we leave that out.",
    "We missed the audit by three weeks. I think we should leave that out.",
    "We missed the audit by three weeks. We should probably leave that out.",
    "We missed the audit by three weeks. Can we not include that?",
    "We missed the audit by three weeks. Can we not use that?",
    "We missed the audit by three weeks. Can that not go in?",
    "We missed the audit by three weeks. Can we keep that out?",
    "We missed the audit by three weeks. Could we keep this bit private?",
    "We missed the audit by three weeks. Would you mind not using that?",
    "We missed the audit by three weeks. Would you mind leaving that out?",
    "We missed the audit by three weeks. Do me a favour and leave that out.",
    "We missed the audit by three weeks. Do me a favor, don't print that.",
    "We missed the audit by three weeks. I'd have to run that past legal before you use it.",
    "We missed the audit by three weeks. You'd need to clear that with our press office first.",
    "We missed the audit by three weeks. Please don't publish the number.",
    "We missed the audit by three weeks. Please don't share the exact figure.",
    "We missed the audit by three weeks. Don't put the number in.",
    "We missed the audit by three weeks. The number's not for publication.",
    "We missed the audit by three weeks. The exact figure has to stay private.",
    "We missed the audit by three weeks. We can't have that in a case study.",
    "We missed the audit by three weeks. I can't have that in writing.",
    "We missed the audit by three weeks. That better not end up in the article.",
    "We missed the audit by three weeks. That won't end up in the article, will it?",
    "We missed the audit by three weeks. You're not going to print that, are you?",
    "We missed the audit by three weeks. You won't write that, will you?",
    "We missed the audit by three weeks. Hope you're not writing that down.",
    "We missed the audit by three weeks. I hope that's not going in.",
    "We missed the audit by three weeks. That's one for the pub, not for the page.",
    "We missed the audit by three weeks. And that is not to be repeated.",
    "We missed the audit by three weeks. Don't repeat that.",
    "We missed the audit by three weeks. That's not for your readers.",
    "We missed the audit by three weeks. Hush hush, that one.",
    "We missed the audit by three weeks. It's hush-hush for now.",
    "We missed the audit by three weeks. Mum's the word on that.",
    "We missed the audit by three weeks. Keep schtum about that.",
    "We missed the audit by three weeks. Keep it under wraps, please.",
    "We missed the audit by three weeks. That's still under wraps.",
    "We missed the audit by three weeks. We're still in a quiet period, so you can't use that.",
    "We missed the audit by three weeks. We're a listed company, so that number can't be published.",
]
# Talk that sounds like it and is not.
TO_USE = [
    "You can quote me on that, it saved us a month.",
    "You can put that in the article if you like, it saved us a month.",
    "Feel free to use that, it saved us a month.",
    "It's no secret that we were losing money on returns.",
    "That's not a secret, everybody in the industry knows we were late.",
    "That's public, it's in our annual report.",
    "It's public knowledge that we closed the depot.",
    "We announced that in June, so it's fine.",
    "We've already announced the Lyon site.",
    "We keep it off the record books until the auditor signs.",
    "We keep a record of every delivery, and the number is confidential data in the system.",
    "Our track record with vendors isn't great.",
    "It broke every record we had for Black Friday.",
    "The old system would leave customers out of the loop.",
    "We took it out of the catalogue last year.",
    "It keeps the dust out of the server room.",
    "They didn't want to share the data with the warehouse.",
    "We couldn't share files between sites before.",
    "We don't share passwords anymore.",
    "The data never leaves our network, which is the whole point.",
    "Nothing leaves the building without a scan.",
    "The key can't leave the device.",
    "The tool redacts names automatically, so nobody sees them.",
    "It deletes that after ninety days.",
    "It anonymises the records before they go to the lab.",
    "We sign an NDA with every contractor and it stores the signed copy.",
    "The confidentiality flag on each document was a big feature for us.",
    "The contract between us and the reseller was a mess.",
    "My boss would kill me if the trucks were late again.",
    "Legal would kill us if we lost a contract, so tracking mattered.",
    "I'd get fired if we had another outage like that.",
    "I shouldn't have waited so long to call you.",
    "We shouldn't have bought the old one.",
    "I can't say enough good things about it.",
    "I can't say it was easy.",
    "I wouldn't say that it was perfect.",
    "I never said it would be easy.",
    "She didn't say that to me until the end.",
    "They told me not to print labels on Fridays.",
    "We don't print anything any more, it's all on the tablets.",
    "Don't get me wrong, we loved the old one.",
    "We don't use that any more.",
    "We don't use it for returns.",
    "You can't use that on a phone, only on the desktop.",
    "It can't be used offline.",
    "You can't put that in a spreadsheet, it's too big.",
    "You can't put this in the freezer.",
    "We couldn't put that in the old system.",
    "That stays in the cart until you check out.",
    "It stays in the queue until somebody approves it.",
    "The drivers kept it between themselves that the app was broken.",
    "The background check takes three days.",
    "For background, we're a family firm of forty.",
    "For context, a normal week has nine hundred orders.",
    "As background, we had two systems before.",
    "In confidence terms, we moved from sixty percent to ninety.",
    "We scrapped that project in April.",
    "We deleted that field from the form.",
    "Strike while the iron's hot, we said.",
    "The staff went on strike that week.",
    "Turn that off and the alarm stops.",
    "We turned the alerts off in the second week.",
    "They'd record the temperature off the record player, honestly, it was daft.",
    "Off the back of that we hired four people.",
    "Off the top of my head, it was a Tuesday.",
    "That's sensitive equipment, so we ship it in foam.",
    "The sensors are sensitive, so we calibrate them weekly.",
    "It handles sensitive data for forty hospitals.",
    "Privately owned, forty staff, two sites.",
    "We're a private company with forty staff.",
    "It's an internal tool that forty people use.",
    "That's an internal process, we had eleven steps.",
    "We don't publish a price list, so quotes took a week.",
    "Nobody knew about the feature until March.",
    "Nobody outside the team knew how it worked.",
    "I hope that's useful.",
    "I hope that's going in the right direction.",
    "That would be a good quote.",
    "Write that down, because it's the main thing.",
    "Don't forget to mention the support team.",
    "Don't leave out the part about support.",
    "Put that in, please, she deserves it.",
    "Can you include that? The team would love it.",
    "We print that on every box.",
    "Please mention Ravi, he did all the work.",
    "You should name him, he did all the work.",
    "We can't name the files ourselves, the system does it.",
    "We keep the names out of the export for privacy.",
    "I'd rather not go back to paper.",
    "I'd rather not see another spreadsheet.",
    "I'd prefer it didn't crash.",
    "We agreed to keep it simple.",
    "We like to keep it quiet at night so the kids sleep.",
    "The machine's quiet, you can't hear it from the office.",
    "You never heard such a racket.",
    "I didn't hear about it until Monday.",
    "He never said that it would be free.",
    "It's under wraps of plastic until we ship it.",
    "We ignore that last column now.",
    "Forget the spreadsheet, we said.",
    "Forget that, it was a nightmare, we never tried again.",
]
STORY = "C: Our second warehouse flooded in March and we lost ninety pallets of seed."


def covered(readings, *degrees):
    """Return the turns that boundaries of the given degrees cover, those of clear ones by default."""
    said, out = {}, set()
    for reading in readings:
        for boundary in find_boundaries(reading, said):
            assert reading.before or boundary.turn == reading.turn.turn
            out.update(boundary.covers if boundary.degree in (degrees or ("clear",)) else ())
        for word in pointers_to(reading):
            said.setdefault(word, []).append(reading.turn.turn)
    return out


@pytest.mark.parametrize(
    "text",
    [
        "We paid ninety thousand a year. Please don't put that in.",
        "We paid ninety thousand a year, and that's off the record.",
        "Off the record, we paid ninety thousand a year.",
        "Between us, the director wanted it stopped.",
        "The director wanted it stopped. That stays between us.",
        "This isn't for your article, but the director wanted it stopped.",
        "We're opening in Oslo, but that's not announced yet.",
        "The rate's forty a seat, which is confidential, so that can't go in.",
        "His name is Peter Voss. Keep his name out of it, would you?",
        "The fine was two million. I'd rather you didn't print that.",
        "The fine was two million. That's under NDA, I'm afraid.",
        "The fine was two million. You never heard that.",
        "We'd have gone under. No, strike that, please.",
        "The fine was two million dollars. Dont put that in.",
    ],
)
def test_a_boundary_bars_the_turn_that_holds_it(call, text):
    assert covered(call("I: Tell me more?", f"C: {text}")) == {2}


@pytest.mark.parametrize(
    "text",
    [
        "Off the top of my head, about ninety pallets.",
        "The contract between us and the supplier ran out in May.",
        "We run it on confidential computing nodes in two regions.",
        "Patient files are confidential data, so we keep them on site.",
        "She said don't put that in the van, and we drove off.",
        "We don't use it on Fridays.",
        "You keep the dust out of the motors with a filter.",
        "The pump needs to come out, so that's a permit.",
        "The inspector came for an unannounced visit in June.",
        "Our track record was poor and we wrote that down.",
        "They can't be used in the rain.",
        "I won't name them, but there were four of them.",
    ],
)
def test_words_that_only_look_like_a_boundary_bar_nothing(call, text):
    assert covered(call("I: Tell me more?", f"C: {text}")) == set()


def test_what_people_say_to_keep_something_out_is_known_in_its_many_forms(call):
    readings = [call("I: Tell me more?", f"C: {said}") for said in TO_KEEP]
    assert all(covered(r, "clear", "possible") == {2} for r in readings)
    doubted = [r[-1].turn.text for r in readings if covered(r) != {2}]
    assert len(doubted) < 0.06 * len(TO_KEEP), doubted


def test_words_about_records_secrets_and_leaving_out_bar_nothing_by_themselves(call):
    heard = [said for said in TO_USE if covered(call("I: Tell me more?", f"C: {said}"))]
    assert heard == []


@pytest.mark.parametrize(
    ("asked", "said", "later"),
    [
        (
            "What happened with the regulator?",
            "They fined us half a million for late reports.",
            "What I said about the fine, leave that out please.",
        ),
        ("Did you get a discount?", "Twelve percent, in the end.", "The discount. I'd rather you didn't mention that."),
        (
            "What was the budget?",
            "About ninety thousand for the first year.",
            "The figure I gave you earlier for the budget, don't use it.",
        ),
        ("Who was against it?", "Our old finance director, Pauline Reyes.", "Oh, and please leave Pauline out of it."),
        (
            "Did it ever hurt?",
            "A driver left the vaccines on the dock overnight.",
            "I'm worried about the vaccine example. Can we not use it?",
        ),
        ("What's next?", "We're taking over a competitor in Denmark.", "You can't mention Denmark yet."),
    ],
)
def test_a_boundary_at_the_end_of_a_call_finds_what_it_is_about_by_answer_or_question(call, asked, said, later):
    between = [
        "I: How did the rollout go?",
        "C: It went smoothly, we trained everybody in a week.",
        "I: And the team?",
        "C: They open it first.",
    ]
    assert 2 in covered(call(f"I: {asked}", f"C: {said}", *between, "I: Anything else?", f"C: {later}"))


@pytest.mark.parametrize(
    ("asked", "answer", "barred"),
    [
        ("Can I use that?", "I'd rather you didn't.", {2}),
        ("Would you be comfortable with us publishing that figure?", "Not really, no.", {2}),
        ("Is that something we could put in the story?", "Hmm, I don't think so.", {2}),
        ("Is that off the record?", "Yes please.", {2}),
        ("Can I use that?", "Sure, go ahead.", set()),
        ("Is that figure public?", "It is, it was in the trade press.", set()),
        ("Should I keep that out?", "No, you can print that.", set()),
        ("Can we use that in the article?", "Hmm. I'd have to think. Rather not. Ask me in spring.", {2}),
        ("Can we use that in the article?", "Ooh. I'm not sure. Probably best not to.", {2}),
        ("Can we use that in the article?", "Let me think. Yes, go ahead.", set()),
        ("Can I mention the ninety thousand?", "Oh. I don't mind at all.", set()),
        ("Can I mention the ninety thousand?", "No, I wouldn't mind.", set()),
        ("Can I mention the ninety thousand?", "Well, I can't see why not.", set()),
        ("Would you mind if we quoted that?", "Hmm. Not at all.", set()),
        ("Do you mind if we mention that number?", "No, not at all.", set()),
        ("May we print that number?", "Can't see any harm in it.", set()),
        ("Am I allowed to use that?", "No.", {2}),
        ("Can we use that?", "I never want to see that in the press.", {2}),
        ("Any issue with using that?", "No, none at all.", set()),
        ("Any issue with using that?", "Yes, I'd rather you didn't.", {2}),
        ("Is that number public?", "No.", {2}),
        ("Would you let us print the ninety thousand?", "No.", {2}),
        ("Do we have your permission to publish the budget?", "Better not.", {2}),
        ("Would you be comfortable seeing that in print?", "Rather not.", {2}),
        ("Should I keep that out?", "Oh. Yes, please.", {2}),
    ],
)
def test_an_answer_settles_whether_the_last_answer_may_be_used(call, asked, answer, barred):
    readings = call("I: What was the budget?", "C: We had about ninety thousand set aside for it.", f"I: {asked}", f"C: {answer}")
    assert covered(readings) == barred


@pytest.mark.parametrize(
    ("asked", "answer", "held"),
    [
        ("Can we use that in the article?", "Hmm. I'd have to think about it.", {2}),
        ("Can we use that in the article?", "Good question. I don't know.", {2}),
        ("Can we use that in the article?", "I'm not sure.", {2}),
        ("Can we use that in the article?", "Maybe. It was maybe a bit more than that.", {2}),
        ("Would you mind if we quoted that?", "Hmm. Yes, I do mind.", {2}),
        ("May we print that number?", "That's a hard no.", {2}),
        ("May we print that number?", "Ooh, careful. No.", {2}),
        ("May we print that number?", "I wish you wouldn't.", {2}),
        ("May we print that number?", "If the co-op's happy, I'm happy.", {2}),
        ("May we print that number?", "Once the board has seen it, yes.", {2}),
        ("May we print that number?", "Up to Martin, really.", {2}),
        ("May we print that number?", "In the brochure yes, online no.", {2}),
        ("May we print that number?", "Anyway, what I wanted to show you is the graph.", {2}),
        ("May we print that number?", "Er...", {2}),
        ("May we print that number?", "What would you do with it?", {2}),
        ("Do you mind if we mention that number?", "Well, yes, a bit.", {2}),
        ("May we print that number?", "Why wouldn't you?", set()),
        ("May we print that number?", "Knock yourself out.", set()),
        ("May we print that number?", "It's in our annual report.", set()),
        ("May we print that number?", "My boss would have to agree first.", {2}),
        ("How long was that out?", "About three weeks.", set()),
        ("Can we go back to the start?", "About three weeks ago we met the vendor.", set()),
        ("May I use her name?", "She was so proud of the garden.", set()),
        ("Can we use that in the article?", "It was in the papers, maybe twice.", set()),
        ("Can we use that in the article?", "I don't know why not. Yes, use it.", set()),
        ("How did you find it?", "Hmm. I'd have to think about it.", set()),
        ("Is there any problem if we print that?", "Yes, a big one.", {2}),
        ("Any objection if we quoted that?", "None.", set()),
        ("Do you have an issue if it appears?", "Not really.", set()),
        ("Can we use that to work out the yearly cost?", "It would be about half a million.", set()),
        ("Can we share that dashboard with the drivers?", "They look at it each morning.", set()),
        ("Let us use a round number: how much did you save?", "Around forty thousand.", set()),
        ("May we print that in the article?", "The board meets on Monday.", {2}),
        ("Is that public?", "We announced it in March.", set()),
        ("Can we use that?", "Please.", set()),
        ("Can we use that?", "Mm hm.", set()),
        ("Can we use that?", "I'd love that gone.", {2}),
        ("Can we use that?", "I'd be honoured.", set()),
    ],
)
def test_an_answer_that_leaves_it_open_only_holds_the_last_answer_back(call, asked, answer, held):
    readings = call("I: What was the budget?", "C: We had about ninety thousand set aside for it.", f"I: {asked}", f"C: {answer}")
    assert covered(readings) == set()
    assert covered(readings, "possible") == held


@pytest.mark.parametrize(("between", "barred"), [("No!", {2, 4}), ("And who noticed that?", {4})])
def test_a_refusal_bars_the_whole_story_that_was_told(call, between, barred):
    told = (
        "I: What happened?",
        "C: It sent two hundred people to the wrong shop.",
        f"I: {between}",
        "C: The paper wrote about us the next day.",
    )
    assert covered(call(*told, "I: Can we include that in the story?", "C: Hmm. Rather not.")) == barred


def test_a_refusal_is_cited_by_the_words_that_refuse(call):
    readings = call("I: What was the budget?", "C: We had about ninety thousand.", "I: Can I use that?", "C: Hmm. Well. Rather not. Sorry.")
    assert [b.text for b in find_boundaries(readings[-1])] == ["Rather not."]


@pytest.mark.parametrize(
    "promise", ["I'll leave the amount out.", "Don't worry, I won't put the number in.", "We can keep that vague in the write-up."]
)
def test_an_interviewers_promise_bars_in_whatever_words(call, promise):
    readings = call("I: What was the budget?", "C: We had about ninety thousand set aside for it.", f"I: {promise} How did you choose?")
    assert covered(readings) == {2}


@pytest.mark.parametrize("asked", ["Off the record, what did you think of them?", "Between us, who was the other vendor?"])
def test_what_answers_a_question_off_the_record_is_off_the_record(call, asked):
    assert covered(call(f"I: {asked}", "C: It was Cargoline, and they were twice the price.")) == {2}


@pytest.mark.parametrize(
    "lead", ["If I tell you, you can't print it.", "Can I tell you something off the record?", "This next part is off the record."]
)
def test_an_announced_confidence_bars_the_answer_that_follows_it(call, lead):
    assert 3 in covered(call(f"C: {lead}", "I: Of course.", "C: We are buying a competitor in Denmark."))


def test_a_boundary_that_is_taken_back_at_once_bars_nothing(call):
    assert covered(call("I: Its name?", "C: It was called Wally. Don't put that in. No, you can put it in, everyone knows.")) == set()


def test_words_that_are_scrapped_for_a_better_number_are_still_told(call):
    assert covered(call("I: How many?", "C: We had forty, scratch that, fourteen drivers on the road.")) == set()


def test_that_with_nothing_said_before_it_reaches_back_to_the_last_answer(call):
    assert covered(call("I: What happened?", STORY, "I: Goodness.", "C: Oh, sorry, don't put that in. They'd kill me.")) == {2}


def test_a_name_reaches_back_to_the_answers_that_hold_it(call):
    readings = call(
        "I: Who noticed?", "C: Wilma did, she was on the night shift then.", "I: And?", "C: Wilma rang me at four in the morning.",
        "I: And now?", "C: Leave Wilma out of it, if you would.",
    )  # fmt: skip
    assert covered(readings) == {2, 4}


def test_what_was_told_earlier_is_found_anywhere_in_the_call(call):
    lines = ["I: What happened?", STORY]
    for n in range(12):
        lines += [f"I: And question number {n}?", "C: It went well, we trained everybody in a week or so."]
    lines += ["I: Anything else?", "C: One more thing. What I said about the flooded warehouse, could you leave that out?"]
    assert covered(call(*lines)) == {2}


def test_a_colleague_of_the_speaker_bars_what_was_just_said(call):
    readings = call("I: How many?", "C: We went from seventy-one percent to seventy-eight.", "D: Sorry, those numbers have to come out.")
    assert covered(readings) == {2}
    assert covered(readings, "possible") == {3}


def test_the_talk_stays_off_the_record_until_it_is_back_on(call):
    readings = call(
        "C: Can we go off the record?", "I: Sure.", "C: The founder was against it from the start.", "I: Why?",
        "C: He had built the old tool himself.", "I: Thanks. Back on the record now. What came next?", "C: We signed in June with a pilot.",
    )  # fmt: skip
    assert covered(readings) == {3, 5}


def test_a_request_to_go_off_the_record_that_is_turned_down_bars_nothing(call):
    readings = call("C: Can we go off the record?", "I: No, I'd rather not, sorry.", "C: Fine, then we signed in June with a pilot.")
    assert covered(readings) == set()


def test_an_offer_to_leave_it_out_that_is_taken_bars_the_answer_before_it(call):
    assert covered(call("I: What happened?", STORY, "I: Do you want me to leave that out?", "C: Yes please.")) == {2}


def test_an_interviewers_promise_to_leave_it_out_bars_the_answer_before_it(call):
    assert covered(call("I: What happened?", STORY, "I: I'll leave that out. What came next?")) == {2}


def test_a_boundary_cites_the_words_of_its_turn(call):
    reading = call("I: What happened?", "C: We lost two million. That's not for your article, mind. Anyway.")[-1]
    (boundary,) = find_boundaries(reading)
    assert reading.turn.text[boundary.start : boundary.end] == boundary.text
    assert "two million" in boundary.text


@pytest.mark.parametrize(
    "text", ["Nah, let's not have that one in the write-up, hey.", "I'd hate to see that in print.", "Kindly do not publish this."]
)
def test_a_request_in_words_that_no_list_holds_is_heard(call, text):
    assert covered(call("I: What happened?", f"C: We lost two million on it. {text}"), "clear", "possible") == {2}


def test_words_of_printing_and_sharing_in_daily_work_ask_for_nothing(call):
    said = "We print two labels for every box. We share the numbers with the team on Friday, and they put them on the wall."
    assert covered(call("I: How does it work?", f"C: {said}")) == set()


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("I'm not sure the hotel would want that told.", "Of course, no name. What came next?"),
        ("They might not like to see themselves in there.", "Understood, it stays out. What came next?"),
        ("It was ninety-four, but my buyers read, so put over ninety.", "Over ninety, noted, no exact figure. What came next?"),
    ],
)
def test_what_only_may_be_a_request_is_one_where_the_reply_promises_it(call, said, reply):
    asked = ("I: What happened?", "C: A hotel sent ninety loaves back to us.", "I: And then?", f"C: {said}")
    assert covered(call(*asked, f"I: {reply}"), "clear", "possible") >= {4}
    assert covered(call(*asked, "I: Lovely. How many people work there?"), "clear") == set()


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("We sold about ninety a week.", "Ninety, lovely. What came next?"),
        ("We keep that in a separate system.", "Got it. What came next?"),
        ("I can't say enough about the support.", "I'll tell them. What came next?"),
        ("It's a contract between us and the supplier.", "Okay. What came next?"),
        ("Patient files are confidential data, so it runs on site.", "Right. And how many users?"),
        ("Yes, go ahead and record.", "Thank you. So who are you?"),
        ("It's quiet here, they're all at lunch.", "Lucky you. So who are you?"),
    ],
)
def test_talk_that_asks_for_nothing_is_not_held_back_whatever_the_reply(call, said, reply):
    readings = call("I: Tell me more?", "C: We moved the stock in the spring.", "I: And then?", f"C: {said}", f"I: {reply}")
    assert covered(readings, "clear", "possible") == set()


def test_a_boundary_is_clear_in_the_turns_that_it_names_and_possible_in_the_turn_that_asks(call):
    readings = call("I: What happened?", STORY, "I: Goodness.", "C: Oh, sorry, don't put that in. They'd kill me.")
    assert covered(readings, "clear") == {2}
    assert covered(readings, "possible") == {4}


def test_a_colleague_who_corrects_may_mean_the_answer_before_the_last(call):
    readings = call(
        "I: What happened?", "C: We lost the Maritime Hotel over a box of nuts.", "I: Oh no.", "C: I tell that at every meeting.",
        "D: Sorry, the hotel shouldn't be named.",
    )  # fmt: skip
    assert covered(readings, "clear", "possible") == {2}


def test_leave_to_use_that_is_refused_may_bar_what_it_was_asked_about(call):
    readings = call(
        "I: Who noticed?", "C: The lady at the top of the street did, with her two sticks.", "I: Can I use her?",
        "C: I'd need to ask her first. She is very private, so leave her out till I have.",
    )  # fmt: skip
    assert covered(readings, "clear", "possible") == {2, 4}


def test_a_request_for_a_rounder_number_bars_the_exact_one(call):
    readings = call("I: How much?", "C: It was 287 thousand a year. But in print just make that a third, please, no dollar figures.")
    assert covered(readings, "clear", "possible") == {2}


TOLD = ("I: Was it reviewed?", "C: There was a review in which I praised the sentence, in the spring bulletin.", "I: Anything else?")


@pytest.mark.parametrize(
    "said",
    [
        "You'll have it on Monday. And leave out the review.",
        "I'd sooner the review wasn't in it.",
        "Please don't write about the review.",
    ],
)
def test_a_late_request_bars_what_it_names(call, said):
    assert 2 in covered(call(*TOLD, f"C: {said}"), "clear", "possible")


@pytest.mark.parametrize("said", ["That won't go in.", "That never gets put in.", "They never get mentioned."])
def test_what_does_not_go_in_by_itself_bars_nothing(call, said):
    told = "C: There are two forms, and one of them has a box for the weight of the reel."
    assert covered(call("I: And the two forms?", told, "I: Go on.", f"C: The second one is short. {said}"), "clear", "possible") == set()


@pytest.mark.parametrize("said", ["We had to leave out the review.", "They left out the review.", "I'd rather the review was longer."])
def test_talk_about_what_was_named_bars_nothing(call, said):
    assert covered(call(*TOLD, f"C: {said}"), "clear", "possible") == set()


def test_a_request_of_another_customer_in_words_just_told_is_no_correction_of_wording(call):
    told = "C: There are onions floating in the big tank, about two hundred of them."
    assert 2 in covered(call("I: What happened then?", told, "D: Please don't write about the onions."), "clear", "possible")


def test_words_in_quotation_marks_bar_nothing(call):
    said = 'C: Sometimes a check fails and the team goes "This cannot go out." So we fix it and ship it the next day.'
    assert covered(call("I: What happens then?", said)) == set()


def test_a_feature_that_was_turned_off_leaves_the_talk_on_the_record(call):
    readings = call(
        "I: What do people not use?",
        "C: The risk score, we turned that off in the second week.",
        "I: Oh, why did you turn it off?",
        "C: A number makes people stop reading. You can't ring a client and say that it's a sixty-three.",
    )
    assert covered(readings, "clear", "possible") == set()


@pytest.mark.parametrize("last", ["", " Not for the story."])
def test_boundaries_close_by_are_told_as_one_from_the_first_word_to_the_last(call, last):
    said = "Well, wait. This bit is not for outside. The leak cost us nineteen thousand litres. That we don't want to see in the story."
    (boundary,) = find_boundaries(call("I: Was there a bad day?", f"C: {said}{last}")[-1])
    assert boundary.text == said + last


def test_a_phrase_of_a_known_form_is_found_and_its_words_are_filled_in():
    lexicon = phrase_lexicon({"back.order": ["don't print <that>"], "refuse": ["no comment"]}, {"that": "that|this"}, "back")
    assert [m.label for m in lexicon.find(["don't", "print", "this"])] == ["back.order"]
    assert not lexicon.find(["no", "comment"])


@pytest.mark.parametrize("label", ["back.ordr", "ahead", "indirect.orders"])
def test_a_phrase_of_an_unknown_form_is_an_error_that_names_it(label):
    with pytest.raises(ValueError, match=rf"phrases\.{label}: no form is called .*order, request"):
        phrase_lexicon({label: ["don't print that"]}, {}, "back")


@pytest.mark.parametrize(
    ("answer", "barred"),
    [
        ("Yes, go ahead and record, but switch it off when we get to pricing.", set()),
        ("Sure, I'll tell you when to stop the recording.", set()),
        ("Yes. Actually, can you switch the recorder off for this bit?", {4, 6}),
    ],
)
def test_a_switch_to_come_leaves_the_talk_on_the_record(call, answer, barred):
    readings = call(
        "I: May I record this?", f"C: {answer}", "I: Deal. What do you do?", "C: We make cold chain boxes, sixty thousand a year.",
        "I: Who buys them?", "C: The hospitals buy most of the boxes, in winter.",
    )  # fmt: skip
    assert covered(readings) == barred


def test_an_answer_about_the_recording_bars_no_other_answer_to_it(call):
    check = "D: Hmm, I'd have to check with our comms people first."
    assert covered(call("I: Would you both be OK with being recorded?", "C: Yes, fine by me.", check), "clear", "possible") == set()
    told = call("I: What was the budget?", "C: We had ninety thousand set aside for it.", "D: Hmm, please leave that out of the article.")
    assert 2 in covered(told, "clear", "possible")
    later = call(
        "I: May I record this?", "C: Yes.", "I: The budget?", "C: We had ninety thousand for it.", "D: Leave that out of the article."
    )
    assert 4 in covered(later, "clear", "possible")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("I'm not comfortable with the budget figures being in there.", True),
        ("I'm uneasy about that one going out.", True),
        ("I don't love the idea of that being online.", True),
        ("Hold off on publishing that number until the auditors are done.", True),
        ("Sit on that until September, would you.", True),
        ("It's too early to print that.", True),
        ("I'm not comfortable with the drivers going home late.", False),
        ("We held off on buying the second one until June.", False),
        ("It was too early to judge the pilot.", False),
        ("I'd be nervous about that being public.", True),
        ("You'd better sit on that till the board pack's out.", True),
        ("Could you hold off on printing that?", True),
        ("Staff were uneasy about the tool being in the warehouse.", False),
        ("The union was not happy with that going out at night.", False),
        ("We had to hold off on publishing the catalogue till May.", False),
        ("They hold off on printing the labels until the truck is there.", False),
        ("It was too early to publish the catalogue.", False),
        ("I'm not keen on the vans being out after ten.", False),
    ],
)
def test_who_is_uneasy_or_asks_to_wait_may_mean_the_answer_before(call, said, held):
    told = ("I: What was the budget?", "C: We had about ninety thousand set aside for it.", "I: That's a lot.")
    assert (2 in covered(call(*told, f"C: {said}", "I: Okay."), "clear", "possible")) is held


@pytest.mark.parametrize(
    ("after", "clear"),
    [
        ("No, hang on, it went on Thursday. Use it.", False),
        ("The other one you can use.", True),
        ("No, really, it would hurt us.", True),
    ],
)
def test_a_request_that_its_own_turn_takes_back_is_not_clear(call, after, clear):
    told = ("I: What was the budget?", "C: We had about ninety thousand set aside for it.", "I: That's a lot.")
    readings = call(*told, f"C: You'd better sit on that till the board pack's out. {after}", "I: Okay.")
    assert (2 in covered(readings)) is clear
    assert 2 in covered(readings, "clear", "possible")
