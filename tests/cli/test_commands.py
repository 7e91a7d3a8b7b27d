from __future__ import annotations

import json
import os
import pty
import re
import resource
import shlex
import subprocess
import sys
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import ModuleType

import pytest

from copilot.__main__ import main as entry
from copilot.cli import main
from copilot.cli.encoding import make_writable
from copilot.findings import Findings
from copilot.session import Suggestions
from copilot.transcript import Transcript

from ..conftest import Run, rest_of

COPILOT = (sys.executable, "-m", "copilot")


def test_suggest_prints_probes_with_their_words_and_the_coverage(run: Run, sample: Path, sample_background: Path) -> None:
    status, out, err = run("suggest", sample, "--background", sample_background)
    assert status == 0
    assert out.startswith("1. ")
    assert out.count("?") >= 3
    assert "“" in out
    assert "Covered" in out
    assert "\x1b" not in out
    assert "Traceback" not in err


def test_suggest_prints_one_json_object_that_fits_its_schema(run: Run, sample: Path) -> None:
    status, out, _ = run("suggest", sample, "--json", "--limit", "5")
    suggestions = Suggestions.model_validate_json(out)
    assert status == 0
    assert set(json.loads(out)) == {"schema", "turn", "coverage", "probes"}
    assert 1 <= len(suggestions.probes) <= 5


def test_analyze_prints_one_json_object_that_fits_its_schema(run: Run, sample: Path) -> None:
    status, out, _ = run("analyze", sample, "--json")
    findings = Findings.model_validate_json(out)
    assert status == 0
    assert findings.source.format == "webvtt"
    assert findings.source.sha256 is not None
    assert json.loads(out)["schema"] == "copilot.findings/1"


def test_analyze_prints_every_kind_of_finding_for_people(run: Run, sample: Path) -> None:
    _, out, _ = run("analyze", sample)
    for heading in (
        "Covered",
        "Metrics",
        "Gaps",
        "Quotes",
        "Off the record",
        "Promises",
        "To verify",
        "Contradictions",
        "Talk",
        "Recording",
    ):
        assert f"\n{heading}" in f"\n{out}"
    assert "scale: people, 4 people\n" in out
    assert "scale: square feet, 40,000 square feet\n" in out
    assert ", 1 week, lacks" in out
    assert "on-time rate, 96 %, before: 78 %" in out


def test_suggest_stands_at_a_time_or_a_turn(run: Run, sample: Path) -> None:
    _, at, _ = run("suggest", sample, "--json", "--at", "10:00")
    _, turn, _ = run("suggest", sample, "--json", "--turn", "10")
    _, whole, _ = run("suggest", sample, "--json")
    assert json.loads(turn)["turn"] == 10
    assert 10 < json.loads(at)["turn"] < json.loads(whole)["turn"]


def test_a_moment_after_the_end_is_told_and_one_in_the_call_is_not(run: Run, sample: Path, sample_background: Path) -> None:
    known = ("--background", str(sample_background))
    _, whole, _ = run("analyze", sample, *known, "--json")
    last = json.loads(whole)["turns"][-1]
    for moment in (("--turn", "9999"), ("--at", "9:00:00")):
        status, _, err = run("suggest", sample, *known, *moment)
        assert status == 0
        assert f"copilot: the call ends before that, with turn {last['turn']} at " in err
    for moment in (("--turn", str(last["turn"])), ("--at", "10:00"), ("--turn", "10")):
        assert "the call ends" not in run("suggest", sample, *known, *moment)[2]


def test_at_its_end_and_after_it_a_call_is_over(run: Run, sample: Path, sample_background: Path) -> None:
    known = ("--background", str(sample_background), "--json")
    _, over, _ = run("suggest", sample, *known)
    for moment in (("--turn", "9999"), ("--at", "9:00:00"), ("--turn", str(json.loads(over)["turn"]))):
        assert run("suggest", sample, *known, *moment)[1] == over
    _, before, _ = run("suggest", sample, *known, "--turn", json.loads(over)["turn"] - 1)
    assert before != over


