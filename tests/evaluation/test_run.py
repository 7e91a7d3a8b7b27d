from __future__ import annotations

from pathlib import Path

import pytest

from copilot.errors import SuiteError
from copilot.evaluation import CONTROLS, EVALUATORS, Evals, Report, evaluate, listen_with
from copilot.shipped import folder

from .conftest import SUITE, put


def one_case(root: Path, **case: object) -> Evals:
    put(root / "suites" / "ours.yaml", {"suite": "ours", "cases": [case]})
    put(root / "gates.yaml", {})
    return Evals.load(root)


def test_a_run_pools_the_interviews_of_each_case(report: Report):
    assert [(pool.name, pool.interviews) for pool in report.pools] == [
        ("ours.gaps", 2),
        ("ours.quotes", 2),
        ("ours.robustness.zoom", 1),
        ("ours.robustness.no-punctuation", 1),
    ]
    assert len(report.cases) == 6
    assert report.passed


def test_two_runs_are_the_same(suites: Path, report: Report):
    assert evaluate(Evals.load(suites)) == report


def test_an_interview_is_heard_once_whatever_the_number_of_suites(suites: Path):
    heard: list[str] = []
    listen = listen_with()
    evaluate(Evals.load(suites), lambda interview: heard.append(interview.name) or listen(interview))
    assert heard.count("pottery-again") == 1


TWICE: list[list[dict[str, object]]] = [
    [{"evaluator": "gaps"}, {"evaluator": "gaps", "interview": "pottery", "expect": {"verbatim": {"at_least": 1.1}}}],
    [{"evaluator": "gaps", "interview": ["*", "pottery"]}],
]


@pytest.mark.parametrize("cases", TWICE, ids=["in two cases", "in one case"])
def test_an_interview_that_is_named_twice_counts_once(suites: Path, cases: list[dict[str, object]]):
    once = evaluate(one_case(suites, evaluator="gaps")).pools
    put(suites / "suites" / "ours.yaml", {"suite": "ours", "cases": cases})
    report = evaluate(Evals.load(suites))
    assert report.pools == once
    assert report.passed is (len(cases) == 1)


def test_two_cases_of_one_suite_count_an_interview_once(suites: Path):
    once = evaluate(one_case(suites, evaluator="gaps")).pools
    put(suites / "suites" / "ours.yaml", {"suite": "ours", "cases": [{"evaluator": "gaps"}, {"evaluator": "gaps"}]})
    assert evaluate(Evals.load(suites)).pools == once


def test_two_files_cannot_hold_suites_of_one_name(suites: Path):
    put(suites / "suites" / "more.yaml", {"suite": "ours", "cases": [{"evaluator": "gaps"}]})
    with pytest.raises(SuiteError, match=r"ours\.yaml: the suite 'ours' is in more\.yaml too"):
        Evals.load(suites)


def test_suites_may_have_either_suffix_of_yaml(suites: Path):
    (suites / "suites" / "ours.yaml").rename(suites / "suites" / "ours.yml")
    assert evaluate(Evals.load(suites)).passed
    (suites / "suites" / "other.yml").write_text("nonsense: [")
    with pytest.raises(SuiteError, match=r"other\.yml: line \d: not valid YAML"):
        Evals.load(suites)


@pytest.mark.parametrize("bound", [float("nan"), float("inf")])
def test_a_bound_is_a_finite_number(suites: Path, bound: float):
    with pytest.raises(SuiteError, match="expect"):
        one_case(suites, evaluator="gaps", expect={"tact": {"at_most": bound}})


def test_a_split_keeps_its_interviews(suites: Path):
    assert evaluate(Evals.load(suites), split="test").interviews == ("pottery-again",)


def test_a_gate_on_what_the_split_leaves_out_is_not_looked_at(suites: Path):
    put(suites / "gates.yaml", {"gates": {"ours.robustness.zoom.turns_kept": {"at_least": 1}}})
    assert evaluate(Evals.load(suites), split="test").gates == ()
    assert len(evaluate(Evals.load(suites), split="build").gates) == 1


def test_a_gate_with_nothing_to_count_fails(suites: Path):
    put(suites / "gates.yaml", {"gates": {"ours.gaps.verbatim": {"at_least": 1}}})
    report = evaluate(Evals.load(suites), CONTROLS["silent"].listen)
    assert [gate.failure for gate in report.gates] == ["nothing was counted"]
    assert not report.passed


