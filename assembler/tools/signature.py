"""Who sealed a bundle: an Ed25519 signature over its manifest, and the keys met before.

The first key seen for a pack, and for its issuer, is remembered on this computer; another one is then refused. Checking a
signature needs the optional library `cryptography`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.errors import DossierError, Missing, Refused
from assembler.tools.atomic import replace_file
from assembler.tools.faults import reason

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_FORM = re.compile(r"cle: ([0-9a-f]{64})\nsignature: ([0-9a-f]{128})\n")


@dataclass(frozen=True, slots=True)
class Seal:
    """The key that a bundle claims, in hexadecimal; whether its signature was checked (False: it could not be)."""

    key: str
    checked: bool


def make_key(path: Path) -> None:
    """A new private key in the file `path`, which must not exist. Raises `Missing` without the library, `Refused`."""
    _library()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if path.exists():
        raise Refused("key-exists", file=str(path))
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.touch(0o600)
        path.write_bytes(content)
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault


def sealer(path: Path) -> Callable[[bytes], bytes]:
    """What signs with the private key in the file `path`. Raises `Missing`, or `Refused` when it holds no such key."""
    _library()
    key = _private(path)
    public = key.public_key().public_bytes_raw().hex()
    return lambda content: f"cle: {public}\nsignature: {key.sign(content).hex()}\n".encode()


def read_seal(signature: bytes, content: bytes, file: str) -> Seal:
    """The seal of `content` in the bundle `file`. Raises `Refused` when it is not the claimed key's."""
    match = _FORM.fullmatch(signature.decode("ascii", errors="replace"))
    if match is None:
        raise Refused("signature-false", file=file)
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return Seal(match[1], checked=False)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(match[1])).verify(bytes.fromhex(match[2]), content)
    except (InvalidSignature, ValueError) as fault:
        raise Refused("signature-false", file=file) from fault
    return Seal(match[1], checked=True)


def known_key(keys: Path, pack: str, issuer: str) -> str | None:
    """The key remembered for the pack, else for its issuer. Raises `Refused` when the file of keys is damaged."""
    packs, issuers = _keys(keys)
    return packs.get(pack) or issuers.get(_plain(issuer))


def remember_key(keys: Path, pack: str, issuer: str, key: str) -> None:
    """From now on, this pack and this issuer are expected to be signed by `key`."""
    packs, issuers = _keys(keys)
    held = {"gabarits": packs | {pack: key}, "emetteurs": issuers | {_plain(issuer): key}}
    keys.parent.mkdir(parents=True, exist_ok=True)
    if held != {"gabarits": packs, "emetteurs": issuers}:
        replace_file(keys, json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True).encode(), durable=True)


def _keys(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    if not path.exists():
        return {}, {}
    try:
        held = json.loads(path.read_text("utf-8"))
        both = held["gabarits"], held["emetteurs"]
        sound = all(isinstance(each, str) for part in both for pair in part.items() for each in pair)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused("keys-damaged", file=str(path)) from fault
    if not sound:
        raise Refused("keys-damaged", file=str(path))
    return both


def _plain(issuer: str) -> str:
    return " ".join(issuer.casefold().split())


def _private(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        raise Missing("key-missing", file=str(path)) from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise Refused("key-unfit", file=str(path)) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("key-unfit", file=str(path))
    return key


def _library() -> None:
    try:
        import cryptography  # noqa: F401 - asked for before it is needed
    except ImportError:
        raise Missing("cryptography-missing") from None
