"""What may be used: consent to record, what is off the record, permissions and their conditions, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import filterfalse

from ...findings import Boundary, Leave
from ...lexicon import Lexicon, load_data
from ...quantities import find_quantities
from ...rulings import Ruling
from ...speakers import names_nobody
from ...text import listed, norms
from ..citation import Citation
from ..conditions import conditions
from ..leave import depends, told_of_recording
from ..material import Material
from ..permissions import permissions_asked, permissions_said, told_of_name
from .items import LONGEST, Item, ItemStatus, grouped, shown

__all__ = ["conditions_to_keep", "consent", "losses", "names", "off_record", "permissions"]


def consent(material: Material) -> Iterable[Item]:
    """Yield whether the recording was asked for and granted, by whom, and whose answer is a no, not noted or not plain."""
    findings = material.findings
    agreed, assumed, refused = findings.consent_by, findings.consent_assumed, findings.consent_refused
    asked = tuple(shown(material, n) for n in (findings.consent.asked,) if n in material.turns)
    owner = material.interviewer or "interviewer"
    if findings.consent.granted is None and not refused:
        yield _not_granted(material, asked, owner)
    for name, turn in agreed.items():
        if condition := _condition_of(material, turn):
            text = f"{name} agreed to the recording on a condition: {_words(condition)} Is it kept?"
            yield Item(area="consent", item=text, evidence=(*asked, condition), owner=owner, status="to confirm", blocks=True)
            continue
        evidence = (*asked, shown(material, turn))
        yield Item(area="consent", item=f"{name} agreed to the recording.", evidence=evidence, owner=owner, status="done", blocks=False)
    for name, turn in assumed.items():
        text = f"Confirm that {name} agreed to the recording: the request or the answer is not in plain words, and the interview went on."
        evidence = (*asked, shown(material, turn))
        yield Item(area="consent", item=text, evidence=evidence, owner=owner, status="to confirm", blocks=True)
    for name, turn in refused.items():
        said = shown(material, turn)
        text = f"{name} was heard to refuse the recording: {_words(said)} Was it off, or deleted?"
        yield Item(area="consent", item=text, evidence=(*asked, said), owner=owner, status="missing", blocks=True)
    heard = agreed | assumed | refused
    for name in material.customers if heard else ():
        if name not in heard and any(t.speaker == name for t in findings.turns):
            yield Item(
                area="consent", item=f"Confirm that {name} agreed to the recording, too.", owner=owner, status="to confirm", blocks=True
            )


def _not_granted(material: Material, asked: tuple[Citation, ...], owner: str) -> Item:
    """Return that nobody agreed and nobody refused: after the question, or what was only told, or neither."""
    told = () if asked else tuple(material.around(s, LONGEST) for s in told_of_recording(material.turns) if not material.barred.covers(s))
    lead = f"{asked[0].speaker} asked for permission to record" if asked else "Nobody asked for permission to record"
    lead = f"{told[0].speaker} only told that the call is recorded: {told[0].quoted} Nobody asked" if told else lead
    whom = "not every customer was" if material.findings.consent_by else "no customer was"
    return Item(
        area="consent", item=f"{lead}, and {whom} heard to agree.", evidence=asked or told, owner=owner, status="missing", blocks=True
    )  # fmt: skip


def _words(said: Citation) -> str:
    """Return what was said, or where to read it where its words must not be shown."""
    return said.quoted if said.text else "its words are held back, read them there."


def _condition_of(material: Material, turn: int) -> Citation | None:
    """Return the words of an answer from the sentence on that says on what its yes depends; only their place if some are barred."""
    start = next((s.start for s in material.spans(turn) if depends(s.text)), None)
    if start is None or not material.is_open(turn):
        return None if start is None else material.point(turn)
    return material.clip(turn, start, len(material.turns[turn].text), LONGEST)


def losses(material: Material) -> Iterable[Item]:
    """Yield the parts of the call that are lost, of which nobody can say what they barred."""
    for loss in material.losses:
        text = f"{loss.told}, and a request for discretion may be among them: ask who was on the call, before anything is used."
        yield Item(
            area="off the record", item=text, derived=(loss.told,), owner=material.interviewer or "writer", status="missing", blocks=True
        )  # fmt: skip


def off_record(material: Material) -> Iterable[Item]:
    """Yield what is barred, one item for each place where a boundary was set: where it was said, never what."""
    owner = material.interviewer or "writer"
    boundaries = material.findings.off_record
    barred = set(_covered(material, (row for row in boundaries if row.degree == "clear")))
    placed = grouped((row for row in boundaries if row.leave is None), lambda row: row.turn).values()
    for same in grouped(placed, lambda rows: _barred_by(material, rows) or rows[0].turn).values():
        set_in = [row for rows in same for row in rows]
        sure = _covered(material, (row for row in set_in if row.degree == "clear"))
        perhaps = [n for n in _covered(material, (row for row in set_in if row.degree != "clear")) if n not in barred]
        if sure or perhaps:
            yield _boundary(material, [rows[0] for rows in same], sure, perhaps, owner)
    for leave, rows in grouped(boundaries, lambda row: row.leave).items():
        meant = [n for n in _covered(material, rows) if n not in barred]
        if leave is not None and meant:
            yield _condition(material, leave, owner) if leave.depends else _leave(material, leave, meant, owner)
    for freed in material.releases:
        when = f"of turn {freed.turn} were released on {freed.on.isoformat()}"
        when += f", as agreed: {freed.agreed}" if freed.agreed else ""
        yield _ruled(material, freed, f"Words {when}; documents use them from then on.", when, "done")
    for gone in material.withdrawals:
        who, when = material.turns[gone.turn].speaker, f"of turn {gone.turn} on {gone.on.isoformat()}"
        yield _ruled(material, gone, f"{who} withdrew words {when}; every document leaves them out from then on.", when, "barred")


def _ruled(material: Material, ruling: Ruling, text: str, when: str, status: ItemStatus) -> Item:
    """Return what a person has decided on words of a turn, and `when`, which nobody said."""
    return Item(
        area="off the record", item=text, evidence=(material.point(ruling.turn),), derived=(when,),
        owner=material.interviewer or "writer", status=status, blocks=False,
    )  # fmt: skip


def _covered(material: Material, rows: Iterable[Boundary]) -> list[int]:
    """Return the turns that boundaries cover and that were not released."""
    return sorted({n for row in rows for n in row.covers if n in material.turns and n not in material.released})


def _barred_by(material: Material, rows: Sequence[Boundary]) -> tuple[str, ...]:
    """Return who sets boundaries, and which turns they bar for sure besides their own, if any; nothing where they bar none."""
    covered = _covered(material, (row for row in rows if row.degree == "clear"))
    sure = [n for n in covered if n != rows[0].turn] or covered
    return (material.turns[rows[0].turn].speaker, *map(str, sure)) if sure else ()


def _boundary(material: Material, places: Sequence[Boundary], sure: Sequence[int], perhaps: Sequence[int], owner: str) -> Item:
    """Return a boundary with the turns that it bars for sure, and those to be confirmed or released; it may be set in several places.

    A boundary that is only possible is shown in its own words where they give nothing away: a person has to judge them.
    """
    row, turns = places[0], [place.turn for place in places]
    who = material.turns[row.turn].speaker
    set_in, said_in, release = f"in {_turns(turns)}", f"in {_turns(sure)}", f"release {_turns(perhaps)}"
    own = f" (“{row.text}”)" if _may_be_shown(material, row) else ""
    if sure:
        text = f"{who} set a boundary {set_in}: what was said {said_in} may not be used, in any words."
        text += f" It may reach further: confirm or {release}, held back until then." if perhaps else ""
    else:
        text = f"{who}'s words {set_in}{own} may have been meant as off the record: confirm or {release}, held back until then."
    pointers = tuple(material.point(n) for n in sorted({*turns, *sure, *perhaps}) if n in material.turns)
    status: ItemStatus = "barred" if sure else "to confirm"
    return Item(
        area="off the record", item=text, evidence=pointers, derived=(set_in, said_in, release), owner=owner, status=status,
        blocks=bool(sure),
    )  # fmt: skip


def _may_be_shown(material: Material, row: Boundary) -> bool:
    """Return whether the words of a boundary give nothing away: nothing else of their turn is held back, and no name or amount in them."""
    covered = any(row.turn in other.covers for other in material.findings.off_record) and row.turn not in material.released
    covered = covered or any(row.turn == gone.turn for gone in material.withdrawals)
    return not covered and not find_quantities(row.text) and not material.barred.tells(row.text)


def _leave(material: Material, leave: Leave, meant: Sequence[int], owner: str) -> Item:
    """Return a customer's later leave to use turns: a person has to confirm and release them."""
    who, said_in, release = material.turns[leave.turn].speaker, f"in {_turns(meant)}", f"release {_turns(meant)}"
    text = f"{who} let what was said {said_in} be used after all: confirm and {release}, held back until then."
    evidence = (shown(material, leave.turn), *(material.point(n) for n in meant))
    return Item(
        area="off the record", item=text, evidence=evidence, derived=(said_in, release), owner=owner, status="to confirm", blocks=False
    )  # fmt: skip


