"""What the schools wrote: one candidature, read and not yet assembled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assembler.model.exhibit import Entry, Facts
from assembler.model.request import Request
from assembler.model.source import Source
from assembler.model.text import Block

# The folder, and the key, of what the members of a network write together.
COMMON = "commun"


class RequestType(StrEnum):
    """The three kinds of request; the values are those of `candidature.yaml`."""

    INITIAL = "initiale"
    RENEWAL = "renouvellement"
    MODIFIED_RENEWAL = "renouvellement-avec-modification"


@dataclass(frozen=True, slots=True)
class PreviousLabel:
    title: str | None
    decision: date | None
    end: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Network:
    """A joint request: `lead` is the key of the établissement that steers it."""

    name: str
    lead: str
    source: Source


@dataclass(frozen=True, slots=True)
class Candidature:
    """`candidature.yaml`. `edition` is the date printed, always known here; `source` is the file, for findings.

    `pack_version` is the version of the pack that the candidature was written for, None when it does not say.
    """

    pack: str
    request: RequestType
    title: str
    campaign: str
    edition: date
    audit: date | None
    optional_criterion: str | None
    previous: PreviousLabel | None
    establishments: tuple[str, ...]
    network: Network | None
    source: Source
    title_source: Source
    establishments_source: Source | None = None
    pack_version: str | None = None
    pack_version_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    quality: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people of one status (« élèves », « apprentis »…)."""

    status: str
    number: int


@dataclass(frozen=True, slots=True)
class Training:
    title: str
    level: str | None
    places: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: `value` as written (« 71 % »), where it comes from and of what year."""

    name: str
    value: str
    origin: str | None
    vintage: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class HeldLabel:
    """Another label the établissement holds; `proof` is the key of the exhibit that shows it."""

    name: str
    start: date | None
    end: date | None
    proof: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Establishment:
    """`etablissement.yaml`. `key` is the folder's name. `kind` is « lp », « lpo »…

    Text fields are empty when the author left them out. `profiles` are the framework's categories it declares.
    """

    key: str
    name: str
    uai: str
    kind: str
    sector: str
    address: str
    postcode: str
    town: str
    academy: str
    head: Person | None
    referent: Person | None
    headcounts: tuple[Headcount, ...]
    trainings: tuple[Training, ...]
    indicators: tuple[Indicator, ...]
    labels: tuple[HeldLabel, ...]
    source: Source
    uai_source: Source
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a narrative's front matter declares of an expectation: a status of `attendus:`, and its reason."""

    letter: str
    status: str
    reason: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class OptOut:
    """A whole criterion declared without object for one établissement, and why (None: the author does not say)."""

    reason: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Narrative:
    """One Markdown file. `slot` is `presentation`, `bilan`, the key of a section of the pack, or a criterion's number.

    The number is as in the file's name (« 4 », « 9-a »).
    """

    slot: str
    blocks: tuple[Block, ...]
    declarations: tuple[Declaration, ...]
    source: Source
    opt_out: OptOut | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a member's part was written for when it was handed over: the pack, its version, the campaign. Empty: not said."""

    pack: str
    version: str
    campaign: str
    source: Source


@dataclass(frozen=True, slots=True)
class Part:
    """What one établissement, or the network together, brings. `establishment` is None for `commun/`.

    `own_ledger` holds the labels that a member merged from a bundle had issued alone, without a letter; `followed` is what
    that bundle was made for, None for a part written here.
    """

    key: str
    establishment: Establishment | None
    narratives: tuple[Narrative, ...]
    entries: tuple[Entry, ...]
    manifest: Source
    own_ledger: tuple[LedgerLine, ...] = ()
    followed: Followed | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a narrative: pixel size, and the name of its cleaned copy in the store (None when it cannot be shown)."""

    path: str
    sha256: str | None
    width: int
    height: int
    prepared: str | None
    cleaned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One label ever issued. `exhibit` is the entry's id; `state` is `active`, `remplacee` or `retiree`."""

    exhibit: str
    label: str
    sha256: str | None
    issued: date
    state: str
    replaced_by: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Ledger:
    """`numeros.yaml`: every label ever issued, and the letter of each établissement of a network by its key."""

    lines: tuple[LedgerLine, ...]
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole candidature as written. `parts` are in the order of the candidature, `commun` first when there is one.

    `facts` pairs each entry's id with what was learnt of its file. `handed_in` is the ledger as it stood in the last version
    handed in, `asked` are the requests that it knew, `dated` is its date. `letters` pairs the key of an établissement with the
    letter that the ledger remembers.
    """

    candidature: Candidature
    parts: tuple[Part, ...]
    ledger: tuple[LedgerLine, ...]
    pictures: tuple[Picture, ...]
    facts: tuple[tuple[str, Facts], ...]
    requests: tuple[Request, ...] = ()
    handed_in: tuple[LedgerLine, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    asked: tuple[Request, ...] = ()
    dated: date | None = None

    @property
    def is_network(self) -> bool:
        """Whether several établissements ask together."""
        return sum(part.establishment is not None for part in self.parts) > 1
