"""The table of changes: what it says, of whom, on which page before, and where to go."""

from __future__ import annotations

from dataclasses import replace

from dossiers.model import PACK, content_of, entry, narrative

from assembler.assembly import assemble
from assembler.assembly.compare import compare
from assembler.assembly.compare.listing import list_changes
from assembler.assembly.number import issue
from assembler.model.change_list import ChangeLine, ChangeList
from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Entry
from assembler.model.source import Source
from assembler.model.text import Block, Heading, Paragraph, Text
from assembler.model.version import Version


def text(words: str, part: str = "lycee") -> Paragraph:
    return Paragraph((Text(words),), Source(f"{part}/critere-1.md", 1))


def section(name: str, *words: str, part: str = "lycee") -> tuple[Block, ...]:
    title = Heading(1, (Text(name),), (), Source(f"{part}/critere-1.md", 1))
    return (title, *(text(each, part) for each in words or (f"Ce que le lycée dit ici de : {name}.",)))


def written(*blocks: Block, slot: str = "1", keys: tuple[str, ...] = ()) -> Content:
    entries = tuple(entry("lycee", key, "1") for key in keys)
    return content_of(entries, {"lycee": (narrative("lycee", slot, *blocks),)}, schools=("lycee",))


def told(old: Content, new: Content, pages: dict[str, int] | None = None) -> ChangeList | None:
    """Both versions assembled, the first handed in: labels issued then are kept."""
    before = assemble(old, PACK)
    lines = issue(before.exhibits, (), old)
    after = assemble(replace(new, ledger=lines), PACK)
    changes = compare(before, after, 1)
    anchors = {**dict.fromkeys(_anchors(before), 7), **(pages or {})}
    return list_changes(changes, Version(1, before, tuple(anchors.items()), lines, Source("versions/v1")), after)


def _anchors(dossier: Dossier) -> list[str]:
    headings = [block.anchor for each in dossier.body for block in each.blocks if isinstance(block, Heading)]
    chapters = [each.anchor for each in (*dossier.body, *dossier.exhibits, *dossier.members, *dossier.coverage)]
    return [*chapters, *(each for each in headings if each)]


def lines(changes: ChangeList | None, title: str) -> list[ChangeLine]:
    assert changes is not None
    return [line for group in changes.groups if group.title.startswith(title) for line in group.lines]


def shown(found: list[ChangeLine]) -> list[tuple[str, str]]:
    return [(each.what.replace("\u00a0", " "), each.state.replace("\u00a0", " ")) for each in found]


def test_nothing_is_listed_when_both_say_the_same() -> None:
    one = written(*section("Accueil"))
    assert told(one, one) is None


def test_a_section_is_named_with_its_number_its_state_and_its_pages() -> None:
    before = (*section("Accueil"), *section("Suivi", "Les tuteurs viennent une fois."))
    after = (*section("Suivi", "Les tuteurs viennent deux fois."), *section("Bilan", "Tout est neuf ici, vraiment."))
    found = lines(told(written(*before), written(*after), {"section-1.2": 37}), "Critère")
    assert shown(found) == [
        ("1.1 Accueil", "retirée, ne figure plus dans le dossier"),
        ("1.1 Suivi (1.2 dans la version déposée)", "modifiée"),
        ("1.2 Bilan", "nouvelle"),
    ]
    assert [each.before for each in found] == [7, 37, None]
    assert [each.anchor for each in found] == [None, "section-1.1", "section-1.2"]


def test_a_section_that_only_moved_says_so() -> None:
    one, two = section("Accueil"), section("Suivi")
    found = lines(told(written(*one, *two), written(*two, *one)), "Critère")
    assert [state for _, state in shown(found)] == ["déplacée"]


def test_a_whole_new_chapter_is_one_line() -> None:
    old, new = written(), content_of((), {"lycee": (narrative("lycee", "presentation", *section("Nous")),)}, ("lycee",))
    assert shown(lines(told(old, new), "Présentation")) == [("Tout le chapitre", "nouveau")]
    assert shown(lines(told(new, old), "Présentation")) == [
        ("Tout le chapitre", "retiré, ne figure plus dans le dossier")
    ]