def _condition(material: Material, leave: Leave, owner: str) -> Item:
    """Return a customer's leave that depends on something: where it was said, since its words may tell what is barred."""
    who, said_in, read = material.turns[leave.turn].speaker, f"in {_turns(leave.covers)}", f"in turn {leave.turn}"
    text = f"{who} said {read} on what condition, and how much, of what was said {said_in} may be told: read it there, "
    text += f"and release turn {leave.turn} once that is met. It is held back until then, and what was said {said_in} stays out."
    release = f"release turn {leave.turn}"
    return Item(
        area="off the record", item=text, evidence=(material.point(leave.turn),), derived=(said_in, read, release), owner=owner,
        status="to confirm", blocks=True,
    )  # fmt: skip


def _turns(numbers: Sequence[int]) -> str:
    return f"{'turns' if len(numbers) > 1 else 'turn'} {listed([str(n) for n in numbers])}"


def permissions(material: Material) -> Iterable[Item]:
    """Yield the permissions, one by one, with what was said of each on the call: none follows from another.

    What only some stories show, a photo, is there where it was asked for.
    """
    owner, told, sought = material.background.customer.company or "customer", permissions_said(material), permissions_asked(material)
    for row in load_data("drafts")["permissions"]:
        said, asked = told.get(row["id"], ()), sought.get(row["id"])
        if row.get("spoken") and not (said or asked):
            continue
        text, status = str(row["item"]), "to ask"
        if said:
            turned = f" Asked {asked.quoted}:" if asked and _asks_minding(asked.text) else ""
            text, status = f"{text}{turned} {' '.join(map(_as_said, said))}", "to confirm"
        elif asked:
            text = f"{text} Asked on the call, {asked.quoted}, and no plain answer noted."
        evidence = tuple(said or filter(None, (asked,)))
        derived = tuple(f"in turn {c.turn}" for c in said if not c.text)
        yield Item(area="permissions", item=text, evidence=evidence, derived=derived, owner=owner, status=status, blocks=True)


