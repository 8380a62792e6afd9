"""Three rounds from end to end: no label moves, and `complements.pdf` holds what came since the version before, no more.

What each round results in stands in `tests/dossiers/trois-tours`, to be read; `ACCEPT=1` writes it anew.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from candidature import copy_simple
from writers.pdf.reading import bookmarks, links, page_numbers, target
from writers.word.reading import numbered
from writers.word.tracked import accepted, rejected, without_contents

from assembler import cli
from assembler.model.changes import Changes, ExhibitState, State
from assembler.model.text import Paragraph
from assembler.model.version import Version
from assembler.model.walk import plain_text
from assembler.pipeline import assemble_since, examine
from assembler.readers.versions import read_last_version

ROUNDS = Path(__file__).parent / "dossiers" / "trois-tours"
NAME = "0999999F-2027"
EMBEDDED = {2: ["P1.2", "P3.2", "P4.2", "P4.3"], 3: ["P3.3"]}


@dataclass(frozen=True, slots=True)
class Round:
    """A version as it was frozen, what changed since the one before, and its folder."""

    version: Version
    changes: Changes | None
    folder: Path

    @property
    def complements(self) -> Path:
        return self.folder / "depot" / f"{NAME}-complements.pdf"


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Round]:
    """The candidature handed in three times."""
    root = copy_simple(tmp_path_factory.mktemp("tours") / "candidature")
    made: dict[int, Round] = {}
    for number in (1, 2, 3):
        if number > 1:
            shutil.copytree(ROUNDS / f"v{number}", root, dirs_exist_ok=True)
        assert cli.run(["submit", str(root)]) == 0
        version = read_last_version(root, [])
        assert version is not None and version.number == number
        before = made.get(number - 1)
        found = examine(root, date(2027, 1, 1), lambda *_: None)
        changes = assemble_since(found.content, found.dossier.pack, before.version)[1] if before else None
        made[number] = Round(version, changes, root / "versions" / f"v{number}")
    return made


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a reader meets it: its label, its words, its links with the label of the page each leads to."""

    label: str
    text: str
    links: tuple[tuple[str, str | None], ...]


def sheets(path: Path) -> list[Sheet]:
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as shown:
        numbers = page_numbers(pdf)
        labels = [shown.get_page_label(at) for at in range(len(shown))]
        made = []
        for at, page in enumerate(pdf.pages):
            letters = shown[at].get_textpage()
            there = []
            for link in links(page):
                words = " ".join(letters.get_text_bounded(*(float(side) for side in link.Rect)).split())
                aim = target(pdf, link, numbers) if "/URI" not in link.get("/A", {}) else None
                there.append((words, labels[aim - 1] if aim is not None else None))
            made.append(Sheet(labels[at], letters.get_text_bounded().replace("\r\n", "\n"), tuple(there)))
        return made


def squeezed(text: str) -> str:
    """Letters and figures alone: lines break and words are cut as the page wants."""
    return re.sub(r"\W", "", text.replace("\u00ad", "").replace("\ufffe", ""))


@pytest.mark.parametrize("number", [2, 3])
def test_each_round_results_in_what_is_recorded(number: int, rounds: dict[int, Round]) -> None:
    recorded = ROUNDS / f"v{number}.txt"
    told = "\n".join(_told(rounds[number])) + "\n"
    if os.environ.get("ACCEPT"):
        recorded.write_text(told, "utf-8")
    assert told == recorded.read_text("utf-8")


