"""Random narratives in everyday forms, that CommonMark and we must read the same way."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Maker = Callable[[Random, int], str]

_WORDS = (
    "lycée",
    "projet",
    "élève",
    "métier",
    "atelier",
    "partenaire",
    "région",
    "stage",
    "bilan",
    "été",
    "cœur",
    "voie",
)


def random_document(seed: int) -> str:
    """One narrative: headings, paragraphs, lists in lists, quotations, tables, code, with blank lines often missing."""
    random = Random(seed)
    lines: list[str] = []
    before: Maker | None = None
    for _ in range(random.randint(2, 9)):
        maker = random.choice((*_ANYWHERE, *_AT_TOP))
        text = maker(random, 0)
        late_number = text[0].isdigit() and not text.startswith("1.")
        if before and (random.random() > 0.3 or late_number or _must_part(before, maker)):
            lines.append("")
        lines += text.split("\n")
        before = maker
    return "\n".join(lines) + "\n"


def _must_part(before: Maker, maker: Maker) -> bool:
    """Whether, without a blank line between them, CommonMark does not see what the author meant, as we do."""
    return before is _table or (maker in (_table, _rule) and before not in (_heading, _fence))


def _sentence(random: Random) -> str:
    words = [_word(random) for _ in range(random.randint(1, 8))]
    return f"{random.choice(_WORDS)} {' '.join(words)}"


def _word(random: Random) -> str:
    word = random.choice(_WORDS)
    forms = [word] * 12 + [
        f"**{word}**", f"*{word}*", f"_{word}_", f"`{word}`", f"[{word}](http://exemple.fr/{random.randint(1, 9)})",
        f"**{word} *{word}* {word}**", f"{word}_{word}_{word}", f"\\*{word}\\*", f"***{word}***", f"<http://a.fr/{word[0]}>",
        "2 * 3", "R&D", "&amp;", "5 > 3", "« mot »", f"*{word} {word}*", f"__{word}__,", "2020-2023", "# non", "- non",
    ]  # fmt: skip
    return random.choice(forms)


def _paragraph(random: Random, depth: int) -> str:
    lines = [_sentence(random) for _ in range(random.randint(1, 3))]
    ends = ["" if random.random() < 0.8 else random.choice(["  ", "\\"]) for _ in lines[:-1]]
    return "\n".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _heading(random: Random, depth: int) -> str:
    closing = random.choice(["", "", " ##"])
    return f"{'#' * random.randint(1, 6)} {_sentence(random)}{closing}"


def _rule(random: Random, depth: int) -> str:
    return random.choice(["***", "* * *", "---", "___"])


def _fence(random: Random, depth: int) -> str:
    mark = random.choice(["```", "~~~~"])
    content = "\n".join(
        random.choice(["# code", "- x", "", "  a = 1", "> y", "| a |"]) for _ in range(random.randint(1, 3))
    )
    return f"{mark}\n{content}\n{mark}"


def _quotation(random: Random, depth: int) -> str:
    inner = (
        [random.choice(_ANYWHERE)(random, depth + 1) for _ in range(random.randint(1, 2))]
        if depth < 2
        else [_paragraph(random, depth)]
    )
    text = "\n\n".join(inner)
    return "\n".join(
        f"> {line}".rstrip() if random.random() < 0.9 else f">{line and ' '}{line}" for line in text.split("\n")
    )


def _list(random: Random, depth: int) -> str:
    numbered = random.random() < 0.35
    bullet = random.choice("-*+")
    wide = random.choice([1, 1, 1, 3])
    start = random.choice([1, 1, 1, 2, 7])
    loose = random.random() < 0.3
    items = []
    for rank in range(random.randint(1, 4)):
        marker = f"{start + rank}." if numbered else bullet
        marker += " " * wide
        items.append(marker + _item(random, depth, len(marker)))
    return ("\n\n" if loose else "\n").join(items)


def _item(random: Random, depth: int, width: int) -> str:
    lines = _paragraph(random, depth).split("\n")
    text = "\n".join([lines[0], *(" " * random.choice([0, width]) + line for line in lines[1:])])
    if depth < 2 and random.random() < 0.4:
        child = random.choice([_list, _list, _paragraph, _quotation, _fence])
        parting = "\n" if child is _list and random.random() < 0.7 else "\n\n"
        body = child(random, depth + 1)
        if parting == "\n" and body[0].isdigit() and body[0] != "1":
            parting = "\n\n"
        text += parting + "\n".join(f"{' ' * width}{line}" if line else "" for line in body.split("\n"))
    return text


def _table(random: Random, depth: int) -> str:
    width = random.randint(2, 4)
    edge = random.choice(["| ", ""])
    rows = [" | ".join(_cell(random) for _ in range(width)) for _ in range(random.randint(1, 4))]
    delimiters = "|".join(random.choice(["---", ":--", ":-:", "--:"]) for _ in range(width))
    lines = [rows[0], delimiters, *rows[1:]]
    return "\n".join(f"{edge}{line}{edge[::-1]}" for line in lines)


def _cell(random: Random) -> str:
    return " ".join([random.choice(_WORDS), *(_word(random) for _ in range(random.randint(0, 2)))])


_ANYWHERE: tuple[Maker, ...] = (_paragraph, _paragraph, _list, _list, _quotation, _fence)
_AT_TOP: tuple[Maker, ...] = (_heading, _table, _rule)
