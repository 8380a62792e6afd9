"""What is said of a pack that is made into a file, or received as one."""

from __future__ import annotations

from assembler.distribution import Exported, Received
from assembler.model.french import long_date
from assembler.model.pack import Pack
from assembler.tools.fingerprint import six_words
from assembler.wording import difference_sentence, shown


def exported_text(exported: Exported, *, signed: bool) -> str:
    """What was made, and what to tell those who will receive it."""
    lines = [
        f"{exported.file} : {_name(exported.pack)}",
        f"Empreinte : {exported.fingerprint}",
        "Signature : " + ("faite avec votre clé." if signed else "aucune."),
        "Envoyez ce fichier, et dites ces six mots par un autre moyen : qui le reçoit verra les mêmes.",
    ]
    return "\n".join(lines)


def received_text(received: Received) -> str:
    """Who issued it, its fingerprint, who signed it, and what differs from the pack in use."""
    pack = received.pack
    lines = [
        _name(pack),
        f"Émetteur : {shown(pack.issuer)}" + ("" if pack.official else f" ({pack.words.unofficial})"),
        f"En vigueur : le {long_date(pack.in_force)}",
        f"Empreinte : {received.fingerprint}",
        f"Signature : {_signature(received)}",
    ]
    if received.current is None:
        lines.append("Aucun gabarit de ce nom n’est en usage.")
    elif received.same:
        lines.append("C’est le gabarit déjà en usage, fichier pour fichier.")
    else:
        lines.append(f"Il remplace la version {shown(received.current.version)}. Ce qui change :")
        lines += [f"  - {difference_sentence(each)}" for each in received.changes] or [
            "  - rien que l’on puisse nommer."
        ]
    if received.dependents and not received.same:
        names = ", ".join(
            name if sound else f"{name} (qui ne pourra plus l’être)" for name, sound in received.dependents
        )
        lines.append(f"Les gabarits qui l’étendent changeront avec lui : {names}.")
    return "\n".join(lines)


def _name(pack: Pack) -> str:
    return f"Gabarit {pack.id}, version {shown(pack.version)} — {shown(pack.title)}"


def _signature(received: Received) -> str:
    seal = received.seal
    if seal is None:
        return "aucune."
    key = six_words(bytes.fromhex(seal.key))
    if not seal.checked:
        return f"non vérifiée (il faut la bibliothèque « cryptography ») ; clé : {key}."
    if received.key_known:
        return f"vérifiée, avec la clé habituelle de cet émetteur ({key})."
    return f"vérifiée, avec une clé vue pour la première fois et désormais attendue ({key})."
