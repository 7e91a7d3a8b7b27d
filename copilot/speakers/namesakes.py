"""Labels of one person: `Ann`, `ann lee`, `Ann Lee (Acme)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from ..background import Participant
from ..formats.labels import additions, parted
from ..lexicon import words_of
from ..turns import Role
from .matching import Closeness, closeness, words_in
from .voices import Voice

__all__ = ["joined", "names_nobody", "one_person", "resembling", "role_of_label"]

_MOST = 50
"""Most labels of a call that are compared with each other: so many people are no interview, and the cost grows with the square."""


def one_person(voices: Sequence[Voice], given: Mapping[str, Role]) -> dict[str, str]:
    """Return the person's name for each label that is one of several of a person: `Ann Lee` for `Ann`, `A. Lee` and `Ann Lee (Acme)`.

    Labels stay apart if one of them fits another that does not fit the rest: `Ann`, next to `Ann (Acme)` and `Ann (Northwind)`.
    """
    names = _alike(voices, given)
    return names | dict(_shortened(voices, names, given)) if len(voices) <= _MOST else names


def _alike(voices: Sequence[Voice], given: Mapping[str, Role]) -> dict[str, str]:
    """Return the names of persons whose labels begin alike."""
    fits = {v.label: [o for o in group if o is v or _is_spelling(v, o, given)] for group in _namesakes(voices) for v in group}
    names: dict[str, str] = {}
    for label, same in fits.items():
        if len(same) > 1 and all(fits[other.label] == same for other in same):
            names[label] = max((parted(other.label)[0] for other in same), key=lambda name: (len(words_in(name)), not name.isupper()))
    return names


def _shortened(voices: Sequence[Voice], names: Mapping[str, str], given: Mapping[str, Role]) -> Iterator[tuple[str, str]]:
    """Yield the labels that are forms of one whole name among the others, fuller ones first, and of no other, each with that name."""
    whole: dict[str, list[Voice]] = {}
    for voice in sorted(voices, key=_fullness, reverse=True):
        name = names.get(voice.label, parted(voice.label)[0])
        ranked = {other: min(_fit(voice, of, other, given) for of in same) for other, same in whole.items()}
        best = max(ranked.values(), default=Closeness.NONE)
        fits = [other for other, rank in ranked.items() if rank == best >= Closeness.IN_PART]
        if len(fits) == 1:
            whole[fits[0]].append(voice)
        elif not fits and _is_whole(name):
            whole[name] = [voice]
    for name, same in whole.items():
        if len(same) > 1:
            yield from ((voice.label, name) for voice in same)


def resembling(labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of whole names that may be one person's: spelt alike, or with one last name and the same first letter."""
    names = [label for label in labels if _is_whole(parted(label)[0])]
    for one, other in combinations(names if len(names) <= _MOST else (), 2):
        first, last = _name_in(one), _name_in(other)
        alike = closeness(one, Participant(name=parted(other)[0], role="customer")) == Closeness.MISSPELT
        if alike or (first[-1] == last[-1] and first[0][0] == last[0][0]):
            yield one, other


def _fullness(voice: Voice) -> tuple[bool, int, int, bool]:
    """Return the sort key of a label, the fullest name last: no address, more words that are no initials, more letters."""
    words = [word for word in _name_in(voice.label) if len(word) > 1]
    return "@" not in voice.label, len(words), len("".join(words)), not voice.label.isupper()


def _is_whole(name: str) -> bool:
    """Return whether a name has a first and a last word and is that of a person: no address, room or form of address."""
    words = [word for word in words_in(name) if len(word) > 1]
    return len(words) > 1 and "@" not in name and not re.search(r"\d", name) and not _is_shared(words) and _fillers().isdisjoint(words)


def _fit(voice: Voice, of: Voice, name: str, given: Mapping[str, Role]) -> Closeness:
    """Return how well a label matches a whole name; not at all where something tells it apart from a label with that name."""
    if _is_told_apart(voice, of, given) or re.search(r"\d", voice.label.partition("@")[0]) or _is_shared(_name_in(voice.label)):
        return Closeness.NONE
    extras = [_extras(v.label) - set(words_in(name)) for v in (voice, of)]
    if all(extras) and extras[0] != extras[1]:
        return Closeness.NONE
    return closeness(voice.label, Participant(name=name, role="customer"), _fillers() | extras[0])


