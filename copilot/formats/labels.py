"""Speaker labels: which words before a colon name somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from ..lexicon import load_data, words_of

__all__ = [
    "additions", "expected", "find_labels", "is_pseudo", "marks_change", "names_among", "parted", "short_forms", "split_changes",
    "split_label", "unmarked",
]  # fmt: skip

_LONGEST = 120  # most characters of a label
_MOST_WORDS = 6  # most words of a name
_MOST_WORDS_UNLIKE_A_NAME = 4  # most words of a repeated label that does not look like a name
_OFTEN = 3  # occurrences from which a label is repeated
_OFTEN_SHARE = 0.05  # share of all labels from which a label is repeated
_ASIDE = r"[(\[].*?[)\]]|(?<=\w )[\"“]\w[^\"”]*[\"”](?=\s|$)"
_AFTER_NAME = r"\s*[,;|/([{\"“\u2013\u2014•·]|\s[-@]\s"
_PROSE = r"[?!;\"“”]|://|^[-*#>]"
_CLAUSE = r"(?:,|[a-z]{3}\.)\s+[a-z]"
_CHANGE = r">>+\s*"
_HANDLE = r"[\d_@]|\w\.\w"


def is_pseudo(speaker: str, people: frozenset[str] = frozenset()) -> bool:
    """Return whether a label is not a person: a break, a jingle, a note-taking bot. `people` are expected, in lower case."""
    if _is_expected(speaker, people):
        return False
    name = speaker.casefold().strip(" .[]()")
    return name in words_of("speakers.pseudo") or re.search(_bots(), name) is not None


@cache
def _bots() -> str:
    """Return a pattern for the words that mark a program's name."""
    # A possessive begins with an apostrophe right after a word.
    return "|".join((r"\b" if bot[0].isalnum() else "") + re.escape(bot) + r"\b" for bot in words_of("speakers.bots"))


@lru_cache(maxsize=512)  # each line is split twice: to find the speakers, and to read what they say
def split_label(line: str) -> tuple[str, str]:
    """Return the text before and after the first colon of a line; ('', line) if there is no label."""
    label, colon, text = line.partition(":")
    if not colon or len(label) > _LONGEST or (text and not text[0].isspace()):
        return "", line
    # The mark of a change of speaker may stand before the name.
    return label.strip("> \t"), text.strip()


def marks_change(text: str) -> bool:
    """Return whether a text begins with ">>", by which captions mark that another speaker begins."""
    return text.lstrip().startswith(">>")


def unmarked(text: str) -> str:
    """Return a text without the mark of a change of speaker that it begins with."""
    return re.sub(rf"^\s*{_CHANGE}", "", text)


def split_changes(text: str) -> list[str]:
    """Return a text in parts, of which each but the first begins with a mark of a change of speaker."""
    return re.split(rf"(?<=\s)(?={_CHANGE})", text)


def _is_name(label: str) -> bool:
    """Return whether a label looks like a name: capitals, initials, handles, e-mail addresses, phone numbers."""
    # Additions to display names come after a bar, in brackets, or in quotation marks.
    name = label.partition("|")[0]
    bare = " ".join(re.sub(_ASIDE, " ", name).split()) or name
    words = bare.split()
    if not 0 < len(words) <= _MOST_WORDS or not _may_be(bare) or re.search(_CLAUSE, name):
        return False
    return (len(words) == 1 and re.search(_HANDLE, bare) is not None) or _are_names(words)


def _are_names(words: list[str]) -> bool:
    return all(_is_capital(word) or word in words_of("speakers.particles") for word in words) and _is_capital(words[0])


def _may_be(label: str) -> bool:
    return bool(label) and not re.search(_PROSE, label) and label.casefold() not in words_of("speakers.words")


def _is_capital(word: str) -> bool:
    first = next((char for char in word if char.isalpha()), "")
    return first == "" or not first.islower()