def test_a_call_comes_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, plain: Path) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plain.read_bytes())))
    status, out, _ = run("analyze", "-", "--json")
    assert status == 0
    assert len(json.loads(out)["turns"]) == 4


def test_guessed_roles_are_announced_and_given_roles_are_not(run: Run, plain: Path) -> None:
    _, _, guessed = run("suggest", plain)
    assert "Ines = interviewer" in guessed
    _, out, settled = run("analyze", plain, "--json", "--role", "Ines=customer", "--role", "Carl = Interviewer")
    assert "guessed" not in settled
    assert {t["speaker"]: t["role"] for t in json.loads(out)["turns"]} == {"Ines": "customer", "Carl": "interviewer"}


def test_a_call_that_takes_long_is_announced_with_its_size(run: Run, monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    _, _, err = run("suggest", sample, "--turn", "30")
    assert "this takes about" not in err
    words = sum(len(turn.text.split()) for turn in Transcript.load(sample)[:30])
    monkeypatch.setattr("copilot.cli.call.WORDS_A_MINUTE", words // 2)
    _, _, err = run("suggest", sample, "--turn", "30")
    assert f"30 turns, {words:,} words: this takes about 2 minutes" in err


def test_another_language_is_said_plainly(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "anruf.txt"
    rows = [
        "Ina: Wie hat sich die Arbeit seit der Einführung für Sie und Ihr Team verändert?",
        "Karl: Die Rechnungen gehen jetzt viel schneller heraus als früher, und wir sparen damit sehr viel Zeit.",
    ]
    path.write_text("\n\n".join(rows * 6), "utf-8")
    status, _, err = run("suggest", path)
    assert status == 0
    assert "English" in err


@pytest.mark.parametrize(("name", "english"), [("דנה", False), ("Ann", True)])
def test_a_short_call_is_judged_by_its_letters(run: Run, tmp_path: Path, name: str, english: bool) -> None:
    path = tmp_path / "call.txt"
    path.write_text("Ann: Everything fine?\n\nBo: Great.\n" if english else f"{name}: כמה זמן חסכתם?\n\nיוסי: שעתיים ביום בערך.\n", "utf-8")
    _, _, err = run("suggest", path)
    assert ("English" in err) is not english


@pytest.mark.parametrize("form", ["md", "docx", "json", "eml"])
@pytest.mark.parametrize("name", ["email", "outline", "checklist", "questions"])
def test_no_document_of_this_program_is_taken_for_a_transcript(run: Run, tmp_path: Path, plain: Path, name: str, form: str) -> None:
    path = tmp_path / f"{name}.{form}"
    made = ["guide"] if name == "questions" else ["draft", name, str(plain)]
    if run(*made, "--out", path)[0] == 0:
        status, _, err = run("suggest", path)
        assert (status, "not a transcript" in err) == (2, True)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("We spend three hundred and forty thousand a year on linen.", "cost: linen, 340,000, lacks"),
        ("We spend three hundred and forty thousand dollars a year on linen.", "cost: linen, $340,000, lacks"),
        ("We spend thousands of dollars a year on linen.", "cost: linen, lacks"),
    ],
)
def test_analyze_prints_no_currency_and_no_value_that_nobody_told(run: Run, tmp_path: Path, said: str, note: str) -> None:
    call = tmp_path / "call.txt"
    call.write_text(f"Ines: What does it cost you?\n\nCarl: {said}\n")
    _, out, _ = run("analyze", call)
    assert note in out


@pytest.mark.parametrize("command", ["suggest", "analyze"])
def test_what_is_printed_on_a_call_is_not_taken_for_a_transcript(run: Run, tmp_path: Path, plain: Path, command: str) -> None:
    path = tmp_path / "printed.txt"
    path.write_text(run(command, plain)[1], "utf-8")
    status, _, err = run("suggest", path)
    assert (status, "not a transcript" in err) == (2, True)


@pytest.mark.parametrize(
    ("option", "right", "wrong", "told"),
    [
        ("--background", "product:", "prodct:", "unknown key 'prodct'; did you mean 'product'?"),
        ("--background", "role: interviewer", "role: interviewr", "participants.Ines Calder.role: one of 'interviewer'"),
        ("--background", "goals:", "goals", "not valid YAML"),
        ("--guide", "question:", "qestion:", "unknown key 'sections.situation.topics.change.qestion'; did you mean 'question'?"),
        ("--guide", "sections:", "sectons:", "unknown key 'sectons'; did you mean 'sections'?"),
    ],
)
def test_a_mistyped_file_is_told_by_its_fault_and_not_taken_for_a_transcript(
    run: Run, tmp_path: Path, plain: Path, sample: Path, sample_background: Path,
    option: str, right: str, wrong: str, told: str,
) -> None:  # fmt: skip
    whole = (sample_background if option == "--background" else sample.parent / "own-guide.yaml").read_text("utf-8")
    mistyped = tmp_path / "mistyped.yaml"
    mistyped.write_text(whole.replace(right, wrong, 1), "utf-8")
    status, out, err = run("suggest", plain, option, mistyped)
    assert (status, out) == (2, "")
    assert told in err
    assert "transcript" not in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["suggest", "no-such-file.vtt"], "no-such-file.vtt"),
        (["suggest"], "CALL"),
        (["frobnicate"], "no command is named 'frobnicate'; there is analyze, draft, eval"),
        (["sugest"], "no command is named 'sugest'; did you mean 'suggest'?"),
        (["suggest", "{plain}", "--role", "Ines"], "NAME=ROLE"),
        (["suggest", "{plain}", "--role", "Ines=boss"], "interviewer"),
        (["suggest", "{plain}", "--role", "Ines=customer", "--role", "Ines=interviewer"], "Ines is given the role customer already"),
        (["suggest", "{plain}", "--at", "soon"], "23:10"),
        (["suggest", "{plain}", "--at", "23"], "23:10"),
        (["suggest", "{plain}", "--at", "99:99"], "23:10"),
        (["suggest", "{plain}", "--at", "1:00"], "--turn"),
        (["suggest", "{plain}", "--at", "1:00", "--turn", "2"], "one of them"),
        (["suggest", "{plain}", "--limit", "0"], "0"),
        (["suggest", "{plain}", "--format", "morse"], "morse"),
        (["suggest", "{plain}", "--background", "{typo}"], "did you mean 'goals'"),
        (["suggest", "{plain}", "--guide", "{typo}"], "typo.yaml"),
        (["suggest", "{plain}", "--background", "{plain}"], "this is a transcript, not a background file; pass it as the CALL"),
        (["suggest", "{plain}", "--background", "{guide}"], "this is an interview guide, not a background file; pass it with --guide"),
        (["suggest", "{plain}", "--guide", "{known}"], "this is a background file, not an interview guide; pass it with --background"),
        (["suggest", "{plain}", "--guide", "{empty}"], "name: is missing"),
        (["report", "{plain}", "--out", "{folder}"], "report.html"),
        (["guide", "--out", "{folder}"], "questions.docx"),
        (["guide", "--out", "questions"], "the questions need a suffix that says the form"),
        (["draft", "email", "{plain}", "--out", "{folder}"], "it is a folder; name a file in it, such as {folder}/email."),
        (["eval", "--new", "{plain}", "--out", "{plain}"], "is a file; name a folder for the interview with --out"),
        (["schema", "poem"], "findings"),
        (["report", "{plain}", "--out", "/"], "it is a folder; name a file in it, such as /report.html"),
        (["draft", "outline", "{plain}", "--out", "{plain}"], "call.txt: cannot be written: it is made from this file"),
        (["draft", "email", "{plain}", "-b", "{known}", "--out", "{known}"], "it is made from this file, which would be lost"),
        (["draft", "all", "{plain}", "-b", "{folder}/email.json", "--out", "{folder}"], "email.json: cannot be written: it is made from"),
        (["guide", "{guide}", "--out", "{guide}"], "it is made from this file"),
        (["report", "{folder}/./call.txt", "--out", "{plain}"], "it is made from this file"),
        (["draft", "email", "{plain}", "--date", "9999-12-31", "--schedule", "draft=5"], "the calendar ends before the steps after it"),
        (["suggest", "{plain}", "-b", "{dated}"], "dated.yaml: line 2: not valid YAML (the text '2020-13-45': month must be in 1..12"),
    ],
)
def test_wrong_input_is_one_line_that_says_what_to_do(
    run: Run, tmp_path: Path, plain: Path, sample: Path, sample_background: Path, words: list[str], told: str
) -> None:
    typo = tmp_path / "typo.yaml"
    typo.write_text("gaols: [less waiting]\n")
    empty = tmp_path / "empty.yaml"
    empty.write_text("# nothing yet\n")
    dated = tmp_path / "dated.yaml"
    dated.write_text("product: Floor\nvendor: 2020-13-45\n")
    (tmp_path / "email.json").write_text("{}")
    places = {
        "plain": plain, "typo": typo, "empty": empty, "folder": tmp_path, "guide": sample.parent / "own-guide.yaml",
        "known": sample_background, "dated": dated,
    }  # fmt: skip
    status, out, err = run(*(w.format_map(places) for w in words))
    assert status == 2
    assert out == ""
    assert told.format_map(places) in err
    lines = [line for line in err.splitlines() if "guessed" not in line]
    assert len(lines) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "data", [b"", b"   \n\n", b"WEBVTT\n", b"\x00\x01\x02\xff" * 50, b'{"results": {"channels": [', b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
)
def test_a_file_that_holds_no_speech_is_refused_in_one_line(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "call.vtt"
    path.write_bytes(data)
    status, out, err = run("suggest", path)
    assert (status, out) == (2, "")
    assert str(path) in err
    assert len(err.splitlines()) == 1


def test_debug_lets_the_error_through(tmp_path: Path) -> None:
    from copilot import TranscriptError

    missing = str(tmp_path / "none.vtt")
    for words in (["--debug", "suggest", missing], ["suggest", "--debug", missing], ["suggest", missing, "--debug"]):
        with pytest.raises(TranscriptError):
            main(words)


@pytest.mark.parametrize("words", [["suggest", "{plain}", "--background", "--debug"], ["suggest", "--", "--debug"]])
def test_debug_as_a_value_or_behind_two_dashes_is_a_file_of_that_name(run: Run, plain: Path, words: list[str]) -> None:
    status, out, err = run(*(word.format(plain=plain) for word in words))
    assert (status, out) == (2, "")
    assert err == "copilot: --debug: cannot be read (No such file or directory); check its name and folder\n"


def test_every_command_takes_debug_once(run: Run) -> None:
    _, shown, _ = run()
    names = re.findall(r"^  (\w+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    assert len(names) > 9
    for name in names:
        for _ in range(2):
            assert run(name, "--help")[1].count("--debug ") == 1


def test_formats_are_listed(run: Run) -> None:
    status, out, _ = run("formats")
    assert status == 0
    assert {"webvtt", "otter", "whisper"} <= {line.split()[0] for line in out.splitlines()}
    _, as_json, _ = run("formats", "--json")
    assert len(json.loads(as_json)) == len(out.splitlines())


def test_schemas_are_published(run: Run) -> None:
    _, names, _ = run("schema")
    for name in names.split():
        status, out, _ = run("schema", name)
        assert status == 0
        assert json.loads(out)["type"] == "object"
        assert run("schema", name, "--json")[1] == out
    assert json.loads(run("schema", "--json")[1]) == {"schemas": names.split()}


def test_no_command_at_all_is_help_line_by_line(run: Run) -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.startswith("Usage: copilot")
    assert any(line.strip().startswith("suggest ") for line in out.splitlines())


def test_an_interruption_while_the_code_is_loaded_ends_quietly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> None:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "copilot.cli", Interrupted("copilot.cli"))
    with pytest.raises(SystemExit) as leave:
        entry()
    assert leave.value.code == 130
    assert capsys.readouterr().err == ""


def test_help_and_version_end_well(run: Run) -> None:
    assert run("--help")[0] == 0
    assert run("suggest", "--help")[0] == 0
    status, out, _ = run("--version")
    assert status == 0
    assert out.startswith("copilot")


def test_users_guides_are_covered_too(run: Run, tmp_path: Path, plain: Path) -> None:
    guide = tmp_path / "guide.yaml"
    guide.write_text(
        "name: billing\nsections:\n  - id: money\n    title: Money\n    topics:\n"
        "      - {id: invoicing, title: Invoicing speed, question: How fast does invoicing go now?}\n"
        "      - {id: audits, title: Audits, question: What do the auditors say?}\n"
    )
    status, out, _ = run("analyze", plain, "--json", "--guide", guide)
    found = json.loads(out)
    assert status == 0
    assert set(found["topics"]) == {"money.invoicing", "money.audits"}
    assert found["topics"]["money.invoicing"]["state"] != "open"
    assert found["topics"]["money.audits"]["state"] == "open"
    assert found["source"]["guide"] == "billing"


def test_what_is_left_is_told_where_nothing_of_it_is_worth_asking_now(run: Run, sample: Path, sample_background: Path) -> None:
    _, out, _ = run("suggest", sample, "--background", sample_background, "--at", "23:10")
    told = r"Nothing to ask right now: \d+ open points can wait for the end of the call or the email, \d+ of which the story needs\.\n"
    assert re.match(told, out)
    assert not run("suggest", sample, "--background", sample_background, "--turn", "80")[1].startswith("Nothing")


def test_what_is_still_to_come_is_told_where_nothing_that_was_said_is_open(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text(
        "Ines: What is your role?\n\nCarl: I am the head of logistics at Harrow, and I look after the nine depots.\n\nInes: Thanks.\n"
    )
    out = run("suggest", path, "--turn", "2")[1]
    assert re.match(r"Nothing to ask right now: what was said is complete so far, and \d\d topics are still to come\.\n", out)


def test_where_nothing_was_said_yet_nothing_is_called_complete(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text("[00:00:05] Ines: So what has changed?\n\n[00:00:09] Carl: It is so much faster now.\n")
    status, out, _ = run("suggest", path, "--at", "0:00")
    assert status == 0
    assert out.startswith("Nothing to ask right now: nothing of the story was told so far.\n")
    path.write_text("[00:00:05] Ines: Can you hear me?\n\n[00:00:09] Carl: Hello hello.\n")
    _, out, _ = run("suggest", path)
    assert "what was said is complete" not in out


@pytest.mark.parametrize("words", [("analyze", "{plain}"), ("--help",), ("--version",)])
def test_a_reader_that_has_seen_enough_is_no_error(plain: Path, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COPILOT, *(word.format(plain=plain) for word in words)], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert done.returncode == 0
    assert b"Broken" not in done.stderr


def test_where_nobody_reads_the_notices_the_status_and_the_work_are_the_same(plain: Path, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    missing = subprocess.run([*COPILOT, "suggest", str(tmp_path / "none")], stdout=write, stderr=write)
    made = subprocess.run([*COPILOT, "draft", "all", str(plain), "--out", str(tmp_path / "pack")], stdout=write, stderr=write)
    os.close(write)
    assert (missing.returncode, made.returncode) == (2, 0)
    assert (tmp_path / "pack" / "checklist.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes no streams there")
@pytest.mark.parametrize(
    ("words", "closed", "status", "told"),
    [
        ("suggest {plain}", "2>&-", 0, ("Covered", "")),
        ("suggest {plain}", ">&-", 0, ("", "copilot: roles guessed")),
        ("suggest none.vtt", ">&- 2>&-", 2, ("", "")),
        ("suggest -", "<&-", 2, ("", "copilot: -: there is no standard input; name a file\n")),
        ("live --stdin --journal {plain}.journals", "<&-", 2, ("", "copilot: --stdin: there is no standard input\n")),
        ("suggest {plain}", "> /dev/full", 2, ("", "copilot: the output: cannot be read or written (No space left on device)\n")),
    ],
)
def test_a_stream_that_is_closed_or_full_is_told_from_a_failed_gate(
    plain: Path, words: str, closed: str, status: int, told: tuple[str, str]
) -> None:
    line = f"{shlex.join(COPILOT)} {words.format(plain=plain)} {closed}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True)
    assert done.returncode == status
    for text, part in zip((done.stdout, done.stderr), told, strict=True):
        assert part in text
        assert bool(part) is bool(text)


def test_a_document_replaces_the_one_before_whole_or_not_at_all(run: Run, plain: Path, tmp_path: Path) -> None:
    path = tmp_path / "outline.md"
    path.write_text("The one before.")
    path.chmod(0o640)
    little = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (100, 100))
    words = [*COPILOT, "draft", "outline", str(plain), "--out", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, preexec_fn=little)
    assert done.returncode == 2
    assert f"{path}: cannot be written (File too large)" in done.stderr
    assert path.read_text() == "The one before."
    assert {p.name for p in tmp_path.iterdir()} == {"outline.md", "call.txt"}
    assert run(*words[3:])[0] == 0
    assert path.read_text().startswith("# ")
    assert path.stat().st_mode & 0o777 == 0o640
    assert {p.name for p in tmp_path.iterdir()} == {"outline.md", "call.txt"}


def test_a_document_follows_a_link_and_goes_into_a_pipe_or_the_output_as_it_is(run: Run, plain: Path, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "outline.md")
    assert run("draft", "outline", plain, "--out", tmp_path / "link.md")[0] == 0
    made = (tmp_path / "outline.md").read_bytes()
    assert (tmp_path / "link.md").is_symlink()
    os.mkfifo(tmp_path / "pipe.md")
    reading = subprocess.Popen(["/bin/cat", str(tmp_path / "pipe.md")], stdout=subprocess.PIPE)
    assert run("draft", "outline", plain, "--out", tmp_path / "pipe.md")[0] == 0
    assert reading.communicate()[0] == made
    shown = tmp_path / "shown.md"
    with shown.open("wb") as file:
        subprocess.run([*COPILOT, "draft", "outline", str(plain), "--out", str(shown)], stdout=file, stderr=subprocess.DEVNULL, check=True)
        assert shown.samefile(f"/proc/self/fd/{file.fileno()}")
    assert shown.read_bytes() == made


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of this kind")
@pytest.mark.parametrize("command", ["suggest", "analyze"])
@pytest.mark.parametrize("plainly", ["", "1"])
def test_a_terminal_gets_colours_unless_they_are_not_wanted(plain: Path, command: str, plainly: str) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "copilot", command, str(plain)]
    running = subprocess.Popen(words, stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": plainly})
    os.close(theirs)
    shown = b"".join(rest_of(ours))
    os.close(ours)
    assert running.wait() == 0
    assert (b"\x1b[" in shown) is (plainly == "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals of this kind")
@pytest.mark.parametrize("words", [["suggest"], ["analyze"], ["draft", "email"]])
@pytest.mark.parametrize("columns", [40, 60])
def test_no_line_on_a_terminal_is_wider_than_the_terminal(plain: Path, columns: int, words: list[str]) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "NO_COLOR": "1"}
    running = subprocess.Popen([sys.executable, "-m", "copilot", *words, str(plain)], stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = b"".join(rest_of(ours)).decode().splitlines()
    os.close(ours)
    assert running.wait() == 0
    assert max(map(len, shown)) <= columns


@pytest.mark.parametrize("words", [["analyze", "{path}"], ["suggest", "{path}"], ["draft", "outline", "{path}"], ["suggest", "{noise}"]])
def test_what_a_terminal_would_obey_never_reaches_it(run: Run, tmp_path: Path, words: list[str]) -> None:
    path, noise = tmp_path / "call.txt", tmp_path / "noise.txt"
    path.write_text(
        "Ines: What changed?\nCarl \x1b[31mMoss: Remakes are \x1b]0;pwned\x1b\\ down forty \x9b2J percent, it saved us a fortune.\n" * 2
    )
    noise.write_text("nothing said \x1b[2J here\n")
    _, out, err = run(*(word.format(path=path, noise=noise) for word in words))
    assert out or err
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out + err)


# Encodings


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "iso-8859-1"])
def test_a_sign_that_the_output_cannot_hold_costs_nothing_else(sample: Path, encoding: str) -> None:
    suggest = [*COPILOT, "suggest", str(sample)]
    plain, escaped = (
        subprocess.run([*suggest, *more], capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding})
        for more in ((), ("--json",))
    )
    whole = subprocess.run(suggest, capture_output=True).stdout.decode()
    told = plain.stdout.decode(encoding)
    assert (plain.returncode, escaped.returncode) == (0, 0)
    assert len(told.splitlines()) == len(whole.splitlines())
    assert "Long-term role" in told.splitlines()[-1]
    assert Suggestions.model_validate_json(escaped.stdout.decode(encoding)).probes


