"""A bundle from elsewhere is taken whole or refused whole: never a file outside the member's folder, never half a member."""

from __future__ import annotations

import io
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from candidature import append, link
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as some
from liasses import LEAD, MEMBER, OTHER, SUMS, TAG_SUMS, Held, exported, held, lead, manifests, member, tree, zipped

from assembler import cli

Run = Callable[..., Any]
HOME = f"data/{MEMBER}"


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """What a sound bundle holds."""
    place = tmp_path_factory.mktemp("liasse")
    return held(exported(member(place / MEMBER), place / "a.zip"))


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A lead's candidature that awaits the member."""
    return lead(tmp_path / "reseau", MEMBER)


def refused(run: Run, network: Path, content: bytes, *options: str) -> str:
    """The sentence of the refusal; nothing was written."""
    file = network.parent / "recue.liasse.zip"
    file.write_bytes(content)
    before = tree(network.parent)
    done = run("merge", file, "--into", network, "--yes", *options)
    assert tree(network.parent) == before
    assert (done.code, done.out) == (5, ""), (done.code, done.out, done.err)
    assert "Traceback" not in done.err
    assert "recue.liasse.zip" in done.err
    return str(done.err)


def remade(sent: Held, alter: Callable[[Held], object]) -> bytes:
    """The bundle altered by somebody who makes its manifests anew."""
    entries = dict(sent)
    alter(entries)
    return zipped(entries | manifests(entries))


def adding(*names: str) -> Callable[[Held], None]:
    return lambda entries: entries.update(dict.fromkeys(names, b"x"))


def setting(name: str, content: bytes) -> Callable[[Held], None]:
    return lambda entries: entries.update({name: content})


def changing(name: str, old: bytes, new: bytes) -> Callable[[Held], None]:
    def apply(entries: Held) -> None:
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new)

    return apply


def elsewhere(entries: Held) -> None:
    for name in [each for each in entries if each.startswith(HOME)]:
        entries[name.replace(HOME, "data/commun")] = entries.pop(name)


# ----------------------------------------------------------------------------------------------------------- sound one


def test_remade_without_a_change_it_is_taken(sent: Held, network: Path, run: Run) -> None:
    """The attacks below are refused for what they change, not for how they were made."""
    (network.parent / "a.zip").write_bytes(remade(sent, lambda _: None))
    done = run("merge", network.parent / "a.zip", "--into", network)
    assert done.code == 0, done.err


# --------------------------------------------------------------------------------------------------------------- names

STRANGE_NAMES = [
    "../evade.md", "data/../evade.md", f"{HOME}/../{LEAD}/critere-1.md", f"{HOME}/../../evade.md", "/tmp-evade.md",
    f"{HOME}//x.md", f"{HOME}/./x.md", f"{HOME}/a\\..\\..\\x.md", "C:/x.md", f"{HOME}/x:flux", f"{HOME}/CON", f"{HOME}/nul.md",
    f"{HOME}/x.", f"{HOME}/x ", f"{HOME}/ x", f"{HOME}/a\u202egnp.pdf", f"{HOME}/a\u200bb", f"{HOME}/a\x07b", f"{HOME}/quoi?.md",
    f"{HOME}/" + "x" * 200, f"{HOME}/" + "a/" * 9 + "x", f"{HOME}/.git/config", f"{HOME}/preuves/.htaccess", ".bashrc",
    f"data/{LEAD}/critere-1.md", "data/commun/critere-4.md", "data/versions/v1/dossier.json", "data/gabarits/x/pack.yaml",
    f"data/{MEMBER}", "data/autre.yaml", "data/demandes", "autre.txt", "evade.sh", "signature.txt",
    f"{HOME}/liasse/fusions.txt", f"{HOME}/Liasse/fusions.txt", f"{HOME}/liasse",
]  # fmt: skip


@pytest.mark.parametrize("name", STRANGE_NAMES, ids=ascii)
def test_a_name_that_has_no_business_there_is_refused(name: str, sent: Held, network: Path, run: Run) -> None:
    told = refused(run, network, remade(sent, adding(name)), "--force")
    assert "un nom qui n’a rien à y faire" in told or "confondent" in told or "est abîmé" in told


