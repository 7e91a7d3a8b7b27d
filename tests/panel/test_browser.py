from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from copilot import Background, Transcript
from copilot.actions import Dismiss, End
from copilot.turns import LiveSegment

from ..pages import contrast
from .serving import ANSWER, QUESTION, Served, Staged, play, serving, staged, start

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so no page is looked at")
pytestmark = pytest.mark.browser
HOSTILE = (
    '<script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'"> &amp; "quoted"'
    "\u202egnisrever\u2066 a line\u2028and another"
)


@contextmanager
def opened(browser: Any, served: Served, forgiven: str = "no such words", **options: Any) -> Iterator[Any]:
    """Open the printed link; afterwards nothing may have failed on the page, and nothing have been asked of another place."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    context.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(5_000)
    page.goto(served.link)
    page.wait_for_selector("body[data-link=open]")
    yield page
    context.close()
    assert [fault for fault in faults if forgiven not in fault] == []
    assert [url for url in asked if not url.startswith(f"{served.url}/")] == []


def question(page: Any) -> str:
    return str(page.locator("#question").inner_text())


def wait_for(page: Any, words: str) -> None:
    api.expect(page.locator("#question")).to_contain_text(words)


def test_a_replayed_call_shows_its_coverage_its_numbers_and_a_probe_with_its_words(
    browser: Any, sample: Path, sample_background: Path
) -> None:
    known = Background.load(sample_background)
    stage = staged(background=known)
    with serving(stage.call) as served, opened(browser, served) as page:
        assert page.url == f"{served.url}/"
        wait_for(page, "Waiting for the first words.")
        play(stage, list(Transcript.load(sample, background=known))[13:16])
        probe = stage.call.board.probe
        assert probe is not None
        api.expect(page.locator("#words")).to_have_text(f"“{probe.text}”")
        assert question(page).endswith("?")
        assert page.locator("#why").inner_text()
        assert page.locator("#voice").inner_text().startswith("Maeve Tierney, ")
        assert page.locator("#sections details").count() == 6
        assert page.locator("#total").inner_text().endswith("of 30")
        assert "missing: " in page.locator("#metric-list").inner_text()
        assert page.locator("#link-text").inner_text() == "Listening"
        assert "min left" in page.locator("#left").inner_text()


def test_a_click_on_asked_takes_the_probe_away_and_a_reload_keeps_it_so(browser: Any, stage: Staged, served: Served) -> None:
    stage.probe()
    with opened(browser, served) as page:
        first = question(page)
        page.get_by_role("button", name="Asked").click()
        api.expect(page.locator("#question")).not_to_have_text(first)
        after = question(page)
        page.reload()
        page.wait_for_selector("body[data-link=open]")
        assert question(page) == after
        assert page.url == f"{served.url}/"


def test_the_keyboard_alone_shows_where_it_is_and_pins_and_dismisses(browser: Any, stage: Staged, served: Served) -> None:
    gap = stage.probe()
    with opened(browser, served) as page:
        page.keyboard.press("p")
        pinned = page.locator("#pinned-list li")
        api.expect(pinned).to_have_count(1)
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        pinned.get_by_role("button", name="Asked").focus()
        page.keyboard.press("d")
        api.expect(pinned).to_have_count(0)
    assert gap in stage.call.session.ledger.rulings.dismissed


def test_a_key_counts_from_the_first_moment_of_a_page(browser: Any, stage: Staged, served: Served) -> None:
    stage.probe()
    with opened(browser, served) as page:
        page.evaluate("performance.now = () => 1")
        page.keyboard.press("p")
        api.expect(page.locator("#pinned-list li")).to_have_count(1)


def test_keys_open_a_section_and_mark_its_topics_and_the_help_lists_them(browser: Any, stage: Staged, served: Served) -> None:
    with opened(browser, served) as page:
        page.keyboard.press("3")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("c")
        marked = page.locator("#sections details").nth(2).locator("li").nth(1)
        api.expect(marked).to_contain_text("covered, by you")
        assert marked.evaluate("li => li.contains(document.activeElement)")
        page.keyboard.press("n")
        api.expect(marked).to_contain_text("open, by you")
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="Keys").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog", name="Keys").is_visible()


def test_the_page_finds_a_server_again_that_was_started_anew(browser: Any, stage: Staged) -> None:
    served = start(stage.call)
    with opened(browser, served, forgiven="net::ERR_") as page:
        served.stop()
        page.wait_for_selector("body[data-link=lost]")
        stage.probe()
        again = start(stage.call, served.port)
        try:
            page.wait_for_selector("body[data-link=open]")
            probe = stage.call.board.probe
            assert probe is not None
            assert page.locator("#words").inner_text() == f"“{probe.text}”"
        finally:
            again.stop()


def test_hostile_text_stays_text_wherever_it_is_shown(browser: Any, stage: Staged, served: Served) -> None:
    with opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say(f"It has saved us a fortune {HOSTILE} every day, honestly, and remakes are down forty percent.", f"Carl Moss {HOSTILE}")
        stage.say(f"{HOSTILE}", "Carl Moss")
        api.expect(page.locator("#lines")).to_contain_text("<script>")
        assert page.locator("#lines").inner_text().count("onerror") >= 2
        assert page.locator("main script, aside script, footer script, main img, aside img, footer img").count() == 0
        assert "taken" not in page.title()


def test_after_the_call_its_documents_open_in_a_sandbox(browser: Any, stage: Staged, served: Served) -> None:
    stage.probe()
    with opened(browser, served) as page:
        page.get_by_role("button", name="End call").click()
        page.get_by_role("button", name="Press again to end").click()
        wait_for(page, "The call is over.")
        with page.context.expect_page() as opening:
            page.get_by_role("link", name="Read").first.click()
        document = opening.value
        document.wait_for_load_state()
        assert document.url == f"{served.url}/documents/email.html"
        assert document.locator("h1").count() == 1
        assert document.evaluate("self.origin") == "null"


def test_the_page_fits_every_width_and_its_text_stands_out_in_light_and_dark(browser: Any, stage: Staged, served: Served) -> None:
    stage.probe()
    with opened(browser, served) as page:
        for width in (320, 700, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for place in ("#question", "#why", "#voice", "h2", "#now [data-do=asked]", ".missing"):
                assert contrast(*colours(page, place)) >= 4.5, (scheme, place)


def test_a_source_that_is_lost_is_told_at_every_width_until_it_is_back(browser: Any, stage: Staged, served: Served) -> None:
    stage.probe()
    with opened(browser, served) as page:
        for width in (320, 667, 1280):
            page.set_viewport_size({"width": width, "height": 667})
            stage.call.note("relay: connection lost; 3 lines could not be read", lost=True)
            api.expect(page.locator("#link-text")).to_have_text("Connection to the call lost")
            api.expect(page.locator("#source")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            stage.call.note("connected to relay")
            api.expect(page.locator("#link-text")).to_have_text("Listening")


@pytest.mark.parametrize(("width", "height"), [(375, 667), (667, 375), (1280, 800)])
def test_what_can_be_done_with_a_question_is_in_sight_however_much_is_said(
    browser: Any, stage: Staged, served: Served, width: int, height: int
) -> None:
    stage.say(*QUESTION)
    stage.say(f"We took it since everybody who saw it {'really ' * 20}liked it, and it has saved us a fortune, honestly.", "Carl Moss")
    uncovered = (
        "e => { const r = e.getBoundingClientRect(); return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"
    )
    with opened(browser, served) as page:
        page.set_viewport_size({"width": width, "height": height})
        for button in page.locator("#acts button").all():
            assert button.evaluate(uncovered)
        assert "honestly." in page.locator("#lines").inner_text()


def test_what_the_email_asks_stands_apart_with_its_words_and_the_rest_unfolds(
    browser: Any, stage: Staged, served: Served, sample: Path
) -> None:
    for turn in list(Transcript.load(sample))[:40]:
        stage.call.hear(LiveSegment(id=f"t{turn.turn}", text=turn.text, speaker={"customer": "Carl Moss"}.get(turn.role, "Ines Vale")))
    stage.call.act(End())
    email, plan = stage.call.session.draft("email"), stage.call.board.plan
    assert plan is not None
    with opened(browser, served) as page:
        asked = page.locator("#plan .requests").inner_text()
        assert all(request.spans[0].quoted in asked for request in email.requests if request.spans)
        assert page.locator("#plan .requests li").count() == len(email.requests)
        assert page.locator("#plan .email h3").inner_text() == "Not in the email"
        hidden = page.locator("#plan .email details")
        assert not hidden.locator("li").first.is_visible()
        hidden.locator("summary").click()
        assert page.locator("#plan .email li").count() == len(plan.email)
        assert hidden.locator("li").last.is_visible()


def test_an_action_that_did_not_arrive_is_told_until_the_page_is_connected_again(browser: Any, stage: Staged) -> None:
    served = start(stage.call)
    stage.probe()
    with opened(browser, served, forgiven="net::ERR_") as page:
        served.stop()
        page.get_by_role("button", name="Pin").click()
        api.expect(page.locator("#failure")).to_contain_text("did not reach")
        again = start(stage.call, served.port)
        try:
            api.expect(page.locator("#failure")).to_be_hidden()
        finally:
            again.stop()


def test_a_small_count_of_nothing_stands_behind_the_numbers_that_lack_something(browser: Any, stage: Staged, served: Served) -> None:
    stage.say(*QUESTION)
    stage.say("It cost us eighty-six thousand dollars, and we tried a couple of bits.", "Carl Moss")
    assert {m.text for m in stage.call.board.metrics} == {"eighty-six thousand dollars", "a couple of bits"}
    with opened(browser, served) as page:
        api.expect(page.locator("#metric-list")).to_contain_text("eighty-six thousand")
        assert "a couple of bits" not in page.locator("#metric-list").inner_text()


def test_a_number_before_is_told_without_the_unit_that_the_number_names(browser: Any, stage: Staged, served: Served) -> None:
    stage.say(*QUESTION)
    stage.say("We went from 112 remakes a month to 40 remakes a month.", "Carl Moss")
    metric = next(m for m in stage.call.board.metrics if m.baseline)
    assert metric.baseline is not None
    assert metric.baseline.unit == "remake"
    with opened(browser, served) as page:
        api.expect(page.locator("#metric-list, #more-list").filter(has_text="112")).to_contain_text("before: 112")
        assert "112 remake" not in page.locator("#metrics .small").all_inner_texts()


def colours(page: Any, place: str) -> list[list[int]]:
    """Return the colour of a text and that of what it stands on."""
    script = """element => {
        let behind = element;
        while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
        return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor]
            .map(color => color.match(/\\d+/g).slice(0, 3).map(Number));
    }"""
    return page.locator(place).first.evaluate(script)


def test_a_plan_takes_the_place_of_a_question_and_nothing_is_said_to_be_left_to_ask_but_it(browser: Any) -> None:
    stage = staged(minutes=12)
    with serving(stage.call) as served, opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say("We sat there, all of us.", "Carl Moss")
        stage.call.session.ledger.rulings.dismissed.update(stage.call.session.ledger.gaps)
        stage.wait()
        wait_for(page, "Nothing to ask. Listen.")
        api.expect(page.locator("#plan")).to_be_hidden()
        for _ in range(24):
            stage.wait()
        wait_for(page, "Nothing new to ask.")
        assert page.locator("#plan .ask_now li").count() > 1
        assert page.locator("#plan .ask_now li").nth(1).evaluate("e => e.getBoundingClientRect().bottom") < 500


def test_without_a_large_question_keys_act_on_the_first_pinned_one_which_is_in_sight(browser: Any, stage: Staged, served: Served) -> None:
    gap = stage.probe()
    with opened(browser, served) as page:
        page.keyboard.press("p")
        pinned = page.locator("#pinned-list li")
        api.expect(pinned).to_have_count(1)
        for other in [g for g in stage.call.session.ledger.gaps if g != gap]:
            stage.call.act(Dismiss(gap=other))
        wait_for(page, "Nothing to ask.")
        assert pinned.evaluate("e => e.getBoundingClientRect().bottom < document.querySelector('footer').getBoundingClientRect().top")
        page.wait_for_timeout(500)
        page.keyboard.press("p")
        api.expect(pinned).to_have_count(0)
        page.keyboard.press("d")
    assert gap not in stage.call.session.ledger.rulings.dismissed


def test_a_planned_question_is_asked_or_dismissed_and_the_time_that_is_up_is_told(browser: Any) -> None:
    stage = staged(minutes=8)
    with serving(stage.call) as served, opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say("We sat there, all of us.", "Carl Moss")
        planned = page.locator("#plan .ask_now li")
        first = planned.first.locator(".acts")
        topic = first.get_attribute("data-topic")
        first.get_by_role("button", name="Asked").click()
        api.expect(page.locator(f"#plan [data-topic='{topic}']")).to_have_count(0)
        assert stage.call.session.ledger.rulings.marks == {}
        assert stage.call.session.ledger.topics[topic].state == "open"
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement === document.body")
        for _ in range(60):
            stage.wait()
        wait_for(page, "The time is up.")
        api.expect(page.locator("#plan-title")).to_have_text("If one more can be asked")
        api.expect(planned).to_have_count(2)
        assert page.locator("#plan + #pinned").count() == 1


def test_a_planned_question_shows_the_words_that_it_is_about_and_who_said_them(browser: Any) -> None:
    stage = staged(minutes=8)
    stage.call.session.ledger.brushed.update(stage.call.session.guide.topics)
    with serving(stage.call) as served, opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say(*ANSWER)
        stage.say("And who decided it?", "Ines Vale")
        stage.say("It was decided in the spring, and it was a nightmare.", "Carl Moss")
        said = page.locator("#plan .ask_now li p.small")
        api.expect(said.first).to_contain_text("Carl Moss")


def test_what_is_off_the_record_is_told_without_its_words_and_the_last_answer_is_kept_out_on_request(
    browser: Any, stage: Staged, served: Served
) -> None:
    with opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say("It cost us forty thousand.", "Carl Moss")
        api.expect(page.locator("#consent")).to_have_text("Recording: not asked yet")
        api.expect(page.locator("#kept-list li")).to_have_count(0)
        page.keyboard.press("k")
        api.expect(page.locator("#keep")).to_contain_text("Press again to keep out turn 2 (Carl Moss, ")
        assert stage.call.board.kept_back == ()
        page.keyboard.press("k")
        api.expect(page.locator("#kept-list")).to_contain_text("kept out: turn 2 (Carl Moss")
        assert "thousand" not in page.locator("#record").inner_text()
        assert page.locator("#record").get_by_role("button", name="Release").count() == 0


def test_what_is_only_perhaps_off_the_record_is_released_with_a_button(browser: Any, stage: Staged, served: Served) -> None:
    with opened(browser, served) as page:
        stage.say(*QUESTION)
        stage.say("The hotel moved the stock. They wouldn't thank me for telling you.", "Carl Moss")
        page.get_by_role("button", name="Release turn 2").click()
        api.expect(page.locator("#kept-list li")).to_have_count(0)
        assert stage.call.board.kept_back == ()


@pytest.mark.parametrize(("width", "shown"), [(1280, True), (390, False)])
def test_keys_are_hinted_at_on_a_wide_page_alone(browser: Any, stage: Staged, served: Served, width: int, shown: bool) -> None:
    stage.probe()
    with opened(browser, served) as page:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.locator("#acts kbd").first.is_visible() is shown
