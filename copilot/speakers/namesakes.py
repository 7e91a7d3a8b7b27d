"""Labels of one person: `Ann`, `ann lee`, `Ann Lee (Acme)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..formats.labels import additions, parted
from ..lexicon import words_of
from ..turns import Role
from .matching import words_in
from .voices import Voice

__all__ = ["joined", "one_person", "role_of_label"]


def one_person(voices: Sequence[Voice], given: Mapping[str, Role]) -> dict[str, str]:
    """Return the person's name for each label that is one of several of a person: `Ann Lee` for `Ann` and `Ann Lee (Acme)`.

    Labels stay apart if one of them fits another that does not fit the rest: `Ann`, next to `Ann (Acme)` and `Ann (Northwind)`.
    """
    fits = {v.label: [o for o in group if o is v or _is_spelling(v, o, given)] for group in _namesakes(voices) for v in group}
    names: dict[str, str] = {}
    for label, same in fits.items():
        if len(same) > 1 and all(fits[other.label] == same for other in same):
            names[label] = max((parted(other.label)[0] for other in same), key=lambda name: (len(words_in(name)), not name.isupper()))
    return names


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
    labels, both = (voice.label, other.label), (voice, other)
    if all(v.label in given or v.role for v in both) or len({_stated(v, given) for v in both} - {None}) > 1:
        return False
    short, full = sorted(map(_name_in, labels), key=len)
    if not short or re.search(r"\d", "".join(labels)) or any(map(_is_shared, (short, full))):
        return voice.label.casefold() == other.label.casefold()
    if len(short) > 1:
        return short == full
    extras = [set(words_in(parted(label)[1])) - additions() for label in labels]
    return short == full[:1] and (not all(extras) or extras[0] == extras[1])


def _stated(voice: Voice, given: Mapping[str, Role]) -> Role | None:
    """Return the role that was given for a label, or that the export or the label itself states."""
    return given.get(voice.label) or voice.role or role_of_label(voice.label)


def _is_shared(words: Sequence[str]) -> bool:
    """Return whether a name is that of a room, a device or a role, behind which there can be several people, or no name: "Mrs"."""
    shared = words_of("speakers.shared") | words_of("speakers.interviewer") | words_of("speakers.customer")
    return words_of("speakers.fillers").issuperset(words) or not shared.isdisjoint(words)


def joined(voices: Sequence[Voice], names: Mapping[str, str], given: Mapping[str, Role]) -> list[Voice]:
    """Return the voices with those of one person as one, under the person's name."""
    people: dict[str, Voice] = {}
    for voice in voices:
        name = names.get(voice.label, voice.label)
        role = _stated(voice, given) if voice.label in names else voice.role
        before = people.get(name, Voice(name, 0, 0))
        people[name] = Voice(name, before.length + voice.length, before.questions + voice.questions, before.role or role)
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
