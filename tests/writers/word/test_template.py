"""Templates come from outside: what they may say, what they may not, where a fault stands, and what a stranger may not do."""

from __future__ import annotations

import io
import runpy
import time
import zipfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import word_template
from docx import Document
from word_template import ATTACKS, MISTAKES, SHIPPED, body, boxed, header_saying, note, rows, saying, spoilt

from assembler.errors import DossierError
from assembler.model.finding import Finding, Severity
from assembler.model.pack import Words
from assembler.report import finding_line
from assembler.tools.store import Store
from assembler.writers.word import Workshop, template_faults, write_word
from assembler.writers.word.lint import lint
from assembler.writers.word.names import NAMES, ByKey, Leaf, Mark, One, Rows, Shape
from assembler.writers.word.values import template_values

from .academy import academy_template
from .reading import W, document, names, numbered, part, text
from .sample import sample, template, workshop
from .validator import ROOT, errors


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gabarit" / "dossier.docx"


def inspected(file: Path, content: bytes) -> tuple[Finding, ...]:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    dossier, _ = sample(Store(file.parent / "store"))
    return workshop().inspect(file, dossier.pack)


def filled(file: Path, *spoils: word_template.Spoil, content: bytes | None = None, members: int = 1) -> bytes:
    """The sample dossier written in the shipped template (or another), changed."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(spoilt(*spoils, template=content))
    store = Store(file.parent / "store")
    dossier, pagination = sample(store, members=members)
    return write_word(
        dossier, draft=False, pagination=pagination, toc_pages=None, store=store, template=file, workshop=workshop()
    )


# ------------------------------------------------------------------------------------------------------ what it may say


def test_a_template_may_name_loop_and_choose(file: Path) -> None:
    loop = "{% for a in accords %}{{ a.etablissement | upper }}{% if not loop.last %}, {% endif %}{% endfor %}"
    shown = [text(each) for each in document(filled(file, saying(loop), members=2)).iter(f"{W}p")]
    assert "LYCÉE EXEMPLE, LYCÉE SECOND & CIE" in shown


def test_a_tag_cut_by_formatting_or_typed_with_curly_quotes_is_read_as_meant(file: Path) -> None:
    shown = [
        text(each)
        for each in document(
            filled(file, saying("A {‖{ camp‖agne ‖}‖} B", "{% if pilote.secteur != ‘privé’ %}oui{% endif %}"))
        ).iter(f"{W}p")
    ]
    assert {"A 2027 B", "oui"} <= set(shown)


def test_tags_are_filled_in_headers_notes_and_text_boxes(file: Path) -> None:
    made = filled(
        file, header_saying("Tête {{ campagne }}"), note("Note {{ campagne }}"), boxed("Boîte {{ campagne }}")
    )
    headers = [text(part(made, name)) for name in names(made) if name.startswith("word/header")]
    assert any("Tête 2027" in header for header in headers)
    assert "Note 2027" in text(part(made, "word/footnotes.xml"))
    assert text(document(made)).count("Boîte 2027") == 2  # drawn, and drawn again for older versions


def test_what_an_author_writes_is_never_read_as_a_tag(file: Path) -> None:
    dossier, pagination = sample(Store(file.parent / "store"))
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(spoilt(saying("Nous, {{ intitule }}.")))
    wicked = "{{ cycler }} {% for %} <?dossier-mark bilan?> </w:t> R&D"
    named = replace(dossier, candidature=replace(dossier.candidature, title=wicked))
    store = Store(file.parent / "store")
    made = write_word(
        named, draft=False, pagination=pagination, toc_pages=None, store=store, template=file, workshop=workshop()
    )
    assert f"Nous, {wicked}." in [text(each) for each in document(made).iter(f"{W}p")]


def test_the_values_given_are_those_of_the_list_no_more_no_less(tmp_path: Path) -> None:
    for members in (1, 2):
        dossier, pagination = sample(Store(tmp_path), members=members)
        values = template_values(dossier, pagination, draft=True)
        assert set(values) == set(NAMES)
        for name, shape in NAMES.items():
            assert_shaped(values[name], shape, name)


def test_every_fixed_word_of_a_pack_has_a_name(tmp_path: Path) -> None:
    words = NAMES["mots"]
    assert isinstance(words, One)
    assert len(words.fields) == len(fields(Words))


def assert_shaped(value: Any, shape: Shape, name: str) -> None:
    match shape:
        case Leaf(example=example):
            assert type(value) is type(example), name
        case Mark():
            assert set(value) == {"mark"}, name
        case One(fields=inner):
            assert set(value) == set(inner), name
            for key, each in inner.items():
                assert_shaped(value[key], each, f"{name}.{key}")
        case Rows(fields=inner):
            for item in value:
                assert_shaped(item, One("", inner), name)
        case ByKey(each=each):
            for key, item in value.items():
                assert_shaped(item, each if isinstance(each, Mark) else One("", each), f"{name}.{key}")


# ------------------------------------------------------------------------------------------------ an académie’s template


def test_an_academies_template_is_used_whole(file: Path) -> None:
    made = filled(file, content=academy_template(), members=2)
    assert lint(made) == []
    tree = document(made)
    tables = [
        [[text(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] for table in tree.iter(f"{W}tbl")
    ]
    assert [["élèves", "apprentis"], ["512", "48"]] in tables  # a column for each status
    assert any(table[0] == ["Formation", "Niveau", "Places"] and len(table) == 3 for table in tables)
    assert any(table[0][:2] == ["Attendu", "Ce qui est attendu"] and len(table) == 10 for table in tables)
    turned = [size.get(f"{W}orient") for size in tree.iter(f"{W}pgSz")]
    assert turned.count("landscape") == 1
    assert sum(name.startswith("word/media/") for name in names(made)) >= 2


def test_each_criterion_stands_in_its_box_with_its_own_numbers(file: Path) -> None:
    made = filled(file, content=academy_template())
    boxes = [
        table for table in document(made).iter(f"{W}tbl")
        if table.getparent().tag == f"{W}body" and "Attendus : 1.a" in text(table)
    ]  # fmt: skip
    assert len(boxes) == 1
    assert "Des métiers" in text(boxes[0])
    shown = {number for style, number, _ in numbered(made) if style.lower().startswith("heading")}
    assert {"1.1", "2.1", "9-a.1"} <= shown
    assert not any(number.startswith("Critère") for number in shown)


def test_what_a_template_places_itself_is_not_repeated_at_its_end(file: Path) -> None:
    made = filled(file, content=academy_template(marks=False))
    titles = [shown for style, _, shown in numbered(made) if style.lower() == "heading 1"]
    assert titles.count("Présentation de l’établissement") == 1
    assert "Tableau de conformité" in titles
    assert [each for each in titles if each.startswith("Critère")] == ["Critère 1", "Critère 2", "Critère 9-a"]


def test_a_criterion_can_be_named_by_its_id(file: Path) -> None:
    dossier, _ = sample(Store(file.parent))
    first = dossier.pack.framework.criteria[0]
    key = first.id.replace("-", "_")
    made = filled(file, saying(f"Ici : {{{{ critere.{key}.numero }}}}", f"{{{{p critere.{key}.contenu }}}}"))
    shown = [text(each) for each in document(made).iter(f"{W}p")]
    assert "Ici : 1" in shown
    titles = [number for style, number, _ in numbered(made) if style.lower() == "heading 1" and number]
    assert titles == ["Critère n° 2 —", "Critère n° 9-a —"]  # the first stands elsewhere


def test_a_row_a_cell_or_a_table_that_stays_empty_leaves_the_document_sound(file: Path) -> None:
    made = filled(
        file,
        rows(("{%tr for e in cotes_retirees %}",), ("{{ e.cote }}",), ("{%tr endfor %}",)),
        rows(("{%tr for e in etablissements if e.nom == 'x' %}",), ("{{ e.nom }}",), ("{%tr endfor %}",)),
        body("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
             + "".join(map(word_template.paragraph, ("{%p if reseau %}", "x", "{%p endif %}"))) + "</w:tc></w:tr></w:tbl>"),
    )  # fmt: skip
    assert lint(made) == []


@pytest.mark.parametrize("members", [1, 2])
def test_the_open_xml_sdk_finds_nothing_in_an_academies_template(file: Path, members: int) -> None:
    made = filled(file, content=academy_template(), members=members)
    (file.parent / "made.docx").write_bytes(made)
    (file.parent / "own.docx").write_bytes(academy_template())
    known = {said for _, said in errors(file.parent / "own.docx")}
    assert {said for _, said in errors(file.parent / "made.docx")} <= known


def test_the_template_shipped_is_what_its_script_makes() -> None:
    script = runpy.run_path(str(ROOT / "tests" / "example" / "make_template.py"))
    assert script["made"]() == template().read_bytes()


def test_the_template_shipped_says_nothing_of_who_made_it() -> None:
    properties = Document(io.BytesIO(template().read_bytes())).core_properties
    assert properties.author in ("", "python-docx")  # python-docx makes its own where a file has none


# --------------------------------------------------------------------------------------------------------- its faults


def test_a_good_template_has_no_fault(file: Path) -> None:
    assert inspected(file, SHIPPED.read_bytes()) == ()
    assert inspected(file, academy_template()) == ()
    assert template_faults(file, None) == ()  # a pack whose criteria are not known


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_once_with_its_place_and_its_remedy(mistake: str, file: Path) -> None:
    spoil, code, words = MISTAKES[mistake]
    file.parent.mkdir()
    file.write_bytes(spoilt(spoil))
    found = [each for each in template_faults(file, shipped_pack()) if each.code == code]
    assert found
    told = finding_line(found[0])
    assert [each for each in words if each not in told] == []
    assert len(set(found)) == len(found)


def test_a_template_with_a_thousand_faults_is_told_within_bounds_errors_first(file: Path) -> None:
    found = inspected(file, spoilt(saying("{ a }"), saying(*["{ a }"] * 1_000), saying("{{ x }}")))
    assert len(found) <= 100
    assert found[0].severity is Severity.ERROR


def shipped_pack() -> Any:
    from assembler.readers.pack import read_pack

    return read_pack(SHIPPED.parent, (SHIPPED.parents[1],)).pack


# ------------------------------------------------------------------------------------------------------------ attacks


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_when_checked_and_when_built(attack: str, tmp_path: Path) -> None:
    from candidature import PACK, copy_simple

    from assembler.pipeline import check_pack

    root = copy_simple(tmp_path / "candidature")
    change, code = ATTACKS[attack]
    change(root)
    pack = root / "gabarits" / PACK
    found = check_pack(str(pack))
    assert code in [each.code for each in found if each.severity is Severity.ERROR]
    with pytest.raises(DossierError) as failure:
        workshop().fill(pack / "dossier.docx", shipped_pack(), {})
    assert failure.value.code == "word-template"
    assert code in [each.code for each in failure.value.findings]


@pytest.mark.parametrize("attack", ["macros", "DDE", "the globals of a function", "a bomb"])
def test_a_build_with_such_a_template_stops_before_anything_is_written(attack: str, tmp_path: Path, run: Any) -> None:
    from candidature import copy_simple

    root = copy_simple(tmp_path / "candidature")
    ATTACKS[attack][0](root)
    done = run("build", root, "-o", tmp_path / "sortie", "--draft")
    assert done.code == 3
    assert "Le modèle" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "sortie").exists()


def test_a_template_that_would_take_for_ever_is_stopped(file: Path) -> None:
    """Four loops over every exhibit: a page of the dossier's own words, times a thousand million."""
    loops = "".join(f"{{% for {name} in preuves %}}" for name in "abcd")
    values = many_exhibits(file)
    file.write_bytes(spoilt(saying(loops + "{% if a.cote == d.titre %}x{% endif %}" + "{% endfor %}" * 4)))
    started = time.monotonic()
    with Workshop() as own, pytest.raises(DossierError) as failure:
        own.fill(file, shipped_pack(), values)
    assert time.monotonic() - started < 20  # what was promised; it is stopped after ten
    assert "secondes" in finding_line(failure.value.findings[0])


