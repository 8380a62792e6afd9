"""Word files of other people as pack templates: each gives a sound dossier, or is refused in words. Part of `make corpora`.

`{{p dossier }}` is put at the end of each. The templates of docxtpl's own tests name what no dossier has; they are tried as
they are, then with their tags made plain text, so that their styles, tables, headers and notes are tried too.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from candidature import PACK, copy_simple, own_pack
from corpora import DAY, REPORT, files_of
from writers.word import validator

from assembler.errors import DossierError
from assembler.model.artefact import Pagination
from assembler.model.finding import Finding, Severity
from assembler.pipeline import Examined, examine
from assembler.report import finding_line
from assembler.writers.word import Workshop, write_word
from assembler.writers.word.lint import lint

TITLE = "## Word files of others as templates\n"
HEAD = """\
Each with `{{p dossier }}` at its end, as the Word template of a pack. *Dossier*: it is filled in, our own lint and Open XML SDK
(where it is installed) find no error that the template had not. *Refused*: `pack check` says why, where and what to do. *At
fault*: anything else.
"""
EVERY = (("word/docxtpl", False), ("word/docxtpl", True), ("word/python-docx", False))


@dataclass(frozen=True, slots=True)
class Used:
    """What became of one template: the codes of the errors that refuse it, or none; what is wrong, if anything is."""

    refused: tuple[str, ...]
    faults: tuple[str, ...]


def with_mark(docx: bytes, mark: str, *, plain: bool) -> bytes:
    """The file with `mark` in a paragraph at its end; with `plain`, its own tags are text."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if plain and name.endswith(".xml"):
                braces = bytes.maketrans(b"{}", b"()")
                content = re.sub(rb"(?<=>)[^<>]+(?=<)", lambda text, braces=braces: text[0].translate(braces), content)
            if name == "word/document.xml":
                paragraph = f"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p>".encode()
                end = content.rindex(b"</w:body>")
                last = re.search(
                    rb"<w:sectPr(?:(?!<w:sectPr).)*</w:sectPr>\s*$|<w:sectPr[^>]*/>\s*$", content[:end], re.DOTALL
                )
                place = last.start() if last else end
                content = content[:place] + paragraph + content[place:]
            copy.writestr(name, content)
    return target.getvalue()


def use_each(paths: Iterable[Path], told: Callable[[Path, Used], None], *, plain: bool, validated: bool) -> list[Used]:
    """Each file as the template of the base candidature, which is read once; `validated` asks the Open XML SDK too."""
    with tempfile.TemporaryDirectory(prefix="templates-") as folder, Workshop() as workshop:
        root = copy_simple(Path(folder) / "candidature")
        own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 99")(root)
        template = root / "gabarits" / PACK / "dossier.docx"
        examined = examine(root, DAY, lambda *_: None)
        done = []
        for path in paths:
            template.write_bytes(with_mark(path.read_bytes(), "{{p dossier }}", plain=plain))
            refused, faults = _use(template, examined, workshop, validated=validated)
            done.append(Used(refused, faults))
            told(path, done[-1])
    return done


def _use(
    template: Path, examined: Examined, workshop: Workshop, *, validated: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = workshop.inspect(template, examined.dossier.pack)
    errors = tuple(dict.fromkeys(each.code for each in found if each.severity is Severity.ERROR))
    try:
        made = write_word(
            examined.dossier, draft=True, pagination=Pagination((), 0), toc_pages=None, store=examined.store,
            template=template, workshop=workshop,
        )  # fmt: skip
    except DossierError as fault:
        built = {each.code for each in fault.findings if each.severity is Severity.ERROR}
        unlike = () if built == set(errors) else (f"checked: {errors}, built: {sorted(built)} {fault.code}",)
        return errors, (*unlike, *_unclear(found))
    if errors:
        return errors, ("refused when checked, not when built",)
    return (), tuple(_unsound(made, template, validated=validated))


def _unclear(found: Iterable[Finding]) -> Iterable[str]:
    """Refusals that say what happened to us rather than what is wrong with the file."""
    return (line for line in map(finding_line, found) if "la lecture échoue" in line or "Traceback" in line)


def _unsound(made: bytes, template: Path, *, validated: bool) -> Iterable[str]:
    yield from sorted(set(lint(made)) - set(lint(template.read_bytes())))
    text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    if "Un partenariat actif" not in text or "Index des preuves" not in text:
        yield "our chapters are not in it"
    if validated and validator.find():
        file = template.parents[2] / "made.docx"
        file.write_bytes(made)
        yield from sorted(
            {said for _, said in validator.errors(file)} - {said for _, said in validator.errors(template)}
        )


def section(groups: tuple[tuple[str, bool], ...], *, validated: bool) -> tuple[list[str], bool]:
    """The lines of the report, and whether anything is at fault; no line where the corpora do not stand.

    Each group is a folder, and whether the tags in its files are made plain text.
    """
    rows, codes, wrong = [], Counter[str](), []
    for group, plain in groups:
        paths = files_of(group)
        used = use_each(paths, _tell, plain=plain, validated=validated)
        if not used:
            continue
        name = f"{group}, tags as text" if plain else group
        rows.append(_row(name, used))
        codes.update(code for each in used for code in each.refused)
        wrong += [
            f"- {name}: {path.name}: {'; '.join(each.faults)}"
            for path, each in zip(paths, used, strict=True)
            if each.faults
        ]
    if not rows:
        return [], False
    told = [f"| `{code}` | {count} |" for code, count in sorted(codes.items(), key=lambda each: (-each[1], each[0]))]
    lines = ["| files | tried | dossier | refused | at fault |", "|---|" + "---:|" * 4, *rows, ""]
    lines += ["| refused for | files |", "|---|---:|", *told, "", *(wrong or ["Nothing is at fault."])]
    return [TITLE, HEAD, *lines], bool(wrong)


def _row(name: str, used: list[Used]) -> str:
    refused, faulty = sum(bool(each.refused) for each in used), sum(bool(each.faults) for each in used)
    return f"| {name} | {len(used)} | {len(used) - refused} | {refused} | {faulty} |"


def _tell(path: Path, used: Used) -> None:
    if sys.stderr.isatty() or used.faults:
        sys.stderr.write(": ".join([path.name, *used.faults]) + "\n")


def main() -> int:
    """Try them all and write their section of the report, the others left as they are; 1 when anything is at fault."""
    lines, faulty = section(EVERY, validated=True)
    sys.stdout.write("\n".join(lines) + "\n")
    if lines:
        REPORT.write_text(
            REPORT.read_text("utf-8").partition(TITLE)[0].rstrip() + "\n\n" + "\n".join(lines) + "\n", "utf-8"
        )
    return int(faulty)


if __name__ == "__main__":
    sys.exit(main())
