"""A zip from elsewhere is refused whole at the first thing that is doubtful, before a byte of it is written."""

from __future__ import annotations

import hashlib
import io
import os
import random
import stat
import struct
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assembler.errors import Missing, Refused
from assembler.tools.bundle import Limits, open_bundle
from assembler.tools.bundle_names import folded, is_unsafe
from assembler.tools.packing import SUMS, write_bundle

LIMITS = Limits(packed=5_000_000, inflated=8_000_000, files=50)
FILES = {"essai/pack.yaml": b"id: essai\n", "essai/polices/a.ttf": b"\0\1\0\0" * 500}
BOMB = b"0" * 7_000_000


def placed(folder: Path, files: dict[str, bytes]) -> list[tuple[str, Path]]:
    places = []
    for rank, (name, content) in enumerate(files.items()):
        path = folder / f"{rank}.source"
        path.write_bytes(content)
        places.append((name, path))
    return places


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sound bundle."""
    write_bundle(tmp_path / "essai.zip", placed(tmp_path, FILES), None)
    return tmp_path / "essai.zip"


def unpacked(file: Path, folder: Path) -> dict[str, bytes]:
    with open_bundle(file, LIMITS) as bundle:
        bundle.unpack(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(file: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught, open_bundle(file, limits):
        pytest.fail("nothing of it may be used")
    return caught.value.code


# --------------------------------------------------------------------------------------------------------- sound ones


def test_what_was_put_in_comes_out(bundle: Path, tmp_path: Path) -> None:
    assert unpacked(bundle, tmp_path / "sortie") == FILES


def test_it_holds_a_manifest_that_sha256sum_can_check(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        rows = archive.read(SUMS).decode().splitlines()
    assert rows == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(FILES.items())]


def test_the_same_files_make_the_same_bytes_whatever_their_order_and_dates(bundle: Path, tmp_path: Path) -> None:
    places = placed(tmp_path, FILES)
    for _, path in places:
        os.utime(path, (0, 1_000_000_000))
        path.chmod(0o600)
    write_bundle(tmp_path / "autre.zip", reversed(places), None)
    assert (tmp_path / "autre.zip").read_bytes() == bundle.read_bytes()


def test_its_seal_is_made_of_the_manifest_and_given_back(tmp_path: Path) -> None:
    write_bundle(tmp_path / "b.zip", placed(tmp_path, FILES), lambda sums: b"vu : " + sums)
    with open_bundle(tmp_path / "b.zip", LIMITS) as opened:
        assert opened.signature == b"vu : " + opened.sums
        assert opened.names == tuple(sorted(FILES))


def test_an_ordinary_tool_reads_it(bundle: Path) -> None:
    assert (
        subprocess.run([sys.executable, "-m", "zipfile", "-t", bundle], capture_output=True, check=False).returncode
        == 0
    )


# ----------------------------------------------------------------------------------------------------- doubtful ones


def made(
    target: Path, entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]], sums: dict[str, bytes] | None = None
) -> Path:
    """A zip of these entries, in their order, with a manifest of `sums` (of the entries themselves without it)."""
    entries = list(entries)
    told = sums if sums is not None else {_name(entry): content for entry, content in entries}
    rows = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in told.items())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SUMS, rows)
        for entry, content in entries:
            archive.writestr(entry, content)
    return target


def _name(entry: str | zipfile.ZipInfo) -> str:
    return entry if isinstance(entry, str) else entry.filename


def entry(name: str, *, mode: int = stat.S_IFREG | 0o644, low: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16 | low
    return info


UNSAFE_NAMES = [
    "../dehors.txt", "essai/../../dehors.txt", "/absolu.txt", "C:/windows.txt", "C:windows.txt", "essai\\..\\dehors.txt",
    "essai//double.txt", "essai/./point.txt", "essai/fin.", "essai/fin ", " essai/debut", "essai/CON", "essai/nul.yaml",
    "essai/COM¹.txt", "essai/a\u202egnp.exe", "essai/a\u200bb.txt", "essai/a\x07b.txt", "essai/quoi?.txt", "essai/a|b",
    "x" * 300, "/".join("abcdefghij"),
]  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE_NAMES, ids=repr)
def test_a_name_that_could_leave_the_folder_or_deceive_is_refused(name: str, tmp_path: Path) -> None:
    assert refused(made(tmp_path / "a.zip", [(name, b"x")])) == "bundle-name"


TWINS = [
    ("essai/Photo.JPG", "essai/photo.jpg"),
    ("essai/café.txt", unicodedata.normalize("NFD", "essai/café.txt")),
    ("essai/STRASSE.txt", "essai/straße.txt"),
    ("essai/a.txt", "essai/a.txt"),
    ("essai/a", "essai/a/b.txt"),
    ("essai/a/b.txt", "essai/a"),
    ("essai/x.txt", "Essai/y.txt"),
]


@pytest.mark.parametrize("names", TWINS, ids=repr)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_names_that_some_system_confounds_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    assert refused(made(tmp_path / "a.zip", [(each, b"x") for each in names])) == "bundle-twins"


@pytest.mark.parametrize(
    "info",
    [
        entry("l", mode=stat.S_IFLNK | 0o777),
        entry("l", mode=stat.S_IFIFO),
        entry("l", mode=stat.S_IFCHR),
        entry("l", low=0x400),
    ],
    ids=["link", "pipe", "device", "junction"],
)
def test_anything_but_a_file_is_refused(info: zipfile.ZipInfo, tmp_path: Path) -> None:
    assert refused(made(tmp_path / "a.zip", [(info, b"/etc/passwd")])) == "bundle-link"


def flagged(file: Path) -> Path:
    """The zip, its last entry said to be encrypted."""
    content = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(mark) + at] |= 1
    file.write_bytes(content)
    return file


def test_a_file_under_a_password_is_refused(tmp_path: Path) -> None:
    assert refused(flagged(made(tmp_path / "a.zip", [("a", b"x")]))) == "bundle-encrypted"


def test_what_changed_was_added_or_is_gone_is_refused(tmp_path: Path) -> None:
    true = {"a": b"x", "b": b"y"}
    assert refused(made(tmp_path / "1.zip", [("a", b"x"), ("b", b"z")], true)) == "bundle-altered"
    assert refused(made(tmp_path / "2.zip", [("a", b"x"), ("b", b"y"), ("c", b"")], true)) == "bundle-altered"
    assert refused(made(tmp_path / "3.zip", [("a", b"x")], true)) == "bundle-altered"


def test_a_zip_of_somebody_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"x")
    assert refused(tmp_path / "a.zip") == "bundle-no-sums"


def test_a_bomb_is_refused_whatever_size_it_declares(tmp_path: Path) -> None:
    file = made(tmp_path / "a.zip", [("bombe", BOMB)])
    assert refused(file) == "bundle-inflates"
    content = file.read_bytes()
    lying = content.replace(struct.pack("<L", len(BOMB)), struct.pack("<L", 10))
    assert lying != content
    file.write_bytes(lying)
    assert refused(file) in ("bundle-inflates", "bundle-unreadable", "bundle-altered")


def test_many_small_bombs_are_counted_together(tmp_path: Path) -> None:
    assert refused(made(tmp_path / "a.zip", [(f"b{rank}", bytes(900_000)) for rank in range(10)])) == "bundle-inflates"


def test_too_large_or_too_many_is_refused_before_anything_is_inflated(bundle: Path, tmp_path: Path) -> None:
    assert refused(bundle, Limits(packed=100, inflated=10**6, files=10)) == "bundle-too-large"
    many = made(tmp_path / "a.zip", [(str(rank), b"") for rank in range(60)])
    assert refused(many) == "bundle-too-many"


def test_a_list_of_files_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    """The end of the zip declares few files, its list is long."""
    many = made(tmp_path / "a.zip", [(f"{rank:04}" + "x" * 150, b"") for rank in range(500)])
    content = bytearray(many.read_bytes())
    struct.pack_into("<2H", content, len(content) - 14, 2, 2)
    many.write_bytes(content)
    assert refused(many) == "bundle-too-many"


def nested(file: Path) -> Path:
    """A zip whose file « b » lies inside the bytes of its file « a »."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b", b"x" * 100)
        listed = archive.filelist[0]
    rows = "".join(
        f"{hashlib.sha256(each).hexdigest()}  {name}\n" for name, each in (("a", inner.getvalue()), ("b", b"x" * 100))
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(SUMS, rows)
        archive.writestr("a", inner.getvalue())
        listed.header_offset = archive.filelist[-1].header_offset + 31
        archive.filelist.append(listed)
    return file


def test_bytes_that_serve_two_files_are_refused(tmp_path: Path) -> None:
    file = nested(tmp_path / "a.zip")
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None, "an ordinary reader takes it"
    assert refused(file) == "bundle-unreadable"


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"pas un zip" * 10,
        lambda content: content[: len(content) // 2],
        lambda content: content + b"suite",
        lambda content: b"MZ" + content,
        lambda content: content[:200] + bytes(8) + content[208:],
    ],
    ids=["empty", "other", "cut", "tail", "head", "hole"],
)
def test_a_damaged_zip_is_refused_in_one_sentence(damage: Callable[[bytes], bytes], bundle: Path) -> None:
    bundle.write_bytes(damage(bundle.read_bytes()))
    assert refused(bundle) in ("bundle-unreadable", "bundle-altered")