def test_a_template_that_would_fill_the_memory_is_stopped(file: Path) -> None:
    loops = "".join(f"{{% for {name} in preuves %}}" for name in "abcd")
    values = many_exhibits(file)
    file.write_bytes(spoilt(saying(loops + "{{ a.titre }}" * 20 + "{% endfor %}" * 4)))
    with Workshop() as own, pytest.raises(DossierError) as failure:
        own.fill(file, shipped_pack(), values)
    assert "démesuré" in finding_line(failure.value.findings[0])


def test_a_document_that_makes_the_reader_pause_is_stopped_too(file: Path) -> None:
    """No tag at fault: what is slow is the reading itself."""
    cells = "<w:tc><w:p/></w:tc>" * 400_000
    found = inspected(
        file, spoilt(body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + word_template.paragraph("}}" * 400_000)))
    )
    assert found
    assert workshop().inspect(SHIPPED, shipped_pack()) == ()  # and the next one is read


def test_data_bound_to_a_control_is_cut_off_so_that_word_shows_what_was_checked(file: Path) -> None:
    bound = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Vrai</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    made = filled(file, body(bound), word_template.added("customXml/item1.xml", b"<a>Faux</a>"))
    assert not list(document(made).iter(f"{W}dataBinding"))
    assert not any("Faux" in text_of(made, name) for name in names(made))


def text_of(docx: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode("utf-8", "replace")


def many_exhibits(file: Path) -> dict[str, Any]:
    file.parent.mkdir(exist_ok=True)
    dossier, pagination = sample(Store(file.parent / "store"))
    values: dict[str, Any] = {**template_values(dossier, pagination, draft=False)}
    values["preuves"] = values["preuves"] * 40
    return values
