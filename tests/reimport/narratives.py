"""Random narratives with all that authors write: everyday forms, and notes, references, boxes, captions on top of them."""

from __future__ import annotations

from random import Random

from readers.narrative.documents import random_document

_ADDED = (
    "Un renvoi [preuve:bilans], puis [critere:1] et l'[attendu:2.a].",
    "Une note[^{rank}] dans la phrase : « citée ».\n\n[^{rank}]: Le texte de la note *en italique*, 12 %.",
    "La note[^{rank}] deux fois[^{rank}].\n\n[^{rank}]: Un alinéa.\n\n    Un second alinéa.\n\n    - et une liste",
    "- [x] fait\n- [ ] à faire **vite**\n- sans case",
    "1. [x] fait\n2. à faire",
    "Tableau : Effectifs *par* formation\n\n| Filière | Élèves |\n|---|---:|\n| **Bois** | 24 [preuve:bilans] |\n| Métal | 1 200 |",
    "| | |\n|---|---|\n| sans | en-tête |",
    "Le 1^er^ étage, H~2~O, ~~rayé~~, `code`, **gras *et italique***, *italique **et gras***.",
    "Voir <https://exemple.fr/a_b?c=1>, [un *lien*](https://exemple.fr) et <contact@exemple.fr>.",
    "[preuve:inconnue] et [attendu:9.z] ne mènent nulle part.",
    "- un\n\n  > cité dans l'élément\n  > - liste citée\n\n  suite de l'élément\n- deux\n  1. trois\n     - quatre\n",
    "> Une citation.\n>\n> 1. avec une liste\n>    - et une autre\n>\n> > et une citation",
    "3. trois\n4. quatre\n\n    un alinéa\n\n***\n\n5) cinq",
    "## 2.1 Un titre qui porte un numéro",
    "#### Titre profond",
    "```\ndu code\n    en retrait\n\n- pas une liste\n```",
    "[lien avec renvoi [preuve:bilans]](https://exemple.fr)",
    "Un saut\\\nde ligne, une apostrophe d'ici, 50 % ; R&D <nom> \\*étoile\\* a_b_c 2 * 3 snake_case",
)


def random_narrative(seed: int) -> str:
    """One narrative, without findings that would stop a reader."""
    random = Random(seed)
    parts = [random_document(seed)]
    for rank in range(random.randint(0, 5)):
        added = random.choice(_ADDED).replace("{rank}", str(rank + 1))
        parts.insert(random.randint(0, len(parts)), f"\n{added}\n")
    return "\n".join(parts)
