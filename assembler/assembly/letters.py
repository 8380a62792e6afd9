"""Which letter each établissement of a network bears in its labels: the ledger's, else the next one never given."""

from __future__ import annotations

from assembler.model.content import Content, LedgerLine


def letters_of(content: Content) -> dict[str, str]:
    """The letter of each établissement by its key, those of schools gone since included.

    A letter of the ledger never moves, whatever is added, removed or re-ordered; new ones follow the highest ever given, in
    the order of the candidature. A school alone is given none, but keeps the one it bore in a network.
    """
    letters = dict(content.letters)
    if content.is_network:
        rank = max((_rank(each) for each in letters.values()), default=0)
        for part in content.parts:
            if part.establishment and part.key not in letters:
                rank += 1
                letters[part.key] = _letter(rank)
    return letters


def carried_labels(content: Content, letters: dict[str, str]) -> dict[str, LedgerLine]:
    """By exhibit, what an établissement numbered in a ledger of its own, with its letter: « P4.2 » is « B-P4.2 » here.

    Only what this candidature's ledger does not know.
    """
    known = {line.exhibit for line in content.ledger}
    carried = {}
    for part in content.parts:
        letter = letters.get(part.key)
        for line in part.own_ledger:
            if line.exhibit not in known and line.exhibit.startswith(f"{part.key}/"):
                carried[line.exhibit] = LedgerLine(
                    line.exhibit, f"{letter}-{line.label}" if letter else line.label, line.sha256, line.issued,
                    line.state, line.replaced_by, line.source,
                )  # fmt: skip
    return carried


def _rank(letter: str) -> int:
    """1 for « A », 27 for « AA »."""
    rank = 0
    for each in letter:
        rank = rank * 26 + ord(each) - ord("A") + 1
    return rank


def _letter(rank: int) -> str:
    """« A » to « Z », then « AA »…"""
    head, tail = divmod(rank - 1, 26)
    return (_letter(head) if head else "") + chr(ord("A") + tail)