def test_a_dossier_that_answers_requests_comes_back_from_word_unchanged(
    rounds: dict[int, Round], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handed = rounds[3].folder / "depot" / f"{NAME}.docx"
    root = rounds[3].folder.parent.parent
    assert cli.run(["import", str(handed), str(root)]) == 0
    assert "aucun changement proposé" in capsys.readouterr().out
    edited = tmp_path / "relu.docx"
    with zipfile.ZipFile(handed) as source, zipfile.ZipFile(edited, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(info, content.replace("Les résultats sont joints".encode(), b"Tout est joint"))
    assert cli.run(["import", str(edited), str(root)]) == 1
    told = capsys.readouterr().out
    assert "Réponses aux demandes" in told
    assert "demandes/D2.md" in told
    assert "demandes/D1.md" not in told


def _told(each: Round) -> Iterator[str]:
    dossier = each.version.dossier
    yield f"VERSION {each.version.number}"
    yield from (f"{one.label}  {one.entry.key}" for one in dossier.exhibits)
    yield from (f"{one.label}  {one.exhibit.partition('/')[2]} ({one.state})" for one in dossier.retired)
    assert each.changes is not None
    yield f"\nCE QUI A CHANGÉ DEPUIS LA VERSION {each.changes.since}"
    for section in each.changes.sections:
        place = section.new or section.old
        assert place is not None
        yield f"{section.state.value}  {' '.join(filter(None, (place.number, place.title)))}"
    for exhibit in each.changes.exhibits:
        after = f" par {exhibit.replaced_by}" if exhibit.replaced_by else ""
        yield f"{exhibit.state.value}  {exhibit.label}{after} {', '.join(exhibit.what)}".rstrip()
    yield from (f"{one.path} : {one.old} → {one.new}" for one in each.changes.fields)
    yield from (f"{one.reference} : {one.old} → {one.new}" for one in each.changes.statuses)
    for sheet in sheets(each.complements):
        yield f"\n--- {sheet.label}"
        words = re.sub(r"code : (?:\w+ ){5}\w+", "code : …", sheet.text)
        yield re.sub(r"[0-9a-f]{16}(?: [0-9a-f]{16})*", "…", words).strip()
        yield from (f"  [{words}] → {aim or 'le web'}" for words, aim in sheet.links)


def test_the_labels_handed_in_first_are_the_same_in_the_third_round(rounds: dict[int, Round]) -> None:
    first = {each.entry.id: each.label for each in rounds[1].version.dossier.exhibits}
    last = rounds[3].version.dossier
    known = {each.entry.id: each.label for each in last.exhibits} | {each.exhibit: each.label for each in last.retired}
    assert {key: known[key] for key in first} == first
    assert len(set(known.values())) == len(known)


def test_the_first_round_has_no_complements(rounds: dict[int, Round]) -> None:
    assert not rounds[1].complements.exists()


@pytest.mark.parametrize("number", [2, 3])
def test_the_exhibits_of_the_complements_are_those_that_came(number: int, rounds: dict[int, Round]) -> None:
    changes = rounds[number].changes
    assert changes is not None
    came = [each.label for each in changes.exhibits if each.state is ExhibitState.NEW]
    pages = [each.text for each in sheets(rounds[number].complements)]
    stamped = [found[1] for each in pages if (found := re.search(r"^(\S+) — 1/1 ", each, re.M))]
    assert stamped == came == EMBEDDED[number]


@pytest.mark.parametrize("number", [2, 3])
def test_the_passages_of_the_complements_are_those_that_changed(number: int, rounds: dict[int, Round]) -> None:
    changes = rounds[number].changes
    assert changes is not None
    told = squeezed("".join(each.text for each in sheets(rounds[number].complements)))
    same, changed = set(), set()
    for each in (each for chapter in changes.chapters for each in chapter.sequence):
        if isinstance(each.new, Paragraph):
            words = squeezed(plain_text(each.new.content).partition("P")[0])
            (same if each.state is State.SAME else changed if each.state is State.NEW else set()).add(words)
    assert [each for each in changed if each not in told] == []
    assert [each for each in same if each in told] == []
    assert len(same) > 5


@pytest.mark.parametrize("number", [2, 3])
def test_every_link_of_the_complements_leads_to_what_it_names(number: int, rounds: dict[int, Round]) -> None:
    path = rounds[number].complements
    with pikepdf.open(path) as pdf:
        titles = [(title, f"C-{page}") for _, title, page in bookmarks(pdf)]
    dividers = {title.partition(" — ")[0]: page for title, page in titles}
    seen = 0
    for sheet in sheets(path):
        for words, aim in sheet.links:
            assert aim is not None, words
            if page := re.search(r"C-\d+$", words):
                assert aim == page[0], words
            elif label := re.match(r"(?:preuve )?([AP]\d[\d.]*)(?: — \d+/\d+ .*)?$", words):
                assert aim == dividers[label[1]], words
            elif section := re.fullmatch(r"\d[\d.]+ (.+)", words):
                there = next(each for each in sheets(path) if each.label == aim)
                assert squeezed(section[1]) in squeezed(there.text), words
            elif words.isdigit():
                assert aim == sheet.label, words
            else:
                assert words.startswith("critère ") and ("Critère n° " + words[-1]) in next(
                    each.text for each in sheets(path) if each.label == aim
                ), words
            seen += 1
    assert seen > 10


TITLED = re.compile(
    r"^(\d[\d.]* .+|Demande D\d)\n.*?[Pp]age (\d+) du nouveau dossier(?:, page (\d+) de la version)?", re.M
)


@pytest.mark.parametrize("number", [2, 3])
def test_a_passage_stands_in_both_dossiers_at_the_pages_named(number: int, rounds: dict[int, Round]) -> None:
    now, before = (
        [squeezed(each.text) for each in sheets(rounds[one].folder / "depot" / f"{NAME}.pdf")]
        for one in (number, number - 1)
    )
    passages = [found for each in sheets(rounds[number].complements) for found in TITLED.findall(each.text)]
    for title, page, old in passages:
        assert squeezed(title) in now[int(page) - 1], title
        assert not old or squeezed(title) in before[int(old) - 1], title
    assert len(passages) >= 3
    assert any(old for _, _, old in passages)


@pytest.mark.parametrize("number", [2, 3])
def test_the_complements_are_handed_in_sealed_with_the_rest(number: int, rounds: dict[int, Round], capsys) -> None:  # type: ignore[no-untyped-def]
    assert cli.run(["verify", str(rounds[number].folder / "depot")]) == 0
    assert cli.run(["verify", str(rounds[number].complements)]) == 0
    assert "nchangé depuis le dépôt" in capsys.readouterr().out


@pytest.mark.parametrize("number", [2, 3])
def test_the_word_file_with_marks_holds_both_versions(number: int, rounds: dict[int, Round]) -> None:
    """Pages aside."""
    marked, now = (
        (rounds[number].folder / "depot" / f"{NAME}{end}.docx").read_bytes() for end in ("-modifications", "")
    )
    before = (rounds[number - 1].folder / "depot" / f"{NAME}.docx").read_bytes()
    assert told(accepted(marked)) == told(now)
    assert told(rejected(marked)) == told(before)


def told(docx: bytes) -> list[str]:
    """Every paragraph, in tables too, but numbers alone."""
    return [text for _, _, text in numbered(without_contents(docx)) if text and not text.isdigit()]