def test_no_file_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.zip", tmp_path):
        with pytest.raises(Missing), open_bundle(path, LIMITS):
            pytest.fail("there is nothing to open")


def test_a_fault_of_who_uses_the_bundle_is_not_taken_for_one_of_the_bundle(bundle: Path) -> None:
    with pytest.raises(ValueError, match="ailleurs"), open_bundle(bundle, LIMITS):
        raise ValueError("ailleurs")


def test_a_zip_that_changes_after_it_was_looked_at_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    write_bundle(file, placed(tmp_path, {"photo.jpg": random.Random(1).randbytes(1_000_000)}), None)
    with open_bundle(file, LIMITS) as opened:
        content = bytearray(file.read_bytes())
        content[500_000] ^= 1
        file.write_bytes(content)
        with pytest.raises(Refused) as caught:
            opened.unpack(tmp_path / "sortie")
    assert caught.value.code == "bundle-altered"


@given(some.text(min_size=1, max_size=40))
def test_a_name_that_passes_stays_under_its_folder_on_any_system(name: str) -> None:
    if is_unsafe(name):
        return
    assert not name.startswith(("/", "\\", "~/"))
    assert ".." not in name.replace("\\", "/").split("/")
    assert ":" not in name
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert folded(unicodedata.normalize("NFD", name)) == folded(unicodedata.normalize("NFC", name))
