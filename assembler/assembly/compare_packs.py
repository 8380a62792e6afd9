"""What differs between two versions of a pack: criteria, expectations, rules, words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from assembler.model.difference import Difference, difference
from assembler.model.framework import Criterion, Expectation, Framework
from assembler.model.pack import Pack

_BYTES = 1_000_000


def compare_packs(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """The differences, criteria first, in the order of `new`; what is gone after what stays."""
    return (*_criteria(old.framework, new.framework), *_rules(old, new), *_words(old, new))


def _criteria(old: Framework, new: Framework) -> Iterator[Difference]:
    before = {each.id: each for each in (*old.criteria, *old.offered)}
    after = {each.id: each for each in (*new.criteria, *new.offered)}
    for key, each in after.items():
        if key in before:
            yield from _criterion(before[key], each)
        else:
            yield difference("criterion-new", number=each.number, title=each.title)
        was, now = key in {one.id for one in old.offered}, key in {one.id for one in new.offered}
        if key in before and was != now:
            yield difference("criterion-optional" if now else "criterion-required", number=each.number)
    for key, each in before.items():
        if key not in after:
            yield difference("criterion-gone", number=each.number, title=each.title)


def _criterion(old: Criterion, new: Criterion) -> Iterator[Difference]:
    number = new.number
    if old.number != number:
        yield difference("criterion-number", old=old.number, new=number, title=new.title)
    if old.official_title != new.official_title:
        yield difference("criterion-title", number=number, old=old.official_title, new=new.official_title)
    if (old.title, new.title) != (old.official_title, new.official_title) and old.title != new.title:
        yield difference("criterion-shown", number=number, old=old.title, new=new.title)
    if old.aliases != new.aliases:
        yield difference("criterion-aliases", number=number, old=", ".join(old.aliases), new=", ".join(new.aliases))
    if set(old.equivalences) != set(new.equivalences):
        labels = ", ".join(each.label for each in new.equivalences)
        yield difference(
            "criterion-equivalences" if labels else "criterion-no-equivalence", number=number, labels=labels
        )
    before = {each.letter: each for each in old.expectations}
    after = {each.letter: each for each in new.expectations}
    for letter, each in after.items():
        if letter in before:
            yield from _expectation(f"{number}.{letter}", before[letter], each)
        else:
            yield difference("expectation-new", reference=f"{number}.{letter}", text=each.text)
    for letter, each in before.items():
        if letter not in after:
            yield difference("expectation-gone", reference=f"{number}.{letter}", text=each.text)


def _expectation(reference: str, old: Expectation, new: Expectation) -> Iterator[Difference]:
    if old.text != new.text:
        yield difference("expectation-text", reference=reference, old=old.text, new=new.text)
    was, now = _binding(old), _binding(new)
    if was != now:
        yield difference("expectation-kind", reference=reference, old=was, new=now)


def _binding(expectation: Expectation) -> str:
    """The kind of an expectation, with its condition and whom it is asked of."""
    together = "ensemble dans un réseau" if expectation.together else ""
    return ", ".join(filter(None, (expectation.kind.value, together, expectation.condition, *expectation.profiles)))


def _rules(old: Pack, new: Pack) -> Iterator[Difference]:
    before, after = dict(_rule_values(old)), dict(_rule_values(new))
    for code, value in after.items():
        if before[code] != value:
            yield difference(code, old=before[code], new=value)


def _rule_values(pack: Pack) -> Iterable[tuple[str, str]]:
    """Each rule by the code of its change, in words that can be set side by side; empty where the pack has none."""
    limits = pack.limits
    return (
        ("rule-title", pack.title),
        ("rule-issuer", pack.issuer),
        ("rule-official", "oui" if pack.official else "non"),
        ("rule-profiles", ", ".join(each.title for each in pack.framework.profiles)),
        ("rule-extends", pack.extends or ""),
        ("rule-in-force", pack.in_force.isoformat()),
        ("rule-legal-text", pack.framework.legal_text),
        ("rule-attachments", " ; ".join(each.title for each in pack.attachments)),
        ("rule-sections", " ; ".join(f"{each.title} ({each.required.value})" for each in pack.sections)),
        ("rule-columns", " ; ".join(f"{each.title} : {', '.join(each.columns)}" for each in pack.sections if each.columns)),
        ("rule-order", ", ".join(pack.order)),
        ("rule-evidence-size", str(limits.evidence_file // _BYTES)),
        ("rule-deposit-size", str(limits.deposit // _BYTES) if limits.deposit else ""),
        ("rule-pages", str(limits.pages or "")),
        ("rule-approval-age", str(limits.approval_age or "")),
        ("rule-return", "" if limits.due_before_audit is None else str(limits.due_before_audit)),
        ("rule-labels", f"{pack.label_pattern}, {pack.attachment_pattern}".replace("criterion", "critere").replace("rank", "rang")),
        ("rule-applicants", ", ".join((*pack.applicants.kinds, *pack.applicants.sectors))),
        ("rule-network-label", pack.applicants.network_label or ""),
        ("rule-numbering", pack.numbering.value),
        ("rule-deposit", pack.deposit.name + (".zip" if pack.deposit.archive else "")),
        ("rule-severities", ", ".join(f"{code} : {severity.value}" for code, severity in sorted(pack.severities))),
    )  # fmt: skip


def _words(old: Pack, new: Pack) -> Iterator[Difference]:
    for field in dataclasses.fields(new.words):
        was, now = getattr(old.words, field.name), getattr(new.words, field.name)
        if was != now:
            yield difference("word", old=was, new=now)