TWINS = [
    (f"{HOME}/preuves/Photo.JPG", f"{HOME}/preuves/photo.jpg"),
    (f"{HOME}/été.md", unicodedata.normalize("NFD", f"{HOME}/été.md")),
    (f"{HOME}/STRASSE.md", f"{HOME}/straße.md"),
    (f"{HOME}/x", f"{HOME}/x/y.md"),
    (f"{HOME}/CRITERE-4.md",),
    (f"data/{MEMBER.upper()}/critere-1.md",),
    ("DATA/candidature.yaml",),
    ("BAGIT.TXT",),
]


@pytest.mark.parametrize("names", TWINS, ids=ascii)
def test_names_that_some_system_confounds_are_refused(
    names: tuple[str, ...], sent: Held, network: Path, run: Run
) -> None:
    assert "certains ordinateurs confondent" in refused(run, network, remade(sent, adding(*names)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [f"{HOME}/critere-1.md", "bag-info.txt", SUMS])
def test_a_file_given_twice_is_refused(name: str, sent: Held, network: Path, run: Run) -> None:
    content = io.BytesIO(zipped(sent))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(name, b"un autre contenu")
    assert "certains ordinateurs confondent" in refused(run, network, content.getvalue())


# --------------------------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("mode", "low"),
    [(stat.S_IFLNK | 0o777, 0), (stat.S_IFIFO, 0), (stat.S_IFCHR, 0), (stat.S_IFBLK, 0), (0, 0x400)],
    ids=["link", "pipe", "device", "disk", "junction"],
)
def test_anything_but_a_file_is_refused(mode: int, low: int, sent: Held, network: Path, run: Run) -> None:
    info = zipfile.ZipInfo(f"{HOME}/preuves/lien")
    info.external_attr = mode << 16 | low
    entries = sent | {info.filename: b"../../../lycee"}
    content = io.BytesIO(zipped(sent | manifests(entries)))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(info, b"../../../lycee")
    assert "contient un lien" in refused(run, network, content.getvalue())


def test_a_file_under_a_password_is_refused(sent: Held, network: Path, run: Run) -> None:
    content = bytearray(zipped(sent))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(mark) + at] |= 1
    assert "mot de passe" in refused(run, network, bytes(content))


# --------------------------------------------------------------------------------------------------------------- sizes


def test_a_bomb_is_refused(sent: Held, network: Path, run: Run) -> None:
    bomb = remade(sent, setting(f"{HOME}/preuves/bombe.bmp", bytes(300_000_000)))
    assert len(bomb) < 500_000
    assert "démesuré" in refused(run, network, bomb)


def test_a_bomb_that_hides_its_size_is_refused(sent: Held, network: Path, run: Run) -> None:
    bomb = remade(sent, setting(f"{HOME}/preuves/bombe.bmp", bytes(30_000_000)))
    lying = bomb.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 10))
    assert lying != bomb
    refused(run, network, lying)


def test_too_many_files_are_refused(sent: Held, network: Path, run: Run) -> None:
    many = remade(sent, adding(*(f"{HOME}/preuves/{rank}.md" for rank in range(4_100))))
    assert "plus de 4000 fichiers" in refused(run, network, many)


# -------------------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"pas un zip" * 100,
        lambda content: content[: len(content) // 2],
        lambda content: content + b"suite",
        lambda content: b"MZ" + content,
        lambda content: content[:3000] + bytes(20) + content[3020:],
    ],
    ids=["empty", "other", "cut", "tail", "head", "hole"],
)  # fmt: skip
def test_a_damaged_bundle_is_refused(damage: Callable[[bytes], bytes], sent: Held, network: Path, run: Run) -> None:
    refused(run, network, damage(zipped(sent)))


@pytest.mark.parametrize("name", [f"{HOME}/critere-1.md", "data/candidature.yaml", "bag-info.txt", "LISEZMOI.txt"])
def test_what_changed_on_the_way_is_refused(name: str, sent: Held, network: Path, run: Run) -> None:
    assert "a changé depuis" in refused(run, network, zipped(sent | {name: sent[name] + b"\n"}))