def _asks_minding(text: str) -> bool:
    """Return whether a question turns yes and no round: "would you mind if we used your logo?"."""
    return any(m.label == "mind" for m in Lexicon.load("consent").find(norms(text)))


def _as_said(said: Citation) -> str:
    """Return what a customer said of a permission, or where it is to be read if their words are held back."""
    if said.text:
        return f"{said.speaker} said on the call: {said.quoted}"
    return f"What {said.speaker} said of it in turn {said.turn} is held back: read it there."


def conditions_to_keep(material: Material) -> Iterable[Item]:
    """Yield the conditions that customers set on publication, but not those told whole with their consent to the recording."""
    granted = [c for turn in material.findings.consent_by.values() if (c := _condition_of(material, turn))]
    apart = (c for c in conditions(material) if not any(other.holds(c.said) for other in granted))
    for said, binds, asked in ((c.said, c.binds, c.asked) for c in apart):
        if said.text:
            to = f", asked {asked.quoted}" if asked else ""
            text = f"{said.speaker} may have set a condition{to}: {said.quoted} Is it kept?"
        else:
            text = f"{said.speaker} made the use of a name depend on consent: it is held back. Is there consent?"
        bound = tuple(material.around(span, LONGEST) for span in binds if material.is_usable(span))
        text += f" It is about: {'; '.join(dict.fromkeys(b.quoted for b in bound))}" if bound else ""
        evidence = tuple(c for c in (asked, said, *bound) if c)
        owner = material.interviewer or "writer"
        yield Item(area="permissions", item=text, evidence=evidence, owner=owner, status="to confirm", blocks=True)


def names(material: Material) -> Iterable[Item]:
    """Yield each customer's name and title, with what they said of them, and the title of the background file if they told another."""
    for name in filterfalse(names_nobody, material.customers):
        spelt, title = material.introduced(name)
        text = f"Spelling and title: {spelt}, {title}." if title else f"Spelling of {spelt}; the title is not known."
        status: ItemStatus = "to confirm" if title else "missing"
        told = told_of_name(material, name)
        text += f" As said on the call: {' '.join(said.quoted for said in told)}" if told else ""
        known = material.known_title(name) if name in material.titles_told else None
        text += f" The background file has “{known}”." if known else ""
        derived = (f"{spelt}, {title}" if title else spelt, *filter(None, (known,)))
        yield Item(area="customer", item=text, evidence=told, derived=derived, owner=name, status=status, blocks=True)
