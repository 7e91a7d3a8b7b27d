from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copilot.reports.call import CallReport, to_page

from ...conftest import call
from .conftest import report_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so no page is looked at")

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of a browser's own window, as a phone in a light room has it."""
    context = browser.new_context(viewport=PHONE, color_scheme="light")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def noises(tab: Page) -> tuple[list[str], list[str]]:
    """Return two lists that fill while a page is shown: what it complains of, and what it asks for."""
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda problem: complaints.append(str(problem)))
    tab.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: requests.append(request.url))
    return complaints, requests


@pytest.mark.parametrize("name", ["sample_page", "hostile_page"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_a_page_asks_for_nothing_complains_of_nothing_and_fits_the_screen(
    tab: Page, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    path: Path = request.getfixturevalue(name)
    complaints, requests = noises(tab)
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto(path.as_uri())
    tab.wait_for_selector("button[data-copy]:not([hidden])", state="attached")
    assert [r for r in requests if not r.startswith(("file:", "data:"))] == []
    assert len([r for r in requests if r.startswith("file:")]) == 1
    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_opening_every_table_still_fits_a_phone(tab: Page, sample_page: Path) -> None:
    tab.goto(sample_page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(("media", "width"), [("screen", 1280), ("screen", 768), ("print", 670), ("screen", 360)])
def test_no_table_is_cut_off(tab: Page, sample_page: Path, media: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(media=media)  # type: ignore[arg-type]
    tab.goto(sample_page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    cut = "[...document.querySelectorAll('.wide')].filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.ariaLabel)"
    assert tab.evaluate(cut) == []


def pasted(tab: Page) -> str:
    """Return what is pasted into a new tab."""
    other = tab.context.new_page()
    other.set_content("<textarea autofocus></textarea>")
    other.focus("textarea")
    other.keyboard.press("Control+V")
    return other.input_value("textarea")


def test_a_copy_button_copies_its_quote_and_says_so(tab: Page, sample_page: Path, sample_report: CallReport) -> None:
    tab.goto(sample_page.as_uri())
    button = tab.locator("blockquote button").first
    button.click()
    api.expect(tab.locator("#said")).to_have_text("Copied.")
    assert button.inner_text() == "Copied"
    quote = sample_report.quotes[0]
    assert pasted(tab) == f"{quote.quoted} — {quote.by}"


def test_the_keyboard_alone_skips_to_the_call_and_copies(tab: Page, sample_page: Path, sample_report: CallReport) -> None:
    tab.goto(sample_page.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the call"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    for _ in range(10):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    tab.keyboard.press("Enter")
    api.expect(tab.locator("#said")).to_have_text("Copied.")
    assert pasted(tab).startswith("1. ")


def test_a_dark_room_gets_a_dark_page(tab: Page, sample_page: Path) -> None:
    tab.goto(sample_page.as_uri())
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(ground)
    tab.emulate_media(color_scheme="dark")
    assert (light, tab.evaluate(ground)) == ("rgb(253, 252, 250)", "rgb(25, 24, 22)")


def test_print_has_no_buttons_and_gives_a_document(tab: Page, sample_page: Path) -> None:
    tab.goto(sample_page.as_uri())
    tab.emulate_media(media="print")
    assert tab.locator("blockquote button").first.is_hidden()
    assert tab.locator("nav").is_hidden()
    assert tab.locator("svg#growth").is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF-")


def test_the_labels_of_a_picture_do_not_run_into_each_other(tab: Page, sample_page: Path) -> None:
    tab.goto(sample_page.as_uri())
    overlapping = tab.evaluate(
        """() => [...document.querySelectorAll('svg')].flatMap(svg => {
            const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
            return boxes.flatMap(([a, one], n) => boxes.slice(n + 1)
                .filter(([b, two]) => one.left < two.right && two.left < one.right && one.top + 3 < two.bottom && two.top + 3 < one.bottom)
                .map(([b]) => `${svg.id}: ${a} / ${b}`));
        })"""
    )
    assert overlapping == []


def test_without_a_script_the_page_has_no_dead_buttons(browser: Browser, sample_page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(sample_page.as_uri())
    assert tab.locator("button:visible").count() == 0
    assert tab.locator("blockquote").first.is_visible()
    context.close()


def test_a_call_without_times_is_drawn_along_its_turns(tab: Page, tmp_path: Path) -> None:
    turns = [t.model_copy(update={"start": None, "end": None}) for t in call("I: How was it?", "C: It's saved us a fortune.")]
    path = tmp_path / "turns.html"
    path.write_bytes(to_page(report_of(turns)))
    tab.goto(path.as_uri())
    assert "turns serve as the axis" in tab.inner_text("footer >> nth=-1")
    assert "turn 1" in tab.locator("svg#sections").text_content()  # type: ignore[operator]
