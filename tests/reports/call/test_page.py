from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import Turn
from copilot.reports.call import CallReport, to_page
from copilot.reports.call.page import CALL_STYLE

from ...conftest import call
from ...pages import Outline, contrast
from .conftest import report_of

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(params=["sample", "hostile", "empty"])
def page(request: pytest.FixtureRequest) -> bytes:
    """Three pages: a full one, one of a call that attacks it, one of a call without a turn."""
    return to_page(report_of([]) if request.param == "empty" else request.getfixturevalue(f"{request.param}_report"))


def test_every_element_is_closed_and_every_reference_leads_somewhere(page: bytes) -> None:
    outline = Outline(page)
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert (outline.astray, outline.open) == ([], [])
    assert len(ids) == len(set(ids))
    names = ("aria-labelledby", "aria-describedby")
    assert {attributes[n] for _, attributes in outline.elements for n in names if n in attributes} <= set(ids)
    assert {a["href"].removeprefix("#") for a in outline.of("a")} <= set(ids)


def test_headings_come_in_order_under_one_title(page: bytes) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_a_language_a_skip_link_and_one_main_part(page: bytes) -> None:
    outline = Outline(page)
    assert outline.of("html") == [{"lang": "en"}]
    assert outline.of("a")[0] == {"class": "skip", "href": "#main"}
    assert len(outline.of("main")) == 1


def test_every_picture_has_a_title_a_description_and_is_an_image(page: bytes) -> None:
    pictures = re.findall(r"<svg[^>]*>.*?</svg>", page.decode(), re.DOTALL)
    assert pictures
    for picture in pictures:
        assert 'role="img"' in picture
        assert re.match(r'<svg[^>]*><title id="[\w-]+">[^<]+</title><desc id="[\w-]+">[^<]+</desc>', picture)


def test_every_table_names_its_columns_and_every_button_is_one(page: bytes) -> None:
    outline = Outline(page)
    assert all(cell == {"scope": "col"} for cell in outline.of("th"))
    assert all(cell["data-label"] for cell in outline.of("td"))
    assert all(button["type"] == "button" for button in outline.of("button"))
    assert "onclick" not in {name for _, attributes in outline.elements for name in attributes}


def test_nothing_is_loaded_and_only_the_pages_own_style_and_script_may_run(page: bytes) -> None:
    outline, text = Outline(page), page.decode()
    policy = next(m["content"] for m in outline.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not any(name in attributes for _, attributes in outline.elements for name in ("src", "style", "srcset", "action"))
    assert [link["href"] for link in outline.of("link")] == ["data:,"]
    assert "url(" not in CALL_STYLE
    assert "@import" not in CALL_STYLE


def test_what_people_say_stays_text(hostile_report: CallReport) -> None:
    page = to_page(hostile_report)
    outline = Outline(page)
    assert not outline.tags & {"img", "iframe", "object", "form"}
    assert len(outline.of("script")) == 1
    assert "<script>alert" not in page.decode()
    assert "&lt;script&gt;alert(1)" in page.decode()
    assert UNSEEN.findall(page.decode()) == []


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_any_words_give_a_whole_page(asked: str, answer: str) -> None:
    outline = Outline(to_page(report_of(call(f"I: Was it {asked}?", f"C: It's saved us a fortune, {answer}"))))
    assert (outline.astray, outline.open) == ([], [])
    assert len(outline.of("script")) == 1


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ([], "No question is left open."),
        (["nice"], "<strong>1 question</strong> is still open."),
        (["must", "nice"], "<strong>2 questions</strong> are still open, 1 of them needed for the story."),
    ],
)
def test_the_page_begins_with_how_much_is_left_to_ask(sample_report: CallReport, left: list[str], told: str) -> None:
    gap = next(g for g in sample_report.gaps if g.outcome == "open")
    gaps = tuple(gap.model_copy(update={"severity": severity}) for severity in left)
    assert told in to_page(sample_report.model_copy(update={"gaps": gaps, "untouched": ()})).decode()