def test_exhibits_are_told_by_their_labels() -> None:
    old, new = written(keys=("a", "b", "c")), written(keys=("a", "d", "e"))
    parts = tuple(replace(part, entries=tuple(map(_changed, part.entries))) for part in new.parts)
    found = lines(told(old, replace(new, parts=parts)), "Preuves")
    assert shown(found) == [
        ("P1.1 — Nouveau titre", "modifiée : titre"),
        ("P1.4 — D", "nouvelle"),
        ("P1.5 — E", "nouvelle"),
        ("P1.2 — B", "remplacée par"),
        ("P1.3 — C", "retirée, ne figure plus dans le dossier ; sa cote ne servira plus"),
    ]
    assert [each.before for each in found] == [7, None, None, 7, 7]
    replaced = found[3]
    assert replaced.anchor is None
    assert replaced.successor == ("P1.4", "preuve-P1.4")


def _changed(each: Entry) -> Entry:
    if each.key == "a":
        return replace(each, title="Nouveau titre")
    return replace(each, replaces="b") if each.key == "d" else each


def test_the_cover_and_the_identity_sheet_tell_both_values() -> None:
    old = written()
    (part,) = old.parts
    assert part.establishment is not None
    school = replace(part.establishment, address="2, rue Neuve", town="Ville")
    new = replace(
        old,
        parts=(replace(part, establishment=school),),
        candidature=replace(old.candidature, title="Lycée des métiers du bois"),
    )
    changes = told(old, new)
    assert shown(lines(changes, "Page de garde")) == [
        ("Intitulé demandé", "modifié : « Lycée des métiers » devient « Lycée des métiers du bois »")
    ]
    assert shown(lines(changes, "Fiche d’identité")) == [
        ("Adresse", "ajouté : « 2, rue Neuve »"),
        ("Commune", "ajouté : « Ville »"),
    ]
    assert {each.anchor for each in lines(changes, "Fiche")} == {"etablissement-lycee"}


def test_in_a_network_each_line_says_whose_it_is() -> None:
    def joint(words: str, keys: tuple[str, ...], schools: tuple[str, ...] = ("lycee", "autre")) -> Content:
        texts = {
            "lycee": (narrative("lycee", "1", *section("Chez nous")),),
            "autre": (narrative("autre", "1", *section("Chez l’autre", words, part="autre")),),
            "commun": (narrative("commun", "1", *section("Ensemble", words, part="commun")),),
        }
        return content_of((entry("autre", key, "1") for key in keys), texts, schools)

    changes = told(joint("Nous avons dit ceci.", ()), joint("Nous avons dit cela.", ("bilan",)))
    sections = [(each.what.split(" ", 1)[1], each.author) for each in lines(changes, "Critère")]
    assert sections == [("Ensemble", "Réseau"), ("Chez l’autre", "Lycée autre")]
    assert [each.author for each in lines(changes, "Preuves")] == ["Lycée autre"]


def test_a_school_that_joins_is_one_line_of_the_identity_sheets() -> None:
    alone = content_of((), {}, ("lycee",))
    both = content_of((), {}, ("lycee", "autre"))
    assert shown(lines(told(alone, both), "Fiche d’identité")) == [("Lycée autre", "nouvelle")]
    (line,) = lines(told(both, alone), "Fiche d’identité")
    assert (line.state, line.anchor) == ("retirée, ne figure plus dans le dossier", None)


def test_what_a_school_that_left_wrote_is_told_with_its_name() -> None:
    def network(*keys: str) -> Content:
        told = {each: (narrative(each, "1", *section(f"Suivi à {each}", part=each)),) for each in keys}
        return replace(content_of((), told, keys), letters=(("nord", "A"), ("sud", "B"), ("est", "C")))

    found = lines(told(network("nord", "sud", "est"), network("nord", "est")), "Critère")
    assert [(each.what.partition(" ")[2], each.author) for each in found if "retirée" in each.state] == [
        ("B — Lycée sud", "Lycée sud")
    ]