@pytest.mark.parametrize(
    "alter",
    [
        lambda entries: entries.pop(f"{HOME}/critere-1.md"),
        lambda entries: entries.pop("LISEZMOI.txt"),
        adding(f"{HOME}/critere-9.md"),
        lambda entries: entries.pop(SUMS),
        lambda entries: entries.pop(TAG_SUMS),
        lambda entries: entries.update({SUMS: b""}),
        lambda entries: entries.update({TAG_SUMS: entries[TAG_SUMS] + entries[SUMS]}),
        lambda entries: entries.update({TAG_SUMS: b"\xff\xfe"}),
        lambda entries: entries.update({TAG_SUMS: entries[TAG_SUMS] * 2}),
        lambda entries: entries.update({TAG_SUMS: b"0" * 5_000_000}),
    ],
    ids=["gone", "page-gone", "added", "no-manifest", "no-tags", "empty", "mixed", "rubbish", "twice", "huge"],
)  # fmt: skip
def test_manifests_that_do_not_say_what_is_there_are_refused(
    alter: Callable[[Held], object], sent: Held, network: Path, run: Run
) -> None:
    entries = dict(sent)
    alter(entries)
    refused(run, network, zipped(entries))


# ------------------------------------------------------------------------------------------------------------- content

NOT_OURS = {
    "declaration": setting("bagit.txt", b"BagIt-Version: 9.9\n"),
    "no-declaration": lambda entries: entries.pop("bagit.txt"),
    "no-labels": lambda entries: entries.pop("bag-info.txt"),
    "huge-labels": setting("bag-info.txt", b"A: b\n" * 100_000),
    "no-date": changing("bag-info.txt", b"Bagging-Date: 2026-11-20", b"Bagging-Date: hier"),
    "no-sheet": lambda entries: entries.pop(f"{HOME}/etablissement.yaml"),
    "two-schools": lambda entries: entries.update({f"data/{OTHER}/etablissement.yaml": b"nom: x\n"}),
    "no-uai": changing(f"{HOME}/etablissement.yaml", b"0999998E", b"inconnu"),
    "another-folder": changing("data/candidature.yaml", b"[lycee-b]", b"[lycee]"),
    "no-request": lambda entries: entries.pop("data/candidature.yaml"),
    "broken-request": setting("data/candidature.yaml", b"{[" * 500),
    "common": elsewhere,
    "findings": setting("data/constats.json", b"{}[]"),
    "findings-shape": setting("data/constats.json", b'[{"a": 1}]'),
    "findings-deep": setting("data/constats.json", b"[" * 100_000),
    "no-findings": lambda entries: entries.pop("data/constats.json"),
    "a-pack": lambda entries: (entries.clear(), entries.update({"essai/pack.yaml": b"id: essai\n"})),
}  # fmt: skip


@pytest.mark.parametrize("attack", NOT_OURS)
def test_what_no_export_makes_is_refused(attack: str, sent: Held, network: Path, run: Run) -> None:
    refused(run, network, remade(sent, NOT_OURS[attack]), "--force")


def test_what_the_school_wrote_cannot_deceive_the_terminal(sent: Held, network: Path, run: Run) -> None:
    alter = changing(f"{HOME}/etablissement.yaml", "Lycée Voisin".encode(), '"Lycée\\e[2J\\nVoisin"'.encode())
    file = network.parent / "a.zip"
    file.write_bytes(remade(sent, alter))
    done = run("merge", file, "--into", network)
    assert "\x1b" not in done.out + done.err


def test_a_member_that_is_a_link_here_is_not_written_through(
    sent: Held, network: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "ailleurs").mkdir()
    link(MEMBER, "../ailleurs")(network)
    (tmp_path / "a.zip").write_bytes(zipped(sent))
    before = tree(tmp_path)
    done = run("merge", tmp_path / "a.zip", "--into", network, "--force")
    assert (done.code, "un lien ou un fichier" in done.err) == (5, True)
    assert tree(tmp_path) == before


# ---------------------------------------------------------------------------------------------------------- properties