def test_an_output_to_no_terminal_is_utf_8_unless_somebody_has_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def encoding() -> str:
        stream = TextIOWrapper(BytesIO(), encoding="cp1252")
        make_writable(stream)
        return stream.encoding

    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    assert encoding() == "utf-8"
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    assert encoding() == "cp1252"


# Where and by whom it was said

NAMED = """WEBVTT

00:00:01.000 --> 00:00:04.000
Ines: How did it go?

00:00:05.000 --> 00:00:08.000
Ines: On the floor, I mean.

00:00:10.000 --> 00:00:14.000
Carl: We opened in the spring.

00:00:20.000 --> 00:00:24.000
Carl: The oven came in June.

00:00:50.000 --> 00:00:54.000
{name}It saved us a fortune, honestly.

00:01:00.000 --> 00:01:04.000
Carl: We bake at night.
"""


@pytest.mark.parametrize(("name", "speaker", "said"), [("", "Carl (speaker not certain)", "I noted"), ("Carl: ", "Carl", "You")])
def test_words_are_told_with_their_own_time_and_whether_the_speaker_is_certain(
    run: Run, tmp_path: Path, name: str, speaker: str, said: str
) -> None:
    call = tmp_path / "call.vtt"
    call.write_text(NAMED.format(name=name), "utf-8")
    roles = ("--role", "Ines=interviewer", "--role", "Carl=customer")
    _, out, _ = run("suggest", call, *roles)
    assert f"{speaker}, 0:50: “It saved us a fortune, honestly" in out
    assert out.startswith(f"1. {said} ")
    _, findings, _ = run("analyze", call, *roles)
    assert re.search(r"0:50  “It saved us a fortune.*turn 2, missing_metric", findings)
    assert ("speaker not certain" in findings) == (not name)
    (probe,) = (p for p in json.loads(run("suggest", call, *roles, "--json")[1])["probes"] if p["kind"] == "missing_metric")
    assert probe["unsure"] == (not name)
    gaps = Findings.model_validate_json(run("analyze", call, *roles, "--json")[1])
    assert gaps.turns[1].text[probe["start"] : probe["end"]] == probe["text"]
    assert [gap.unsure for gap in gaps.gaps if gap.id == probe["gap"]] == [not name]


def test_analyze_marks_what_is_off_the_record_until_it_is_released(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    asked = "Ines: I see.\nCarl: Please keep that forty thousand off the record."
    path.write_text(f"Ines: What did it cost?\nCarl: Forty thousand euros.\n{asked}\nInes: And the ovens?\nCarl: Six ovens.", "utf-8")
    call = ("analyze", path, "--role", "Ines=interviewer", "--role", "Carl=customer")
    barred, free = "“Forty thousand euros”  off the record (turn 4), ", "“Six ovens”  scale"
    _, out, _ = run(*call)
    assert barred in out
    assert free in out
    _, freed, _ = run(*call, "--agreed", "2", "Carl, by email")
    assert "“Forty thousand euros”" in freed
    assert barred not in freed
    assert "“Six ovens”  withdrawn, " in run(*call, "--withdraw", "6")[1]
