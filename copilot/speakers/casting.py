"""Settle every speaker's name and role, and tell the user how that was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard, get_args

from ..background import Background, Participant
from ..errors import SpeakerError
from ..formats.labels import parted
from ..lexicon import words_of
from ..text import listed
from ..turns import Role
from .introducing import calls_them_customers, own_side, self_told
from .matching import closest, words_in
from .namesakes import joined, one_person, resembling, role_of_label
from .voices import UNKNOWN, Casting, Notice, Part, Voice

__all__ = ["assign_roles", "is_role", "meant_by"]

_HINT = '--role "{}=role" settles it (interviewer, customer or colleague)'
_OPENS = 1.25  # factor on the questions of the first speaker, who is more likely to be the interviewer
_ASKS_MOST, _FAR_MORE = 5, 2  # fewest questions of a customer who may be the interviewer, and how many for each that the interviewers ask
_SECOND_ASKS = 3  # fewest questions of a second interviewer


def assign_roles(voices: Sequence[Voice], background: Background | None = None, roles: Mapping[str, str] | None = None) -> Casting:
    """Settle every speaker's name and role: from `roles`, the background's participants, the label, or a guess, in this order.

    In `roles`, the name of a participant stands for the person, who has the role of the background. A voice without a name is the
    participant that it says it is. Raises SpeakerError if a name fits two people, if `roles` names nobody here, or for an unknown role.
    """
    background = background or Background()
    given, meant = _given(roles or {}, [voice.label for voice in voices], background)
    known = meant | {v.label: _participant(v.label, background, settled=v.label in given) for v in voices if v.label not in meant}
    told = _told(voices, known, background)
    known |= told
    names = one_person([voice for voice in voices if known[voice.label] is None], given)
    people = joined(voices, names, given)
    parts: dict[str, Part] = {}
    for voice in people:
        person = known.get(voice.label)
        role = given.get(voice.label) or (person.role if person else None) or voice.role or role_of_label(voice.label)
        if role:
            parts[voice.label] = Part(person.name if person else voice.label, role)
    guessed = _guess([voice for voice in people if voice.label not in parts], people, parts, background.vendor)
    settled = parts | guessed
    unmatched = [voice.label for voice in people if known.get(voice.label) is None and voice.label not in given]
    notices = [
        *_renamed({label: person for label, person in known.items() if label not in meant}, told),
        *_joining(names),
        *_resembling(unmatched),
        *_announce(guessed, people, background),
        *_unmatched(unmatched, known, background),
        *_doubted(people, settled),
        *_claiming(people, guessed),
    ]
    return Casting({voice.label: settled[names.get(voice.label, voice.label)] for voice in voices}, tuple(notices), tuple(guessed))


def _given(
    roles: Mapping[str, str], labels: Sequence[str], background: Background
) -> tuple[dict[str, Role], dict[str, Participant | None]]:
    """Return the roles and the participants that were given for labels."""
    given: dict[str, Role] = {}
    meant: dict[str, Participant | None] = {}
    for name, role in roles.items():
        person = None if is_role(role) else meant_by(role, background)
        found = closest(name, [Participant(name=label, role="customer") for label in labels])
        if not found:
            raise SpeakerError(f"nobody called '{name}' speaks; the speakers are {listed(labels)}")
        if len(found) > 1:
            raise SpeakerError(f"'{name}' could be {listed([p.name for p in found], 'or')}; give the role with the whole name")
        if is_role(role):
            given[found[0].name] = role
        else:
            meant[found[0].name] = person
    return given, meant


def is_role(text: str) -> TypeGuard[Role]:
    """Return whether a text is a role."""
    return text in get_args(Role)


def meant_by(name: str, background: Background) -> Participant:
    """Return the participant whose name is given in place of a role. Raises SpeakerError."""
    found = closest(name, background.participants)
    if len(found) == 1:
        return found[0]
    people = f", or the name of one of {listed([p.name for p in background.participants])}" if background.participants else ""
    raise SpeakerError(f"'{name}' is not a role; use {', '.join(get_args(Role))}{people}")


def _told(voices: Sequence[Voice], known: Mapping[str, Participant | None], background: Background) -> dict[str, Participant]:
    """Return the participants that voices without a name say they are, each said by one voice, and matched with no label."""
    names = {person.name for person in known.values() if person}
    free = [person for person in background.participants if person.name not in names]
    told = {v.label: person for v in voices if known[v.label] is None and (person := self_told(v.label, v.said, free))}
    often = Counter(person.name for person in told.values())
    return {label: person for label, person in told.items() if often[person.name] == 1}


def _participant(label: str, background: Background, *, settled: bool) -> Participant | None:
    """Return the participant that a label names, or None. A `settled` label may be ambiguous; it then keeps its own name."""
    found = closest(label, background.participants, _noise(background))
    if len(found) < 2:
        return found[0] if found else None
    if settled:
        return None
    choices = listed([f"{person.name} ({person.role})" for person in found], "or")
    given = f"give the role of '{label}': {listed(get_args(Role), 'or')}"
    raise SpeakerError(f"speaker '{label}' could be {choices}; {given}", hint=f'--role "{label}=role" does that')


def _noise(background: Background) -> frozenset[str]:
    names = (background.vendor, background.product, background.customer.company)
    return words_of("speakers.fillers").union(*(words_in(name) for name in names if name))


def _guess(unsettled: Sequence[Voice], voices: Sequence[Voice], parts: Mapping[str, Part], vendor: str | None) -> dict[str, Part]:
    """Guess roles: unless one is known, whoever asks most is the interviewer, and so is a second one; the rest are customers.

    Colleagues are those with the vendor's name beside theirs, and those whom an interviewer presents so.
    """
    lead = None
    told = {part.role for part in parts.values()}
    if len(voices) > 1 and "interviewer" not in told and (len(unsettled) > 1 or "customer" in told):
        lead = max(unsettled, key=lambda voice: (_asking(voice, voices), -voice.length), default=None)
    asking = {voice.label for voice in unsettled if lead and (voice is lead or _asks_beside(voice, lead, voices))}
    others = [voice for voice in unsettled if voice.label not in asking]
    rest = [voice.label for voice in others]
    hosts = asking.union(label for label, part in parts.items() if part.role == "interviewer")
    ours = own_side([" ".join(voice.said) for voice in voices if voice.label in hosts], others)
    ours = ours.union(label for label in rest if _is_of(label, vendor))
    # An interview has a customer.
    ours = ours if "customer" in told or ours != set(rest) else frozenset()

    def role_of(label: str) -> Role:
        if label in asking:
            return "interviewer"
        return "colleague" if label in ours else "customer"

    return {voice.label: Part(voice.label, role_of(voice.label)) for voice in unsettled}


def _is_of(label: str, firm: str | None) -> bool:
    """Return whether a label says that somebody is of a company: "Jonas Reyes (Portwell)"."""
    return firm is not None and words_in(parted(label)[1]) == words_in(firm) != ()


def _asks_beside(voice: Voice, lead: Voice, voices: Sequence[Voice]) -> bool:
    """Return whether a voice is a second interviewer: one of three or more that asks for its length at least half as often as the first."""
    return len(voices) > 2 and voice.questions >= _SECOND_ASKS and voice.questions * lead.length * 2 >= lead.questions * voice.length


def _asking(voice: Voice, voices: Sequence[Voice]) -> float:
    """Return how much a voice asks, with a bonus for opening the call."""
    opens = voice is voices[0]
    return voice.questions * (_OPENS if opens else 1.0) + 0.5 * opens


def _renamed(known: Mapping[str, Participant | None], told: Mapping[str, Participant]) -> Iterable[str]:
    """Announce the labels that are spelt differently from the name that they were matched with."""
    for label, person in known.items():
        if person and not set(words_in(person.name)) <= set(words_in(label)):
            yield f"speaker '{label}' is taken for {person.name}{', who says so' if label in told else ''}"


def _unmatched(labels: Sequence[str], known: Mapping[str, Participant | None], background: Background) -> Iterable[str]:
    """Announce the participants of the background who may speak under a label that names none of them."""
    heard = {person.name for person in known.values() if person}
    missing = [person.name for person in background.participants if person.name not in heard]
    if labels and missing:
        who = listed([f"'{label}'" for label in labels])
        told = f"no speaker was matched with {listed(missing)}, who may speak as {who}"
        yield Notice(told, f'--role "{labels[0]}=Name" says who it is')


def _joining(names: Mapping[str, str]) -> Iterable[str]:
    """Announce the labels that are taken for one person."""
    for name in dict.fromkeys(names.values()):
        labels = listed([f"'{label}'" for label in names if names[label] == name])
        told = f"the speakers {labels} are taken for one person, {name}; give each a role to keep them apart"
        yield Notice(told, '--role "Name=role" for each does that')


def _resembling(labels: Sequence[str]) -> Iterable[str]:
    """Announce the labels that may be one person's, and are kept apart."""
    for one, other in resembling(labels):
        yield f"'{one}' and '{other}' may be one person; a participant of that name in the background file joins them"