pieces = some.sampled_from([
    "data", MEMBER, LEAD, "commun", "liasse", "preuves", "..", ".", "", "critere-1.md", "Critere-1.md", "e\u0301t\u00e9.md",
    "\u00e9t\u00e9.md", "bagit.txt", "CON", "x:y", ".git", "versions", "95 %25", "a b",
])  # fmt: skip
names = some.lists(pieces | some.text(min_size=1, max_size=6), min_size=1, max_size=5).map("/".join)
inside = some.lists(pieces | some.text(min_size=1, max_size=6), min_size=1, max_size=3).map(
    lambda each: "/".join((HOME, *each))
)
modes = some.sampled_from([stat.S_IFREG | 0o644] * 4 + [stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFDIR | 0o755, 0])
wild = some.tuples(inside | names, some.binary(max_size=40), modes, some.booleans())
sound = some.tuples(
    some.from_regex(r"(preuves/|pieces/)?[a-zéA-Z][a-z0-9 %-]{1,8}\.(md|pdf|txt)", fullmatch=True).map(
        lambda each: f"{HOME}/{each}"
    ),
    some.binary(max_size=40),
    some.just(stat.S_IFREG | 0o644),
    some.just(True),
)
additions = some.lists(sound, min_size=1, max_size=4) | some.lists(sound | wild, min_size=1, max_size=4)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(added=additions, cut=some.sampled_from((None, None, None, 0, 1, 30, 2_000)))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_bundle_holds_a_member_is_old_or_new_and_nothing_else_is_touched(
    sent: Held,
    base: Path,
    capsys: pytest.CaptureFixture[str],
    added: list[tuple[str, bytes, int, bool]],
    cut: int | None,
) -> None:
    with tempfile.TemporaryDirectory() as place:
        network = Path(shutil.copytree(base, Path(place) / "reseau"))
        before = tree(Path(place))
        content = attacked(sent, added)
        file = Path(place) / "a.zip"
        file.write_bytes(content if cut is None else content[:-cut])
        code = cli.run(["merge", str(file), "--into", str(network), "--force"])
        after = tree(Path(place))
        after.pop("a.zip")
        assert "Traceback" not in capsys.readouterr().err
        event(f"code {code}")
        if code == 5:
            assert after == before
            return
        assert code == 0
        own, kept = f"reseau/{MEMBER}/", "reseau/mis-de-cote/"
        assert all(before.get(name) == each for name, each in after.items() if not name.startswith((own, kept)))
        assert all(after.get(name) == each for name, each in before.items() if not name.startswith(own))
        wanted = {name: each for name, each in files_in(content).items() if name.startswith(f"{HOME}/")}
        there = {
            name: each for name, each in after.items() if name.startswith(own) and not name.startswith(f"{own}liasse/")
        }
        assert there == {name.replace(f"{HOME}/", own): each for name, each in wanted.items()}
        assert not any(path.is_symlink() for path in Path(place).rglob("*"))


def files_in(content: bytes) -> Held:
    """The files of a zip that was found sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist() if not each.is_dir()}


def attacked(sent: Held, added: list[tuple[str, bytes, int, bool]]) -> bytes:
    """The bundle with these entries (name, content, kind, whether a manifest tells them)."""
    told = dict(sent)
    for name, content, _, listed in added:
        if listed:
            told[name] = content
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**sent, **sums(told)}.items():
            if name not in {each for each, *_ in added}:
                archive.writestr(name, content)
        for name, content, mode, _ in added:
            info = zipfile.ZipInfo(name.split("\0")[0] or "x")
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return output.getvalue()


def sums(entries: Held) -> Held:
    """The manifests of these files, whatever their names hold."""
    try:
        return manifests(entries)
    except UnicodeEncodeError:
        return {}


@pytest.fixture(scope="module")
def base(sent: Held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A lead's candidature where the member was merged once, and edited on the spot."""
    place = tmp_path_factory.mktemp("base")
    root = lead(place / "reseau", MEMBER)
    (place / "a.zip").write_bytes(zipped(sent))
    assert cli.run(["merge", str(place / "a.zip"), "--into", str(root)]) == 0
    append(f"{MEMBER}/critere-6.md", "\nSur place.\n")(root)
    yield root