def find_labels(labels: Iterable[str], people: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the labels that name a speaker, given each label as often as it occurs. `people` are expected, in lower case.

    A name may also be written in other letters, capital or small.
    """
    counts = Counter(labels)
    often = max(_OFTEN, counts.total() * _OFTEN_SHARE)
    found = {
        label
        for label, count in counts.items()
        if _is_name(label) or _is_expected(label, people) or (count > 1 and _is_repeated_name(label, unlike=count >= often))
    }
    names = {label.casefold() for label in found}
    return frozenset(label for label in counts if label.casefold() in names)


def names_among(lines: Sequence[str], people: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return which lines are names, given the line beside every time: there are names if most are, and some come again."""
    known = find_labels((line for line in lines if ":" not in line), people)
    named = [line for line in lines if line in known]
    return known if len(named) * 2 > len(lines) and len(set(named)) < len(named) else frozenset()


def _is_repeated_name(label: str, *, unlike: bool) -> bool:
    """Return whether a repeated label is a name: it is short, begins like a name, or need not look like one."""
    if len(label.split()) <= _MOST_WORDS_UNLIKE_A_NAME and _may_be(label):
        return True
    head = _head(label)
    return _may_be(head) and (_are_names(head.split()) or (unlike and not re.search(_CLAUSE, label)))


def expected(people: Iterable[str]) -> frozenset[str]:
    """Return how people who are expected to speak may be labelled, in lower case: their whole names and addresses, and parts of names.

    A part that also stands in front of a colon without naming anybody, such as `note`, is none.
    """
    names = frozenset(map(str.casefold, people))
    return names | {part for name in names for part in _parts_of(name) if len(part) > 1 and _may_be(part)}


def _parts_of(name: str) -> Iterator[str]:
    """Yield what a person of two names or more is called in short: `tom`, `berg`, `tom b`, `t. berg`."""
    left_out = additions() | words_of("speakers.particles")
    words = [word for word in re.findall(r"[^\W\d_][\w'\u2019-]*", parted(name)[0]) if word not in left_out]
    if len(words) < 2 or "@" in name:
        return
    first, *_, last = words
    yield from (last, f"{first[0]} {last}", f"{first[0]}. {last}")
    for given in (first, *short_forms(first)):
        yield from (given, f"{given} {last[0]}", f"{given} {last[0]}.")


def short_forms(name: str) -> Sequence[str]:
    """Return the forms of a given name that people are known by, in lower case."""
    forms: Sequence[str] = load_data("nicknames").get(name, ())
    return forms


def _is_expected(label: str, people: frozenset[str]) -> bool:
    return bool(people) and not people.isdisjoint({label.casefold(), _head(label).casefold()})


def _head(label: str) -> str:
    """Return a display name without the company, the title and the like: `Ann Lee, PhD; Acme` is `Ann Lee`."""
    head = re.split(_AFTER_NAME, label, maxsplit=1)[0].strip()
    # "Ann, look: ..." addresses somebody.
    return label if " " not in head and re.search(_CLAUSE, label) else head


@lru_cache(maxsize=512)
def parted(label: str) -> tuple[str, str]:
    """Return the name in a label, and the company or title that a meeting adds to it: `Ann Lee (Acme), CTO`, but not `(Guest)`."""
    bare = " ".join(re.sub(_ASIDE, " ", label).split()) or label
    name = _head(bare) or bare
    parts = (bare.removeprefix(name), *re.findall(_ASIDE, label)) if name != label else ()
    added = " ".join(part for part in parts if not additions().issuperset(re.findall(r"\w+", part.casefold())))
    return name, re.sub(r"[()\[\]]", "", added).strip(" ,;|/-@\u2013\u2014•·")


def additions() -> frozenset[str]:
    """Return the words beside a name that are neither a company nor a title: roles, pronouns, devices, "external"."""
    return words_of("speakers.fillers") | words_of("speakers.interviewer") | words_of("speakers.customer")