def _announce(guessed: Mapping[str, Part], voices: Sequence[Voice], background: Background) -> Iterable[str]:
    if not guessed:
        return
    if len(voices) == 1:
        yield _announce_alone(voices[0])
        return
    missing = ", as the background does not name them" if background.participants else ""
    told = ", ".join(f"{part.name} = {part.role}" for part in guessed.values())
    yield Notice(f"roles guessed from who asks the questions{missing}: {told}", f"where that is wrong, {_HINT.format('Name')}")


def _doubted(people: Sequence[Voice], settled: Mapping[str, Part]) -> Iterable[str]:
    """Warn of a customer who asks most of the questions, although somebody else is on the interviewer's side."""
    most = max(people, key=lambda voice: voice.questions, default=None)
    ours = [voice.questions for voice in people if settled[voice.label].role != "customer"]
    if most is None or not ours or settled[most.label].role != "customer" or most.questions < _ASKS_MOST + _FAR_MORE * sum(ours):
        return
    part = settled[most.label]
    told = f"{part.name} asks most of the questions and is a customer here; see that the roles are right"
    yield Notice(told, f'--role "{part.name}=interviewer" changes it')


def _claiming(people: Sequence[Voice], guessed: Mapping[str, Part]) -> Iterable[str]:
    """Warn of a customer by a guess who speaks of those present as customers."""
    customers = (voice for voice in people if voice.label in guessed and guessed[voice.label].role == "customer")
    for name in (voice.label for voice in customers if calls_them_customers(" ".join(voice.said))):
        told = f"{name} calls others customers and is taken for a customer; see that the role is right"
        yield Notice(told, f'--role "{name}=colleague" changes it')


def _announce_alone(voice: Voice) -> str:
    if voice.label == UNKNOWN:
        return (
            "no speaker is named, so questions cannot be told from answers: every word is taken for a customer's; "
            'export the transcript with speakers, or write each turn as "Name: text"'
        )
    told = f"only one speaker, {voice.label}, taken for the customer: questions cannot be told from answers"
    return Notice(told, _HINT.format(voice.label))
