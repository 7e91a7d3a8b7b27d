from __future__ import annotations

from typing import Any

import pytest

from copilot import Background, BackgroundError, Guide, GuideError

TOPIC = "{id: yield, title: Yield, question: How much do you pick?}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("goals: fewer remakes", "goals: a list is expected, not the text 'fewer remakes'"),
        ("participants: [Dana Ruiz]", "participants.1: a mapping of keys to values is expected, not the text 'Dana Ruiz'"),
        ("customer: Harbour Glass", "customer: a mapping of keys to values is expected, not the text 'Harbour Glass'"),
        ("vendor: [Larkfield]", "vendor: a text is expected, not a list"),
        ("vendor: {name: Larkfield}", "vendor: a text is expected, not a mapping of keys to values"),
        ("customer: {facts: [64]}", "customer.facts.1: a text is expected, not 64; put it into quotation marks"),
        ("terms: [no]", "terms.1: a text is expected, not false; put it into quotation marks"),
        ("terms: [2026-03-01]", "terms.1: a text is expected, not 2026-03-01; put it into quotation marks"),
        ("terms:", "terms: a list is expected, not nothing"),
        ("participants: [{name: Dana}]", "participants.Dana.role: is missing"),
        (
            "participants: [{name: Dana, role: boss}]",
            "participants.Dana.role: one of 'interviewer', 'customer' or 'colleague' is expected, not the text 'boss'",
        ),
        ("participants: [{name: Dana, role: customer, titel: Owner}]", "unknown key 'participants.Dana.titel'; did you mean 'title'?"),
        ("- goals", "a mapping of keys to values is expected, not a list"),
        ("Larkfield makes windows of every size, and doors", "not the text 'Larkfield makes windows of every size, a…'"),
        ("goals: [a\n", "line 2: not valid YAML"),
        ("vendor: Larkfield\nterms: [lite]\nvendor: Harbour\n", "line 3: not valid YAML (the key 'vendor' is there twice)"),
        ('{"customer": {"company": "A", "company": "B"}}', "line 1: not valid YAML (the key 'company' is there twice)"),
        (
            "vendor: A\nproduct: 2020-13-45\n",
            "line 2: not valid YAML (the text '2020-13-45': month must be in 1..12; put it into",
        ),
        (f"customer: {{facts: [{'9' * 5000}]}}", f"line 1: not valid YAML (the text '{'9' * 40}…': Exceeds the limit"),
        ("terms: [0b_]", "line 1: not valid YAML (the text '0b_': invalid literal"),
        (
            "participants: [{name: Dana, role: customer}, {name: Ines, role: interviewer}, {name: Dana, role: interviewer}]",
            "participants: Dana has two roles, customer and interviewer; give one of them",
        ),
    ],
)
def test_a_fault_of_a_background_file_is_told_by_its_key_and_what_is_expected(text: str, told: str) -> None:
    with pytest.raises(BackgroundError) as caught:
        Background.parse(text)
    assert told in str(caught.value)


def test_a_key_may_stand_once_in_each_mapping_and_a_name_twice_in_one_role() -> None:
    people = "participants: [{name: Dana, role: customer}, {name: Dana, role: customer, email: dana@acme.example}]"
    assert len(Background.parse(people).participants) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: small", "sections: is missing"),
        (
            f"name: small\nsections:\n- id: a\n  title: A\n  topics:\n  - {TOPIC}\n  questions: []",
            "guide: line 7: unknown key 'sections.a.questions'",
        ),
        (
            f"name: small\nsections: [{{id: a, title: A, topics: [{TOPIC[:-1]}, lacking: 70}}]}}]",
            "lacking: a number of 1 or less is expected, not 70",
        ),
        (
            f"name: small\nsections: [{{id: a, title: A, topics: [{TOPIC[:-1]}, lacking: -1}}]}}]",
            "lacking: a number of 0 or more is expected, not -1",
        ),
        (
            "name: small\nsections: [{id: a, title: A, topics: [{id: b, title: B, question: '  '}]}]",
            "line 2: sections.a.topics.b.question: is blank",
        ),
        ("{name: small, sections: []}", "sections: a list of 1 or more is expected, not of 0"),
        (f"{{name: small, sections: [{{id: a, title: A, topics: [{TOPIC[:-1]}, lacking: some}}]}}]}}", "lacking: a number is expected"),
        (
            f"{{name: small, sections: [{{id: a, title: A, topics: [{TOPIC}, {TOPIC}]}}]}}",
            "guide: topic ids must be unique; repeated here: a.yield",
        ),
    ],
)
def test_a_fault_of_a_guide_is_told_by_its_key_and_what_is_expected(text: str, told: str) -> None:
    with pytest.raises(GuideError) as caught:
        Guide.parse(text)
    assert told in str(caught.value)


@pytest.mark.parametrize("given", [{"vendor": "Larkfield"}, None])
def test_what_is_no_text_is_no_file_s_text(given: Any) -> None:
    with pytest.raises(BackgroundError, match=f"^background: YAML or JSON text is expected, not {type(given).__name__}$"):
        Background.parse(given)
    with pytest.raises(GuideError, match=r"^guide: YAML or JSON text is expected"):
        Guide.parse(given)
