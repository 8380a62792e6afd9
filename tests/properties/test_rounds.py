"""A school adds, removes, renames, moves, re-files, replaces and hands in, in any order: no number that was issued moves."""

from __future__ import annotations

from dataclasses import replace

from dossiers.model import PACK, content_of, entry
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assembler.assembly.number import issue, number_exhibits
from assembler.model.content import Content, LedgerLine
from assembler.model.exhibit import Entry, Exhibit
from assembler.readers.ledger import ledger_text, read_ledger

PARTS = st.sampled_from(("lycee", "autre", "commun"))
CRITERIA = st.sampled_from(("1", "2", "9-a"))
KEYS = st.sampled_from("abcdef")
RANKS = st.integers(0, 20)


class Candidature(RuleBasedStateMachine):
    """A manifest that changes and a ledger that must not; what was handed in is kept apart, to judge."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.ledger: tuple[LedgerLine, ...] = ()
        self.owners: dict[str, str] = {}

    @rule(part=PARTS, key=KEYS, criterion=st.one_of(st.none(), CRITERIA))
    def add(self, part: str, key: str, criterion: str | None) -> None:
        new = entry(part, key, criterion)
        if new.id not in {each.id for each in self.entries}:
            self.entries.append(new)

    @rule(rank=RANKS)
    def remove(self, rank: int) -> None:
        if self.entries:
            self.entries.pop(rank % len(self.entries))

    @rule(rank=RANKS, key=KEYS)
    def rename(self, rank: int, key: str) -> None:
        """Another key is another exhibit, for whoever reads the manifest."""
        self._change(rank, lambda each: replace(each, key=key, id=f"{each.establishment}/{key}"))

    @rule(rank=RANKS, title=st.sampled_from(("Convention", "Bilan")))
    def retitle(self, rank: int, title: str) -> None:
        self._change(rank, lambda each: replace(each, title=title, file=f"{title}.pdf"))

    @rule(rank=RANKS, to=RANKS)
    def move(self, rank: int, to: int) -> None:
        if self.entries:
            moved = self.entries.pop(rank % len(self.entries))
            self.entries.insert(to % (len(self.entries) + 1), moved)

    @rule(rank=RANKS, criterion=CRITERIA)
    def file_under(self, rank: int, criterion: str) -> None:
        self._change(rank, lambda each: each if each.is_attachment else replace(each, criteria=(criterion,)))

    @rule(rank=RANKS, key=KEYS, keep=st.booleans())
    def supersede(self, rank: int, key: str, keep: bool) -> None:
        """A new exhibit takes the place of another, that stays in the manifest or goes."""
        if not self.entries:
            return
        old = self.entries[rank % len(self.entries)]
        new = replace(entry(old.establishment, key, (old.criteria or ("1",))[0]), replaces=old.key)
        if old.is_attachment or new.id in {each.id for each in self.entries}:
            return
        if not keep:
            self.entries.remove(old)
        self.entries.append(new)

    @rule()
    def submit(self) -> None:
        content = self._content()
        lines = issue(self._exhibits(), self.ledger, content)
        found: list[object] = []
        self.ledger = read_ledger(ledger_text(lines), "numeros.yaml", found).lines  # type: ignore[arg-type]
        assert found == []
        for line in self.ledger:
            assert self.owners.setdefault(line.label, line.exhibit) == line.exhibit

    @invariant()
    def every_label_is_somebodys_alone(self) -> None:
        labels = [each.label for each in self._exhibits()]
        assert len(set(labels)) == len(labels) == len(self.entries)

    @invariant()
    def what_was_handed_in_keeps_its_label(self) -> None:
        given = {exhibit: label for label, exhibit in self.owners.items()}
        for each in self._exhibits():
            assert given.get(each.entry.id, each.label) == each.label
            assert self.owners.get(each.label, each.entry.id) == each.entry.id

    @invariant()
    def what_is_gone_is_told(self) -> None:
        numbering = number_exhibits(self._content(), PACK)
        shown = {each.label for each in numbering.exhibits} | {each.label for each in numbering.retired}
        assert set(self.owners) <= shown

    def _change(self, rank: int, how: object) -> None:
        if self.entries:
            place = rank % len(self.entries)
            changed = how(self.entries[place])  # type: ignore[operator]
            if changed.id not in {each.id for each in self.entries} - {self.entries[place].id}:
                self.entries[place] = changed

    def _content(self) -> Content:
        return replace(content_of(self.entries), ledger=self.ledger)

    def _exhibits(self) -> tuple[Exhibit, ...]:
        return number_exhibits(self._content(), PACK).exhibits


TestRounds = Candidature.TestCase
TestRounds.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