def test_a_case_fails_where_its_interview_is_out_of_bounds(suites: Path):
    evals = one_case(suites, interview="pottery", evaluator="gaps", expect={"nag_rate": {"at_most": 0.4}})
    report = evaluate(evals, CONTROLS["nagging"].listen)
    assert report.cases[0].failures == ("nag_rate: 0.500 is above 0.4",)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ({"interview": "glassworks", "evaluator": "gaps"}, "names the interview 'glassworks', which has no labels"),
        ({"evaluator": "gasp"}, "no evaluator is named 'gasp'; did you mean 'gaps'"),
        ({"evaluator": "gaps", "variant": "fax"}, "no variant is named 'fax'; there is zoom"),
        ({"evaluator": "gaps", "expect": {"tacct": {"at_least": 1}}}, "gaps has no figure 'tacct'; known: tact"),
        ({"evaluator": "gaps", "expect": {"tact": {}}}, "give at_least, at_most, or both"),
        ({"evaluatr": "gaps"}, "unknown key|Field required"),
    ],
)
def test_a_fault_in_a_suite_is_named(suites: Path, case: dict[str, object], fault: str):
    with pytest.raises(SuiteError, match=fault):
        evaluate(one_case(suites, **case))


def test_an_interview_without_labels_is_an_error_for_a_case_on_all_of_them(suites: Path):
    gold = suites / "interviews" / "pottery-again" / "gold.yaml"
    gold.rename(gold.with_suffix(".yml"))
    with pytest.raises(SuiteError, match=r"pottery-again: holds turns\.jsonl and no gold\.yaml"):
        evaluate(Evals.load(suites))
    assert evaluate(Evals.load(suites), split="build").interviews == ("pottery",)
    assert evaluate(one_case(suites, evaluator="gaps", interview="pottery")).interviews == ("pottery",)


def test_a_gate_on_no_figure_of_the_suites_is_an_error(suites: Path):
    put(suites / "gates.yaml", {"gates": {"ours.gaps.tacct": {"at_least": 1}}})
    with pytest.raises(SuiteError, match=r"no suite gives the figure 'ours.gaps.tacct'"):
        evaluate(Evals.load(suites))


def test_a_suite_that_is_not_there_is_an_error(suites: Path):
    with pytest.raises(SuiteError, match="no suite is named 'theirs'; there is ours"):
        Evals.load(suites, ["theirs"])


def test_a_folder_without_suites_is_an_error(tmp_path: Path):
    with pytest.raises(SuiteError, match="holds no suites"):
        Evals.load(tmp_path)


def test_a_split_needs_a_file_that_says_it(suites: Path):
    (suites / "split.yaml").unlink()
    with pytest.raises(SuiteError, match=r"no split.yaml"):
        evaluate(Evals.load(suites), split="test")


def test_the_shipped_suites_name_known_evaluators_and_their_gates_known_figures():
    evals = Evals.load()
    figures = {f"{pool}.{figure.name}" for pool, evaluator in evals.pools.items() for figure in EVALUATORS[evaluator].figures}
    assert set(evals.gates) <= figures
    assert {suite.suite for suite in evals.suites} >= set(EVALUATORS)


def test_every_shipped_suite_has_a_gate_or_says_why_not():
    gated = {name.split(".")[0] for name in Evals.load().gates}
    assert {suite.suite for suite in Evals.load().suites} - gated <= {"checklist"}


def test_every_gate_says_what_it_guards_against():
    assert all(gate.guards for gate in Evals.load().gates.values())


def test_the_split_names_no_interview_twice():
    partition = Evals.load().partition
    assert partition is not None
    names = [*partition.build, *partition.test, *partition.fresh]
    assert len(names) == len(set(names))


def test_fresh_interviews_are_measured_only_by_themselves(suites: Path):
    put(suites / "split.yaml", {"build": ["pottery"], "fresh": ["pottery-again"]})
    assert evaluate(Evals.load(suites)).interviews == ("pottery",)
    assert evaluate(Evals.load(suites), split="fresh").interviews == ("pottery-again",)


def test_the_shipped_folder_of_evals_is_found():
    assert (folder("evals") / "suites").is_dir()


def test_a_folder_that_is_not_shipped_is_an_error():
    with pytest.raises(FileNotFoundError, match="'recordings'"):
        folder("recordings")


def test_a_listed_variant_is_a_case_of_its_own(suites: Path):
    assert [trial.variant for trial in Evals.load(suites).trials("build")] == [None, None, *SUITE["cases"][2]["variant"]]