def _is_told_apart(voice: Voice, other: Voice, given: Mapping[str, Role]) -> bool:
    """Return whether both labels have a role of their own, or are stated to have different ones."""
    return all(v.label in given or v.role for v in (voice, other)) or len({_stated(v, given) for v in (voice, other)} - {None}) > 1


def _extras(label: str) -> frozenset[str]:
    """Return the words of the company or title beside a name."""
    return frozenset(words_in(parted(label)[1])) - additions()


def _fillers() -> frozenset[str]:
    """Return the words of a display name that are no part of a person's name."""
    return words_of("speakers.fillers")


def _namesakes(voices: Sequence[Voice]) -> Iterator[list[Voice]]:
    """Yield groups of voices whose names begin alike; where these are several whole names, a group for each."""
    alike: dict[str, list[Voice]] = {}
    for voice in voices:
        alike.setdefault(next(iter(_name_in(voice.label)), voice.label.casefold()), []).append(voice)
    for group in alike.values():
        if len({_name_in(voice.label) for voice in group if len(_name_in(voice.label)) > 1}) < 2:
            yield group
            continue
        same: dict[tuple[str, ...], list[Voice]] = {}
        for voice in group:
            same.setdefault(_name_in(voice.label), []).append(voice)
        yield from same.values()


@cache
def _name_in(label: str) -> tuple[str, ...]:
    """Return the words of the name in a label, without what a meeting adds to it."""
    return words_in(parted(label)[0])


def _is_spelling(voice: Voice, other: Voice, given: Mapping[str, Role]) -> bool:
    """Return whether two labels of one call name one person: the same name, or its first word, with nothing that tells them apart."""
    labels = (voice.label, other.label)
    if _is_told_apart(voice, other, given):
        return False
    short, full = sorted(map(_name_in, labels), key=len)
    if not short or re.search(r"\d", "".join(labels)) or any(map(_is_shared, (short, full))):
        return voice.label.casefold() == other.label.casefold()
    if len(short) > 1:
        return short == full
    extras = [_extras(label) for label in labels]
    return short == full[:1] and (not all(extras) or extras[0] == extras[1])


def _stated(voice: Voice, given: Mapping[str, Role]) -> Role | None:
    """Return the role that was given for a label, or that the export or the label itself states."""
    return given.get(voice.label) or voice.role or role_of_label(voice.label)


def _is_shared(words: Sequence[str]) -> bool:
    """Return whether a name is that of a room, a device or a role, behind which there can be several people, or no name: "Mrs"."""
    shared = words_of("speakers.voices") | _places() | words_of("speakers.interviewer") | words_of("speakers.customer")
    return _fillers().issuperset(words) or not shared.isdisjoint(words)


def _places() -> frozenset[str]:
    """Return the words of places behind which there can be several people."""
    return words_of("speakers.places") | words_of("speakers.rooms")


def names_nobody(label: str) -> bool:
    """Return whether a label is that of a room, a device, a role or a numbered voice, or has no word: "Boardroom 3", "iPhone", "???".

    Beside a name, only a room stands for several people, "Acme (Meeting Room 2)": "Team Lead" and "Head Office" say who one of them is.
    """
    words, added = words_in(label), words_in(parted(label)[1])
    first = next((word for word in words if len(word) > 1), "".join(words[:1]))
    alone = words_of("speakers.voices") | words_of("speakers.interviewer") | words_of("speakers.customer")
    in_room = not words_of("speakers.rooms").isdisjoint(added[-1:])
    return not first or first in alone or in_room or not _places().isdisjoint(_name_in(label))


def joined(voices: Sequence[Voice], names: Mapping[str, str], given: Mapping[str, Role]) -> list[Voice]:
    """Return the voices with those of one person as one, under the person's name."""
    people: dict[str, Voice] = {}
    for voice in voices:
        name = names.get(voice.label, voice.label)
        role = _stated(voice, given) if voice.label in names else voice.role
        before = people.get(name, Voice(name, 0, 0))
        length, questions = before.length + voice.length, before.questions + voice.questions
        people[name] = Voice(name, length, questions, before.role or role, (*before.said, *voice.said))
    return list(people.values())


@cache
def role_of_label(label: str) -> Role | None:
    """Return the role that a label states: `Interviewer`, `Guest 2`, `Dana Ruiz (Host)`."""
    for part in re.split(r"[()\[\]|,:/]|\s[-\u2013\u2014]\s", label.casefold()):
        word = part.strip(" 0123456789#.")
        if word in words_of("speakers.interviewer"):
            return "interviewer"
        if word in words_of("speakers.customer"):
            return "customer"
    return None
