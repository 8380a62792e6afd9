"""Numbers that never move, whatever is inserted, removed, moved to another criterion or put in another order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from dossiers.model import PACK, content_of, entry
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.assembly.letters import letters_of
from assembler.assembly.number import Numbering, issue, number_exhibits
from assembler.model.content import Content, LedgerLine
from assembler.model.exhibit import Entry
from assembler.model.source import Source
from assembler.readers.ledger import ledger_text, read_ledger

CRITERIA = ("1", "2", "9-a")
SCHOOLS = ("lycee", "autre", "commun")

entries = st.lists(
    st.builds(entry, st.sampled_from(SCHOOLS), st.sampled_from("abcdefgh"), st.sampled_from((*CRITERIA, "7", None))),
    unique_by=lambda each: each.id, max_size=10,
)  # fmt: skip
many = settings(max_examples=300, deadline=None)


def numbered(content: Content) -> Numbering:
    return number_exhibits(content, PACK)


def labels(content: Content) -> dict[str, str]:
    return {each.entry.id: each.label for each in numbered(content).exhibits}


def issued(content: Content) -> Content:
    """The candidature after `dossier number`, its ledger written and read again."""
    lines = issue(numbered(content).exhibits, content.ledger, content)
    found: list[object] = []
    again = read_ledger(ledger_text(lines), "numeros.yaml", found).lines  # type: ignore[arg-type]
    assert found == []
    assert [replace(each, source=Source("")) for each in again] == [replace(each, source=Source("")) for each in lines]
    return replace(content, ledger=again)


def with_entries(content: Content, written: list[Entry]) -> Content:
    return replace(content_of(written), ledger=content.ledger)


@many
@given(entries)
def test_no_two_exhibits_share_a_label(written: list[Entry]) -> None:
    given_labels = labels(content_of(written))
    assert len(set(given_labels.values())) == len(given_labels) == len(written)


@many
@given(entries, entries)
def test_an_issued_label_never_changes(written: list[Entry], later: list[Entry]) -> None:
    """`later` shares keys with `written`: some stay, some go, some change criterion, some are new."""
    first = issued(content_of(written))
    before = labels(first)
    after = labels(with_entries(first, later))
    assert {key: label for key, label in after.items() if key in before} == {
        key: label for key, label in before.items() if key in after
    }


@many
@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing_issued(written: list[Entry], order: object) -> None:
    first = issued(content_of(written))
    mixed = list(written)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    lines = list(first.ledger)
    order.shuffle(lines)  # type: ignore[attr-defined]
    again = replace(with_entries(first, mixed), ledger=tuple(lines))
    assert labels(again) == labels(first)
    assert [each.label for each in numbered(again).exhibits] == [each.label for each in numbered(first).exhibits]


@many
@given(st.lists(entries, min_size=2, max_size=4))
def test_a_retired_number_is_never_given_again(rounds: list[list[Entry]]) -> None:
    content = content_of([])
    owner: dict[str, str] = {}
    for written in rounds:
        content = issued(with_entries(content, written))
        for line in content.ledger:
            assert owner.setdefault(line.label, line.exhibit) == line.exhibit
        gone = {line.label for line in content.ledger} - set(labels(content).values())
        assert {each.label for each in numbered(content).retired} == gone
        assert {line.label for line in content.ledger if line.state == "retiree"} == gone
    assert len(owner) == len(content.ledger)


@many
@given(entries, entries)
def test_provisional_labels_come_after_the_highest_ever_issued(written: list[Entry], later: list[Entry]) -> None:
    first = issued(content_of(written))
    highest: Counter[str] = Counter()
    for line in first.ledger:
        series, rank = _split(line.label)
        highest[series] = max(highest[series], rank)
    for each in numbered(with_entries(first, later)).exhibits:
        series, rank = _split(each.label)
        if not each.issued:
            assert rank > highest[series]


schools = st.lists(st.sampled_from(("a", "b", "c", "d", "e")), min_size=1, unique=True)


@many
@given(st.lists(schools, min_size=2, max_size=5))
def test_a_letter_is_given_once_and_never_moves(rounds: list[list[str]]) -> None:
    """Whoever joins, leaves, comes back or changes place between two rounds of numbering."""
    owner: dict[str, str] = {}
    remembered: tuple[tuple[str, str], ...] = ()
    for keys in rounds:
        content = replace(content_of([], schools=tuple(keys)), letters=remembered)
        letters = letters_of(content)
        assert len(set(letters.values())) == len(letters)
        assert set(keys) <= set(letters) or len(keys) == 1
        for key, letter in letters.items():
            assert owner.setdefault(letter, key) == key
        assert dict(remembered).items() <= letters.items()
        remembered = tuple(letters.items())


@many
@given(entries, entries)
def test_labels_given_alone_are_kept_with_a_letter_and_never_collide(alone: list[Entry], joint: list[Entry]) -> None:
    """A member numbered alone what it has in `alone`; the network numbered `joint` before its bundle came."""
    own = issued(content_of([each for each in alone if each.establishment == "autre"], schools=("autre",)))
    content = issued(content_of(joint))
    parts = tuple(replace(each, own_ledger=own.ledger if each.key == "autre" else ()) for each in content.parts)
    before, after = labels(content), labels(replace(content, parts=parts))
    assert before == after, "what the network numbered does not move"
    fresh = replace(content_of(alone), parts=tuple(
        replace(each, own_ledger=own.ledger if each.key == "autre" else ()) for each in content_of(alone).parts
    ))  # fmt: skip
    letter = letters_of(fresh).get("autre")
    for line in own.ledger:
        assert labels(fresh)[line.exhibit] == (f"{letter}-{line.label}" if letter else line.label)
    mixed = replace(
        content_of(alone), ledger=content.ledger, letters=tuple(letters_of(content).items()), parts=fresh.parts
    )
    given_labels = labels(mixed)
    assert len(
        {*given_labels.values(), *(line.label for line in content.ledger if line.exhibit not in given_labels)}
    ) == len({*given_labels, *(line.exhibit for line in content.ledger)})


def test_two_labels_given_alone_that_differ_by_a_letter_only_do_not_collide() -> None:
    """A school taken out of a network remembers B-P1.1 and P1.1; in another network both would read the same."""
    own = issued(content_of([entry("autre", key, "1") for key in "xy"], schools=("autre",)))
    same = tuple(replace(each, label="P1.1") for each in own.ledger)
    content = content_of([entry("autre", key, "1") for key in "xy"])
    parts = tuple(replace(each, own_ledger=same if each.key == "autre" else ()) for each in content.parts)
    assert sorted(labels(replace(content, parts=parts)).values()) == ["B-P1.1", "B-P1.2"]


@many
@given(entries, entries)
def test_issuing_is_idempotent_and_keeps_every_line(written: list[Entry], later: list[Entry]) -> None:
    first = issued(content_of(written))
    second = issued(with_entries(first, later))
    assert issued(second).ledger == second.ledger
    kept = {line.label: line.exhibit for line in second.ledger}
    assert all(kept[line.label] == line.exhibit for line in first.ledger)
    assert all(each.issued for each in numbered(second).exhibits)


@many
@given(entries, st.permutations(["lycee", "autre"]))
def test_a_label_says_whose_it_is_and_under_which_criterion(written: list[Entry], order: list[str]) -> None:
    content = content_of(written, schools=tuple(order))
    letters = {"commun": "", order[0]: "A-", order[1]: "B-"}
    for each in numbered(content).exhibits:
        stem = "A" if each.entry.is_attachment else f"P{each.entry.criteria[0]}."
        assert each.label.startswith(letters[each.entry.establishment] + stem)


@many
@given(entries)
def test_a_replaced_exhibit_keeps_its_label_and_names_its_successor(written: list[Entry]) -> None:
    content = issued(content_of(written))
    evidence = [each for each in written if not each.is_attachment]
    if not evidence:
        return
    old = evidence[0]
    new = replace(entry(old.establishment, "nouvelle", old.criteria[0]), replaces=old.key)
    again = with_entries(content, [*written, new])
    by_id = {each.entry.id: each for each in numbered(again).exhibits}
    assert by_id[old.id].label == labels(content)[old.id]
    assert by_id[old.id].superseded_by == by_id[new.id].label
    line = next(each for each in issued(again).ledger if each.exhibit == old.id)
    assert (line.state, line.replaced_by) == ("remplacee", by_id[new.id].label)


def test_a_school_that_joins_does_not_move_the_labels_of_the_first() -> None:
    alone = issued(content_of([entry("lycee", "a", "1")], schools=("lycee",)))
    assert labels(alone) == {"lycee/a": "P1.1"}
    joined = replace(content_of([entry("lycee", "a", "1"), entry("lycee", "b", "1"), entry("autre", "a", "1")]),
                     ledger=alone.ledger)  # fmt: skip
    assert labels(joined) == {"lycee/a": "P1.1", "lycee/b": "A-P1.1", "autre/a": "B-P1.1"}


def test_a_label_issued_long_ago_under_another_pattern_is_kept_and_avoided() -> None:
    line = LedgerLine("lycee/vieille", "P1.7", None, date(2024, 1, 1), "retiree", None, Source("numeros.yaml", 3))
    content = replace(content_of([entry("lycee", "a", "1")], schools=("lycee",)), ledger=(line,))
    assert labels(content) == {"lycee/a": "P1.8"}


def _split(label: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*?)(\d+)", label)
    assert match
    return match[1], int(match[2])