def test_topics_that_nobody_touched_are_listed_as_left_to_ask() -> None:
    heard = report_of(call("I: What do you do?", "C: We build boats for the river police, mostly in aluminium."))
    report = heard.model_copy(update={"gaps": ()})
    page = to_page(report).decode()
    assert report.untouched
    assert f"<strong>{len(report.untouched)} questions</strong> are still open" in page
    assert f"{len(report.untouched)} topics of the guide are still to be asked about." in page
    assert all(escape(text) in page for topic in report.untouched for text in (topic.probe, topic.why))
    (copied,) = [b["data-copy"] for b in Outline(page.encode()).of("button") if "(Cost of the problem)" in b["data-copy"]]
    assert copied.count("\n") == len(report.untouched) - 1


def test_no_topic_is_left_to_ask_about_where_all_were_touched(sample_report: CallReport) -> None:
    assert "still to be asked about" not in to_page(sample_report.model_copy(update={"untouched": ()})).decode()


def test_quotes_have_buttons_that_hold_their_words(sample_report: CallReport) -> None:
    copied = [b["data-copy"] for b in Outline(to_page(sample_report)).of("button")]
    assert len(copied) == len(sample_report.quotes) + 1
    for quote, words in zip(sample_report.quotes, copied[1:], strict=True):
        assert words == f"{quote.quoted} — {quote.by}"
    assert copied[0].count("\n") == sum(g.outcome == "open" for g in sample_report.gaps) - 1


def test_the_page_names_no_folder_of_the_machine(sample_report: CallReport, sample: Path) -> None:
    page = to_page(sample_report).decode()
    assert sample.name in page
    assert str(sample.parent) not in page


# Contrast, as WCAG 2.2 computes it


def themes() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the colours of the light theme, the dark one, and print."""
    light: dict[str, str] = {}
    blocks = {
        "light": r"^:root \{(.*?)\}",
        "dark": r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}",
        "print": r"@media print \{\s*:root \{(.*?)\}",
    }
    for name, pattern in blocks.items():
        found = dict(light)
        for block in re.findall(pattern, CALL_STYLE, re.DOTALL | re.MULTILINE):
            found |= dict(re.findall(r"--(\w+): (#\w+)", block))
        light = light or found
        yield name, found


THEMES = dict(themes())


def rgb(colour: str) -> bytes:
    return bytes.fromhex(re.sub(r"^(.)(.)(.)$", r"\1\1\2\2\3\3", colour.removeprefix("#")))


def of(theme: str, one: str, other: str) -> float:
    return contrast(rgb(THEMES[theme][one]), rgb(THEMES[theme][other]))


def test_the_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast(rgb("#000"), rgb("#fff")) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert set(THEMES) == {"light", "dark", "print"}
    assert THEMES["light"]["paper"] != THEMES["dark"]["paper"]


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize(
    ("ink", "ground"), [(i, g) for i in ("ink", "soft", "accent", "second") for g in ("paper", "card")] + [("ink", "area")]
)
def test_text_stands_out_by_four_and_a_half_to_one(theme: str, ink: str, ground: str) -> None:
    assert of(theme, ink, ground) >= 4.5


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize(("mark", "ground"), [(m, g) for m in ("mark", "side") for g in ("paper", "track")] + [("mark", "area")])
def test_marks_stand_out_by_three_to_one(theme: str, mark: str, ground: str) -> None:
    assert of(theme, mark, ground) >= 3


def test_a_call_without_a_figure_for_the_story_says_so(sample_report: CallReport) -> None:
    bare = [
        Turn(turn=1, speaker="Ines", role="interviewer", text="How did it go?"),
        Turn(turn=2, speaker="Maeve", role="customer", text="It went well."),
    ]
    assert b"No figure could carry the story yet." in to_page(report_of(bare))
    assert b"No figure could carry" not in to_page(sample_report)
