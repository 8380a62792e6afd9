"""Every sentence a user may read about a finding or a failure, in French, by code: what is wrong, then what to do.

A part between ⟦ and ⟧ is left out when one of its values is empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assembler.errors import DossierError
from assembler.model.difference import Difference
from assembler.model.finding import Finding
from assembler.model.french import of

_UNSHOWN = {"Cc", "Cs", "Co"}
_LONGEST = 500
_OF_A_SCHOOL = re.compile(r"\bde (\{(school|other)\})")

# code: (sentence, remedy)
FINDINGS: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------------------------------------ accord du CA
    "approval-missing": (
        "L’accord du conseil d’administration ({school}) manque.",
        "Déposez la délibération dans pieces/ et décrivez-la sous « pieces: {key}: » (fichier, seance, votes…).",
    ),
    "approval-file-missing": (
        "Le fichier de l’accord du CA ({school}) est introuvable : {file}⟦ (il existe un fichier « {nearest} »)⟧.",
        "Déposez le fichier à cet endroit, ou corrigez « fichier: ».",
    ),
    "approval-file-empty": (
        "Le fichier de l’accord du CA ({school}) est vide : {file}.",
        "Remplacez-le par la délibération signée.",
    ),
    "approval-file-outside": (
        "L’accord du CA ({school}) désigne un fichier hors du dossier de candidature : {file}.",
        "Copiez la délibération dans pieces/ et corrigez « fichier: ».",
    ),
    "approval-unreadable": (
        "Le fichier de l’accord du CA ({school}) est illisible : {file}.",
        "Numérisez de nouveau la délibération, ou enregistrez-la en PDF sans mot de passe.",
    ),
    "approval-not-pdf": (
        "L’accord du CA ({school}) n’est pas un PDF et n’a pas pu être converti : {file}.",
        "Enregistrez la délibération signée en PDF.",
    ),
    "approval-no-date": (
        "L’accord du CA ({school}) n’indique pas la date de la séance.",
        "Ajoutez « seance: » avec la date, par exemple 2026-06-25.",
    ),
    "approval-no-votes": (
        "L’accord du CA ({school}) n’indique pas le résultat du vote.",
        "Ajoutez « votes: {{pour: …, contre: …, abstentions: …}} ».",
    ),
    "approval-unfavourable": (
        "Le vote du CA ({school}) n’est pas favorable : {in_favour} pour, {against} contre.",
        "Vérifiez les votes ; à égalité, « voix-preponderante: oui » dit que la voix du président l’a emporté.",
    ),
    "approval-title": (
        "L’accord du CA ({school}) porte sur « {stated} », la candidature sur « {title} ».",
        "Corrigez l’intitulé fautif, ou faites délibérer le CA sur l’intitulé demandé.",
    ),
    "approval-shared": (
        "L’accord du CA joint par {school} est le même fichier que celui de {other}.",
        "Joignez l’acte du CA de chaque établissement : une demande conjointe en demande un par co-candidat.",
    ),
    "approval-no-signatory": (
        "L’accord du CA ({school}) n’indique pas qui l’a signé.",
        "Ajoutez « signataire: {{nom: …, qualite: …}} ».",
    ),
    "approval-no-act": ("L’accord du CA ({school}) n’a pas de numéro d’acte.", "Ajoutez « acte: » avec son numéro."),
    "approval-future": (
        "La séance du CA ({school}), le {session}, est postérieure à la date du dossier ({edition}).",
        "Vérifiez « seance: » et, dans candidature.yaml, « edition: ».",
    ),
    "approval-before-framework": (
        "L’accord du CA ({school}), du {session}, est antérieur au référentiel, entré en vigueur le {in_force}.",
        "Faites délibérer de nouveau le CA sur le référentiel en vigueur.",
    ),
    "approval-old": (
        "L’accord du CA ({school}), du {session}, a plus de {months} mois.",
        "Demandez au rectorat s’il faut une délibération plus récente : aucun texte connu ne fixe de durée.",
    ),
    "approval-commission": (
        "L’accord ({school}) vient de la commission permanente ; le texte demande celui du conseil d’administration.",
        "Joignez la délibération du CA qui lui délègue cette compétence, ou faites délibérer le CA.",
    ),
    "approval-other-body": (
        "L’accord ({school}) vient d’un autre organe que le conseil d’administration : {body}.",
        "Vérifiez avec le rectorat que cet organe tient lieu de conseil d’administration.",
    ),
    "approval-more-votes": (
        "Accord du CA ({school}) : {cast} voix comptées pour {present} membres présents.",
        "Vérifiez « votes: » et « presents: ».",
    ),
    "approval-more-present": (
        "Accord du CA ({school}) : {present} présents pour {members} membres en exercice.",
        "Vérifiez « presents: » et « membres: ».",
    ),
    "approval-quorum": (
        "Accord du CA ({school}) : {present} présents, le quorum est de {quorum} sur {members} membres en exercice.",
        "Vérifiez les nombres ; si le CA a été convoqué une seconde fois, écrivez « convocation: 2 ».",
    ),
    "approval-no-text": (
        "L’accord du CA ({school}), {file}, est une image : son texte n’a pas été comparé au manifeste.",
        "Vérifiez à l’œil l’organe, la date, le vote et l’intitulé.",
    ),
    "approval-text-body": (
        "Le texte de l’acte ({school}) ne nomme pas l’organe indiqué dans le manifeste.",
        "Vérifiez « organe: » et que le fichier est bien la délibération.",
    ),
    "approval-text-date": (
        "Le texte de l’acte ({school}) ne contient pas la date de la séance ({session}).",
        "Vérifiez « seance: » et que le fichier est bien la délibération.",
    ),
    "approval-text-unfavourable": (
        "Le texte de l’acte ({school}) semble défavorable.",
        "Relisez la délibération : une candidature ne peut être déposée qu’avec un accord.",
    ),
    "approval-text-no-vote": (
        "Le texte de l’acte ({school}) ne dit pas que l’accord est donné.",
        "Vérifiez que le fichier est bien la délibération adoptée.",
    ),
    "approval-text-votes": (
        "L’acte ({school}) compte {stated} voix « {word} », le manifeste {told}.",
        "Corrigez « votes: » d’après l’acte.",
    ),
    "approval-text-title": (
        "Le texte de l’acte ({school}) porte sur « {stated} », la candidature sur « {title} ».",
        "Corrigez l’intitulé de la candidature, ou faites délibérer le CA sur l’intitulé demandé.",
    ),
    "approval-text-unrelated": (
        "Le fichier joint comme accord du CA ({school}) ne parle ni d’accord, ni de « {title} » : ce n’est sans doute pas la "
        "délibération.",
        "Vérifiez « fichier: » et joignez la délibération signée.",
    ),
    "approval-text-no-title": (
        "Le texte de l’acte ({school}) ne contient pas l’intitulé du label, « {title} ».",
        "Vérifiez que la délibération porte bien sur cette candidature.",
    ),
    "attachment-missing": (
        "Une pièce obligatoire manque ({school}) : {title}.",
        "Déposez-la dans pieces/ et décrivez-la sous « pieces: {key}: ».",
    ),
    "attachment-unknown": (
        "La pièce « {key} » n’est pas demandée par le gabarit (il attend : {known}).",
        "Corrigez sa clé ; si c’est une preuve, placez-la sous « preuves: ».",
    ),
    # ------------------------------------------------------------------------------------------ fichiers et YAML
    "file-missing": (
        "Le fichier n’existe pas.⟦ Il y a un fichier « {misnamed} ».⟧",
        "Renommez celui qui en tient lieu, ou créez-le ; « dossier new » donne un modèle de chaque fichier.",
    ),
    "file-link": ("Le fichier est un lien vers un autre endroit.", "Remplacez le lien par le fichier lui-même."),
    "file-not-a-file": (
        "C’est un dossier, ou autre chose qu’un fichier, qui porte ce nom.",
        "Renommez-le, et mettez à sa place le fichier attendu.",
    ),
    "file-too-large": (
        "Le fichier dépasse 5 Mo : ce n’est pas un texte.",
        "Gardez le texte, placez le reste en preuve.",
    ),
    "file-unreadable": ("Le fichier ne peut pas être lu⟦ ({reason})⟧.", "Vérifiez que vous avez le droit de l’ouvrir."),
    "yaml-too-large": ("Le fichier est trop grand (plus de 1 Mo).", "Vérifiez que c’est bien le fichier attendu."),
    "yaml-too-deep": (
        "Les retraits sont trop profonds.",
        "Reprenez la mise en page du modèle : « dossier new » en donne un.",
    ),
    "yaml-tab": (
        "La ligne commence par une tabulation ; YAML n’accepte que des espaces.",
        "Remplacez la tabulation par deux espaces.",
    ),
    "yaml-syntax": (
        "La ligne n’est pas comprise⟦ : « {words} »⟧.",
        "Vérifiez les deux-points, les guillemets et crochets fermés, et les retraits de cette ligne et de la précédente.",
    ),
    "yaml-colon": (
        "La valeur de « {key} » contient deux-points suivis d’une espace, que YAML ne comprend pas.",
        'Mettez-la entre guillemets : {key}: "{value}".',
    ),
    "yaml-alias": (
        "Les raccourcis YAML (& et *) ne sont pas acceptés.",
        "Écrivez la valeur en toutes lettres, entre guillemets si elle commence par & ou *.",
    ),
    "yaml-not-a-mapping": (
        "Le fichier doit être fait de lignes « clé : valeur ».",
        "Reprenez le modèle de « dossier new ».",
    ),
    "yaml-duplicate-key": (
        "La clé « {key} » est écrite deux fois (d’abord ligne {first}).",
        "Gardez une seule des deux lignes.",
    ),
    "yaml-unknown-key": (
        "La clé « {key} » n’est pas connue.⟦ Vouliez-vous écrire « {nearest} » ?⟧",
        "Corrigez-la ; clés possibles : {known}.",
    ),
    "yaml-empty-key": ("La clé « {key} » est vide.", "Écrivez sa valeur après les deux-points."),
    "yaml-missing-key": ("La clé « {key} » manque.", "Ajoutez une ligne « {key}: » avec sa valeur ({doc})."),
    "yaml-not-a-choice": (
        "« {key}: {value} » n’est pas une valeur possible.⟦ Vouliez-vous écrire « {nearest} » ?⟧",
        "Choisissez parmi : {choices}.",
    ),
    "yaml-misfit": ("« {key} » doit être {expected} ; on lit {got}.", "Corrigez la valeur."),
    # ------------------------------------------------------------------------------------------ candidature, identité
    "candidature-empty": ("Le fichier est vide.", "Remplissez-le ; « dossier new » donne un modèle."),
    "establishments-none": (
        "Aucun établissement n’est cité.",
        "Écrivez le nom du dossier de chaque établissement entre les crochets, comme [mon-lycee].",
    ),
    "establishment-twice": ("Un établissement est cité deux fois.", "Gardez-le une seule fois."),
    "establishment-named-commun": (
        "« commun » est réservé aux parties écrites ensemble.",
        "Donnez un autre nom au dossier de l’établissement.",
    ),
    "establishment-folder-missing": (
        "Le dossier de l’établissement « {folder} » n’existe pas⟦ (dossiers présents : {others})⟧.",
        "Créez le dossier, rangez-y sa liasse (« dossier merge »), ou corrigez « etablissements: ».",
    ),
    "placeholder-left": (
        "« {key}: {value} » est encore le texte du modèle.",
        "Remplacez les points de suspension par votre texte.",
    ),
    "previous-label-missing": (
        "La demande est un renouvellement et le label précédent n’est pas décrit.",
        "Ajoutez « label-precedent: {{intitule: …, decision: …, fin: …}} ».",
    ),
    "previous-label-unexpected": (
        "Un label précédent est décrit, mais la demande est initiale.",
        "Corrigez « demande: » ou retirez « label-precedent: ».",
    ),
    "previous-label-dates": (
        "Le label précédent prend fin avant d’avoir été accordé.",
        "Corrigez « decision: » ou « fin: ».",
    ),
    "previous-label-ended": (
        "Le label précédent a pris fin le {end}.",
        "Vérifiez avec le rectorat la nature de la demande.",
    ),
    "review-missing": (
        "La demande est un renouvellement et aucun bilan du label précédent n’est écrit.",
        "Écrivez bilan.md dans le dossier de l’établissement.",
    ),
    "optional-criterion-unknown": (
        "Le gabarit {pack} ne propose pas de critère {number} au choix⟦ (il propose : {offered})⟧.",
        "Corrigez ou retirez « critere-optionnel: », ou vérifiez « gabarit: ».",
    ),
    "criterion-not-chosen": (
        "Le critère {number} est au choix, et la candidature ne l’a pas choisi : ce texte n’entre pas dans le dossier.",
        "Écrivez « critere-optionnel: {number} » dans candidature.yaml, ou retirez ce fichier.",
    ),
    "categories-missing": (
        "{school} n’indique pas de quelles catégories du référentiel il relève.",
        "Ajoutez « categories: » avec une ou plusieurs de : {known}.",
    ),
    "category-unknown": (
        "La catégorie « {name} » n’est pas celle du référentiel.",
        "Retirez-la⟦, ou écrivez l’une de : {known}⟧.",
    ),
    "applicant-kind": (
        "{school} est de type « {kind} », que le gabarit n’admet pas (il admet : {admitted}).",
        "Vérifiez « type: », ou demandez à l’académie si la candidature est recevable.",
    ),
    "applicant-sector": (
        "{school} est du secteur « {sector} », que le gabarit n’admet pas (il admet : {admitted}).",
        "Vérifiez « secteur: », ou demandez à l’académie si la candidature est recevable.",
    ),
    "section-missing": (
        "Il manque un chapitre que le gabarit demande, « {title} » : {file}.",
        "Écrivez ce fichier⟦ ; ce qui y est attendu : {guidance}⟧.",
    ),
    "section-without-table": (
        "Le chapitre « {title} » n’a pas le tableau demandé.",
        "Ajoutez un tableau dont l’en-tête porte : {columns}.",
    ),
    "section-table-gap": (
        "Tableau de « {title} », ligne {row} : la colonne « {column} » est vide.",
        "Remplissez cette case, ou retirez la ligne.",
    ),
    "equivalence-over": (
        "Le label {label} satisferait le critère {number}, mais il ne vaut pas à la date du dossier⟦ (début : {start})⟧"
        "⟦ (fin : {end})⟧.",
        "Vérifiez ses dates ; sinon, répondez au critère.",
    ),
    "equivalence-unproved": (
        "Le label {label} tient lieu de réponse au critère {number}, mais aucune preuve ne l’atteste.",
        "Ajoutez « preuve: » à ce label, avec la clé de la décision dans preuves.yaml.",
    ),
    "pack-not-in-force": (
        "Le gabarit {pack} n’est en vigueur que le {in_force}, après la date du dossier.",
        "Vérifiez « gabarit: » et « edition: ».",
    ),
    "uai-malformed": ("Le code UAI « {uai} » n’a pas la bonne forme.", "Écrivez sept chiffres et une lettre."),
    "uai-wrong-key": (
        "La lettre du code UAI « {uai} » ne correspond pas à ses chiffres.",
        "Vérifiez le code : avec ces chiffres, ce serait {expected}.",
    ),
    "uai-twice": ("Le code UAI « {uai} » est aussi celui de « {other} ».", "Corrigez l’un des deux."),
    "identity-incomplete": ("La fiche d’identité est incomplète : {missing}.", "Ajoutez ces lignes."),
    "indicator-without-source": (
        "L’indicateur « {name} » n’a pas de source ou pas de millésime.",
        "Ajoutez « source: » et « millesime: » : un chiffre sans origine n’est pas vérifiable.",
    ),
    "label-proof-unknown": (
        "Le label « {label} » renvoie à la preuve « {key} », qui n’existe pas.",
        "Corrigez « preuve: », ou ajoutez la preuve au manifeste.",
    ),
    "label-dates": ("Le label « {label} » prend fin avant de commencer.", "Corrigez « du: » ou « au: »."),
    "network-undeclared": (
        "Plusieurs établissements candidatent et « reseau: » manque.",
        "Ajoutez « reseau: {{nom: …, pilote: …}} ».",
    ),
    "network-alone": ("« reseau: » est rempli pour un seul établissement.", "Retirez-le, ou ajoutez les co-candidats."),
    "network-lead-unknown": (
        "Le pilote « {lead} » n’est pas un des établissements ({known}).",
        "Corrigez « pilote: ».",
    ),
    "network-campaign-differs": (
        "La partie de {school} a été remise pour la campagne {theirs}, le dossier commun est celui de la campagne {ours}.",
        "Demandez-lui une nouvelle liasse, ou corrigez « campagne: ».",
    ),
    "network-pack-differs": (
        "La partie de {school} a été remise pour le gabarit {theirs}, le dossier commun suit {ours}.",
        "Faites-lui installer le même gabarit, et demandez-lui une nouvelle liasse.",
    ),
    "network-member-unlabelled": (
        "{school} ne déclare pas détenir le label « {label} », alors que le réseau est présenté comme l’outil d’établissements "
        "labellisés.",
        "S’il le détient, ajoutez-le à « labels: » ; sinon, demandez à l’académie s’il peut se joindre à la demande.",
    ),
    "expectation-apart": (
        "La partie commune ne dit rien de l’attendu {reference} : « {text} ».",
        'Dites-le dans {file}, sous un titre suivi de {{attendus="{letter}"}}.',
    ),
    "opt-out-misplaced": (
        "« statut: sans-objet », en tête du fichier, se déclare dans le fichier d’un critère, par un établissement.",
        "Retirez cette ligne.",
    ),
    "opt-out-alone": (
        "Le critère {number} est déclaré sans objet, ce qui ne vaut que dans un réseau.",
        "Si ce dossier rejoint celui d’un réseau, rien à faire ; sinon, répondez au critère.",
    ),
    "opt-out-by-all": (
        "Le critère {number} est déclaré sans objet, et aucun autre établissement du réseau n’y répond.",
        "Répondez-y ensemble dans commun/critere-{number}.md, ou dans l’un des établissements.",
    ),
    "opt-out-without-reason": (
        "Le critère {number} est déclaré sans objet sans motif.",
        "Ajoutez « motif: », sous « statut: ».",
    ),
    "opt-out-contradicted": (
        "Le critère {number} est déclaré sans objet, et le fichier y répond.",
        "Retirez « statut: sans-objet », ou le texte.",
    ),
    # ------------------------------------------------------------------------------------------ argumentaires
    "narrative-misnamed": (
        "Ce fichier n’est pas lu : son nom devrait être {meant}.",
        "Enregistrez-le en texte sous le nom {meant} (sous Windows, affichez les extensions de fichiers pour le voir).",
    ),
    "evidence-unlisted": (
        "Ces fichiers ont été déposés et ne sont pas dans le manifeste : {files}.",
        "Décrivez-les dans preuves.yaml, ou retirez-les du dossier.",
    ),
    "declaration-contradicted": (
        "L’attendu {reference} est déclaré « {status} », mais une section dit y répondre.",
        "Retirez la déclaration, ou la lettre du titre de la section.",
    ),
    "declaration-of-firm": (
        "L’attendu {reference} est ferme et il est déclaré sans objet.",
        "Traitez-le, ou vérifiez avec le rectorat qu’il peut être sans objet.",
    ),
    "declaration-unsupported": (
        "L’attendu {reference} est déclaré « {status} » sans section ni motif.",
        "Donnez la lettre au titre de la section qui y répond, ou ajoutez « motif: ».",
    ),
    "narrative-stray": (
        "Ce fichier n’entre pas dans le dossier : son nom n’est pas attendu.",
        "Nommez-le critere-4.md, presentation.md ou bilan.md, ou rangez-le ailleurs.",
    ),
    "narrative-unknown-criterion": (
        "Le référentiel n’a pas de critère {number} : ce texte n’est pas dans le dossier.",
        "Renommez le fichier ; critères du référentiel : {known}.",
    ),
    "criterion-unanswered": (
        "Aucun argumentaire ne répond au critère {number}, « {title} ».",
        "Écrivez {file} (il manque ou il est encore vide).",
    ),
    "expectation-unknown": (
        "Le critère {number} n’a pas d’attendu « {letter} ».",
        "Choisissez parmi : {known}.",
    ),
    "declaration-without-reason": (
        "L’attendu {reference} est déclaré « {status} » sans motif.",
        "Ajoutez « motif: ».",
    ),
    "expectation-untreated": (
        "L’attendu {reference} n’est pas traité : « {text} ».",
        'Ajoutez {{attendus="{letter}"}} au titre de la section qui y répond, et « attendus: [{reference}] » à une preuve.',
    ),
    "expectation-conditional": (
        "L’attendu {reference} ({condition}) n’est ni traité ni déclaré sans objet : « {text} ».",
        "Traitez-le, ou déclarez-le en tête du fichier : « attendus: {{…: {{statut: sans-objet, motif: …}}}} ».",
    ),
    "expectation-network": (
        "L’attendu de réseau {reference} n’est pas traité en commun : « {text} ».",
        "Traitez-le dans le dossier commun/.",
    ),
    "expectation-unproved": (
        "L’attendu {reference} est traité sans preuve : « {text} ».",
        "Ajoutez « attendus: [{reference}] » à la preuve qui le montre.",
    ),
    "expectation-unwritten": (
        "L’attendu {reference} a une preuve ({proofs}) mais aucune section ne dit y répondre.",
        'Ajoutez {{attendus="{letter}"}} au titre de la section.',
    ),
    "citation-unknown": (
        "[preuve:{key}] ne désigne aucune preuve du manifeste.⟦ Vouliez-vous écrire « {nearest} » ?⟧",
        "Corrigez la clé, ou ajoutez la preuve à preuves.yaml.",
    ),
    "criterion-unknown": ("[critere:{number}] ne désigne aucun critère.", "Choisissez parmi : {known}."),
    "expectation-reference-unknown": (
        "[attendu:{reference}] ne désigne aucun attendu.",
        "Écrivez le critère, un point et la lettre, comme [attendu:4.b].",
    ),
    # ------------------------------------------------------------------------------------------ écriture des argumentaires
    "encoding-converted": (
        "Le fichier était enregistré en {encoding} : il a été lu ainsi.",
        "Relisez ses accents, puis enregistrez-le en UTF-8.",
    ),
    "front-matter-unclosed": (
        "L’en-tête du fichier, ouvert par ---, n’est pas refermé : il est imprimé comme du texte.",
        "Ajoutez une ligne --- après les attendus déclarés.",
    ),
    "markdown-too-complex": (
        "Ce passage est trop long ou trop imbriqué pour être mis en forme : il est imprimé tel quel.",
        "Coupez-le en plusieurs paragraphes, et vérifiez les crochets, les étoiles et les accents graves en trop.",
    ),
    "heading-level-one": (
        "Ce titre en « # » est lu comme un titre en « ## » : le titre du chapitre est déjà imprimé.",
        "Écrivez « ## » ; s’il ne fait que répéter le titre du critère, retirez-le.",
    ),
    "heading-level-skipped": (
        "Ce titre en « {written} » saute un niveau : il est lu comme un titre en « {expected} ».",
        "Écrivez « {expected} » devant le titre.",
    ),
    "heading-nested": (
        "Ce titre est dans une liste, une citation ou une note : il est imprimé en gras, sans numéro.",
        "Placez-le au début d’une ligne, hors de la liste, pour en faire une section.",
    ),
    "heading-underlined": (
        "Une ligne de tirets juste sous un texte en fait un titre.",
        "Si c’en est un, écrivez plutôt « ## » devant ; sinon, laissez une ligne vide avant les tirets.",
    ),
    "attribute-unknown": (
        "« {attribute} », entre accolades à la fin du titre, n’est pas compris et n’a pas d’effet.",
        'Retirez-le ; seul {{attendus="b c"}} est compris.',
    ),
    "expectation-malformed": (
        "« {value} », dans les attendus du titre, n’est pas une lettre d’attendu.",
        'Écrivez les lettres séparées par des espaces, comme {{attendus="b c"}}.',
    ),
    "reference-malformed": (
        "{reference} n’est pas compris : il est imprimé tel quel.",
        "Écrivez [preuve:ma-cle], [critere:4] ou [attendu:4.b].",
    ),
    "footnote-undefined": (
        "La note {note} est appelée mais n’est écrite nulle part.",
        "Ajoutez plus bas une ligne « {note}: texte de la note ».",
    ),
    "footnote-unused": (
        "La note {note} n’est appelée nulle part, ou est écrite deux fois : son texte est imprimé à la fin.",
        "Placez {note} là où la note doit être appelée, ou retirez-la.",
    ),
    "footnote-nested": (
        "La note {note} est appelée dans une autre note : l’appel est imprimé tel quel.",
        "Réunissez les deux notes en une seule.",
    ),
    "fence-unclosed": (
        "Un bloc ouvert par ``` n’est jamais refermé : tout ce qui suit est imprimé tel quel.",
        "Ajoutez une ligne ``` à la fin du bloc, ou retirez la première.",
    ),
    "bullet-converted": (
        "La puce⟦ « {bullet} »⟧⟦ {named}⟧, collée depuis un autre logiciel, est lue comme une liste.",
        "Rien à faire ; pour une liste sûre, écrivez « - » devant chaque élément.",
    ),
    "number-kept-as-text": (
        "« {number} », au début de la ligne, est lu comme du texte et non comme une liste.",
        "Rien à faire si c’est une année ou une date.",
    ),
    "indented-text": (
        "Ce texte en retrait est lu comme un paragraphe ordinaire.",
        "Rien à faire ; pour le garder tel quel, entourez-le de deux lignes ```.",
    ),
    "table-glued": (
        "Cette ligne touche le tableau au-dessus : elle est lue comme un paragraphe.",
        "Laissez une ligne vide après le tableau.",
    ),
    "html-kept-as-text": (
        "« {tag} » est imprimé tel quel : les balises HTML ne sont pas lues.",
        "Retirez la balise, ou écrivez la mise en forme en Markdown (**gras**, *italique*).",
    ),
    "link-dropped": (
        "Le lien vers « {target} » est retiré, son texte est gardé.",
        "Gardez seulement les liens vers une page web (https://…) ou une adresse de courriel (mailto:…).",
    ),
    "link-target-unsupported": (
        "Le lien vers « {target} » ne mène pas à une page web : son texte seul est gardé.",
        "Pour citer un fichier, ajoutez-le à preuves.yaml et écrivez [preuve:sa-cle].",
    ),
    "image-in-cell": (
        "L’image {path} est dans un tableau ou un titre : seul son texte de remplacement est imprimé.",
        "Placez-la sur une ligne à elle, hors du tableau.",
    ),
    "image-remote": (
        "L’image « {path} » est sur le web ou collée dans le texte : elle n’est pas imprimée.",
        "Enregistrez-la dans le dossier de l’établissement (images/) et indiquez ce fichier.",
    ),
    "image-outside": (
        "L’image « {path} » n’est pas dans le dossier de candidature : elle n’est pas imprimée.",
        "Copiez-la dans le dossier de l’établissement (images/) et écrivez images/ puis son nom.",
    ),
    "front-matter-misplaced": (
        "Ces attendus déclarés entre deux lignes --- ne sont pas en tête du fichier : ils sont imprimés comme du texte.",
        "Déplacez-les tout en haut du fichier, avec leurs deux lignes ---.",
    ),
    "comment-unclosed": (
        "Le commentaire ouvert ici par <!-- n’est pas refermé : il est imprimé, ou cache le texte jusqu’au suivant.",
        "Ajoutez --> à la fin du commentaire.",
    ),
    "table-without-rule": (
        "Ces lignes ressemblent à un tableau, mais sont imprimées comme un paragraphe : la ligne de tirets manque.",
        "Sous la ligne d’en-tête, ajoutez une ligne comme |---|---|, avec autant de --- que de colonnes.",
    ),
    "heading-numbered": (
        "Ce titre commence par son propre numéro, « {number} » : le dossier en imprime déjà un.",
        "Retirez « {number} » du titre.",
    ),
    "expectation-as-text": (
        "« {written} » est imprimé comme du texte : aucun attendu n’est déclaré par là.",
        'Terminez la ligne du titre par les lettres entre accolades, comme {{attendus="b c"}}.',
    ),
    "html-kept-elsewhere": (
        "D’autres balises HTML sont imprimées telles quelles à partir d’ici ; leur nombre : {count}.",
        "Retirez-les, ou écrivez la mise en forme en Markdown (**gras**, *italique*).",
    ),
    # ------------------------------------------------------------------------------------------ preuves
    "exhibit-key-twice": (
        "La clé « {key} » est déjà prise ligne {first}.",
        "Donnez une autre clé à l’une des deux preuves.",
    ),
    "exhibit-without-file": ("La preuve « {key} » n’a ni fichier ni lien.", "Ajoutez « fichier: » ou « lien: »."),
    "exhibit-file-and-link": (
        "La preuve « {key} » a un fichier et un lien.",
        "Gardez l’un des deux ; au besoin, faites-en deux preuves.",
    ),
    "exhibit-uncited": (
        "La preuve {label} « {title} » n’est citée nulle part.",
        "Citez-la dans un argumentaire par [preuve:{key}], ou retirez-la du manifeste.",
    ),
    "exhibit-criterion-unknown": (
        "La preuve « {key} » cite le critère {number}, absent du référentiel.",
        "Choisissez parmi : {known}.",
    ),
    "exhibit-expectation-unknown": (
        "La preuve « {key} » cite l’attendu {reference}, absent du référentiel.",
        "Choisissez parmi les lettres : {known}.",
    ),
    "exhibit-expectation-elsewhere": (
        "La preuve « {key} » montre l’attendu {reference}, mais le critère {number} n’est pas dans « criteres: ».",
        "Ajoutez {number} à « criteres: ».",
    ),
    "exhibit-replaces-unknown": (
        "La preuve « {key} » remplace « {replaced} », qui n’existe pas.⟦ Vouliez-vous écrire « {nearest} » ?⟧",
        "Corrigez « remplace: ».",
    ),
    "exhibit-missing": (
        "Le fichier de la preuve {label} est introuvable : {file}⟦ (il existe un fichier « {detail} »)⟧.",
        "Déposez le fichier à cet endroit, ou corrigez « fichier: ».",
    ),
    "exhibit-outside": (
        "La preuve {label} désigne un fichier hors du dossier de candidature, ou un lien : {file}.",
        "Copiez le fichier lui-même dans preuves/ et corrigez « fichier: ».",
    ),
    "exhibit-empty": ("Le fichier de la preuve {label} est vide : {file}.", "Remplacez-le."),
    "exhibit-too-large": (
        "Le fichier de la preuve {label} est trop grand⟦ ({detail})⟧ : {file}.",
        "Réduisez-le (numérisation à 200 points par pouce, extrait utile) et remplacez-le.",
    ),
    "exhibit-unknown-kind": (
        "Le fichier de la preuve {label} n’est pas d’un genre connu⟦ ({detail})⟧ : {file}.",
        "Enregistrez-le en PDF, en image ou en document bureautique.",
    ),
    "exhibit-encrypted": (
        "La preuve {label} est protégée par un mot de passe : {file}.",
        "Enregistrez une copie sans mot de passe (Imprimer, puis Enregistrer au format PDF) et remplacez le fichier.",
    ),
    "exhibit-broken": (
        "Le fichier de la preuve {label} est abîmé et n’a pas pu être ouvert : {file}.",
        "Enregistrez-le ou numérisez-le de nouveau.",
    ),
    "exhibit-no-page": (
        "La preuve {label} n’a aucune page à joindre⟦ (pages demandées : {detail})⟧ : {file}.",
        "Vérifiez le fichier et « pages: ».",
    ),
    "exhibit-no-converter": (
        "La preuve {label} est un document bureautique et LibreOffice n’est pas installé : {file}.",
        "Installez LibreOffice, ou enregistrez le document en PDF ; sinon, fournissez-le à part.",
    ),
    "exhibit-conversion": (
        "LibreOffice n’a pas pu convertir la preuve {label} : {file}.",
        "Ouvrez le document et enregistrez-le en PDF.",
    ),
    "exhibit-pages-differ": (
        "Deux lectures de la preuve {label} ne trouvent pas le même nombre de pages ({pages} et {other}) : {file}.",
        "Regardez ses pages dans le dossier ; au besoin, enregistrez-la de nouveau en PDF.",
    ),
    "privacy-file-name": (
        "Le nom ou le titre de la preuve {label} semble contenir un numéro personnel ({kind}) : {file}.",
        "Renommez le fichier ou corrigez le titre : ce numéro n’a pas à être transmis.",
    ),
    "privacy-evidence": (
        "La preuve {label} semble contenir un numéro personnel ({found}) : {file}.",
        "Masquez-le dans le document d’origine (un rectangle noir posé dessus ne suffit pas), puis remplacez le fichier.",
    ),
    "privacy-narrative": (
        "Le texte semble contenir un numéro personnel ({kind}).",
        "Retirez-le : il n’a pas à figurer dans le dossier.",
    ),
    "exhibit-small-print": (
        "Le tableau de la preuve {label} est très large : sur une page, ses caractères sont petits : {file}.",
        "Si c’est illisible, joignez un extrait ou un tableau aux colonnes utiles.",
    ),
    "exhibit-timeout": (
        "La lecture de la preuve {label} a été abandonnée : elle prenait trop de temps : {file}.",
        "Ouvrez le document et enregistrez-le de nouveau en PDF (Imprimer, puis Enregistrer au format PDF).",
    ),
    "exhibit-crash": (
        "La preuve {label} a fait échouer le programme qui la lisait ; le reste du dossier est intact : {file}.",
        "Ouvrez le document et enregistrez-le de nouveau en PDF (Imprimer, puis Enregistrer au format PDF).",
    ),
    "exhibit-duplicate": (
        "Les preuves {twin} et {label} sont le même fichier (clés « {twin_key} » et « {key} »).",
        "Gardez-en une, avec tous ses critères : « criteres: [4, 1] ».",
    ),
    "exhibit-twin": (
        "La preuve {label} est le même fichier que la preuve {detail} : ses pages sont jointes une seule fois : {file}.",
        "Rien à faire : les deux cotes y mènent.",
    ),
    "exhibit-repaired": (
        "Le fichier de la preuve {label} était abîmé : la copie jointe a été réparée ({pages} pages) : {file}.",
        "Regardez ses pages dans le dossier.",
    ),
    "exhibit-signed-kept": (
        "La preuve {label} porte une signature électronique, que la copie jointe ne garde pas : {file}.",
        "Rien à faire : l’original est joint tel quel au PDF complet, parmi ses pièces jointes.",
    ),
    "exhibit-signed": (
        "La preuve {label} porte une signature électronique ; la copie jointe ne la garde pas : {file}.",
        "Tenez l’original à la disposition des auditeurs.",
    ),
    "exhibit-xfa": (
        "La preuve {label} est un formulaire dynamique (XFA) : sa copie ne montre peut-être qu’un message d’attente : {file}.",
        "Regardez ses pages dans le dossier ; au besoin, imprimez-la en PDF depuis Adobe Reader et remplacez-la.",
    ),
    "exhibit-portfolio": (
        "La preuve {label} est un porte-documents PDF : les fichiers qu’il contient ne sont pas joints : {file}.",
        "Enregistrez ces fichiers un par un et faites de chacun une preuve.",
    ),
    "exhibit-layers": (
        "La preuve {label} a des calques masqués : la copie jointe ne contient pas ce qu’ils dessinent : {file}.",
        "Rien à faire, sauf si un calque doit être vu : affichez-le, puis enregistrez de nouveau le document en PDF.",
    ),
    "exhibit-animation": (
        "La preuve {label} est une image animée : seule la première image est jointe : {file}.",
        "Si d’autres images comptent, enregistrez-les à part et faites-en des preuves.",
    ),
    "exhibits-no-text": (
        "Ces preuves sont des images sans texte : {labels}.",
        "Si c’est possible, fournissez les documents d’origine : ils seront lisibles par tous ; "
        "ou « dossier build --ocr », qui lit le texte des images.",
    ),
    "exhibit-no-text": (
        "La preuve {label} est une image sans texte : {file}.",
        "Si c’est possible, fournissez le document d’origine : il sera lisible par tous.",
    ),
    "exhibit-gps": (
        "La photo de la preuve {label} portait le lieu de prise de vue ; la copie jointe ne le porte plus : {file}.",
        "Rien à faire ; l’original n’a pas été modifié.",
    ),
    "exhibit-cleaned": (
        "La copie jointe de la preuve {label} ({file}) ne garde pas tout ; retiré : {what}.",
        "Rien à faire si ce qui a été retiré ne compte pas ; l’original n’a pas été modifié.",
    ),
    "exhibit-no-consent": (
        "Des élèves sont reconnaissables dans la preuve {label} et « autorisations: » n’est pas rempli (« {key} »).",
        "Dites où sont les autorisations, ou floutez les visages.",
    ),
    "exhibit-future": (
        "La preuve {label} (« {key} ») est datée d’après le dossier.",
        "Vérifiez « date: » et, dans candidature.yaml, « edition: ».",
    ),
    "exhibit-changed": (
        "Le fichier de la preuve {label} a changé depuis que sa cote a été attribuée : {file}.",
        "Si c’est un autre document, donnez-lui une nouvelle clé et « remplace: » ; sinon relisez les passages qui le citent"
        "⟦ : {places}⟧.",
    ),
    "pages-too-many": (
        "Le dossier sans ses preuves a {pages} pages ; le gabarit en admet {limit}.",
        "Raccourcissez les argumentaires, ou renvoyez le détail à une preuve.",
    ),
    "deposit-too-large": (
        "Les preuves pèsent {size} Mo ensemble et un fichier déposé {limit} Mo au plus : le PDF complet sera remis en plusieurs "
        "volumes.",
        "Rien à faire si cela convient ; sinon, réduisez les preuves les plus lourdes, ou n’en joignez qu’un extrait "
        "(« pages: »).",
    ),
    # ------------------------------------------------------------------------------------------ registre, calendrier
    "ledger-label-twice": (
        "La cote {label} est donnée deux fois (aussi à « {other} »).",
        "Rétablissez numeros.yaml d’après votre dernière sauvegarde.",
    ),
    "ledger-letter-twice": (
        "La lettre {letter} est donnée à deux établissements (aussi à « {other} »).",
        "Rétablissez numeros.yaml d’après votre dernière sauvegarde.",
    ),
    "ledger-lost": (
        "Le registre numeros.yaml ne donne plus aux mêmes preuves des cotes déjà déposées : {labels}.",
        "Reprenez le registre de la dernière version déposée, dans versions/ (numeros.yaml).",
    ),
    "exhibit-renamed": (
        "La preuve {label} est le fichier de {old}, dont la clé « {key} » n’existe plus : sa cote va changer.",
        "Si c’est la même preuve, rendez-lui la clé « {key} » : elle gardera la cote {old}.",
    ),
    "exhibit-superseded-cited": (
        "À relire : le texte cite la preuve {label}, remplacée depuis par {successor} ({places}).",
        "Citez la nouvelle preuve, ou gardez ce renvoi si le passage parle bien de l’ancienne.",
    ),
    "exhibit-superseded-told": (
        "Le texte cite la preuve {label}, que {successor} remplace ({places}).",
        "Rien à faire si le passage parle bien de l’ancienne preuve.",
    ),
    "version-damaged": (
        "Une version déposée n’est plus comme elle a été déposée : {why}.",
        "Reprenez ce fichier d’une sauvegarde : sans lui, rien ne peut être comparé ni déposé de nouveau.",
    ),
    "version-missing": (
        "Des versions déposées manquent : {names}.",
        "Reprenez-les d’une sauvegarde : elles prouvent ce qui a été déposé.",
    ),
    "deposit-missing": (
        "Les fichiers déposés de la version {name} manquent (dossier depot).",
        "Reprenez-les d’une sauvegarde : ils prouvent ce que les auditeurs ont reçu.",
    ),
    "deposit-changed": (
        "Un fichier déposé n’est plus comme il a été déposé : {why}.",
        "Reprenez-le d’une sauvegarde : il prouve ce que les auditeurs ont reçu.",
    ),
    # ------------------------------------------------------------------------------------------ dépôt reçu
    "deposit-altered": (
        "Ce fichier n’est plus celui qui a été déposé : {why}.",
        "Demandez-le de nouveau à l’établissement.",
    ),
    "deposit-file-missing": ("Ce fichier du dépôt manque.", "Demandez-le à l’établissement."),
    "deposit-added": (
        "Ce fichier ne fait pas partie du dépôt.",
        "Ne vous y fiez pas : rien ne dit d’où il vient.",
    ),
    "deposit-left-behind": (
        "Un ordinateur a ajouté ce fichier, qui ne fait pas partie du dépôt.",
        "Rien à faire.",
    ),
    "deposit-receipt-differs": (
        "Ce fichier n’est pas celui que cite le récépissé : {why}.",
        "Demandez-le de nouveau à l’établissement, avec son récépissé.",
    ),
    "deposit-bare": (
        "Ce fichier, seul, ne porte pas de sceau (un fichier Word n’en a jamais) : rien n’y dit s’il a changé.",
        "Vérifiez-le avec le dossier de dépôt où il était : « dossier verify », suivi de ce dossier.",
    ),
    "deposit-unsealed": (
        "Ce PDF ne porte pas de sceau : il n’a pas été déposé par ce programme, ou un autre l’a enregistré depuis.",
        "Demandez le PDF d’origine, ou vérifiez le dossier de dépôt entier.",
    ),
    "deposit-code-differs": (
        "Ce fichier vient d’un autre dossier que le reste du dépôt : son code est « {words} », et non « {other} ».",
        "Demandez tous les fichiers d’un même dépôt.",
    ),
    "deposit-volume-missing": (
        "Il manque des volumes sur {count} : {volumes}.",
        "Demandez-les, et gardez tous les volumes ensemble.",
    ),
    # ------------------------------------------------------------------------------------------ demandes des auditeurs
    "request-twice": (
        "La demande {name} est écrite deux fois (d’abord ligne {first}).",
        "Donnez un autre numéro à l’une des deux.",
    ),
    "request-criterion-unknown": (
        "La demande {name} porte sur le critère {number}, que le référentiel n’a pas (il a : {known}).",
        "Corrigez « critere: » ou « attendus: ».",
    ),
    "request-establishment-unknown": (
        "La demande {name} s’adresse à « {key} », qui n’est pas un des établissements ({known}).",
        "Corrigez « etablissement: ».",
    ),
    "request-unanswered": (
        "La demande {name} est sans réponse⟦ ; elle est attendue pour le {due}⟧.",
        "Écrivez la réponse dans demandes/{name}.md, ou dans le fichier que nomme « reponse ».",
    ),
    "request-late": (
        "La demande {name} est sans réponse, et elle était attendue pour le {due}.",
        "Écrivez la réponse dans demandes/{name}.md, ou dans le fichier que nomme « reponse », et prévenez les auditeurs.",
    ),
    "request-gone": (
        "La demande {name} (« {text} ») figurait dans la dernière version déposée, et n’est plus dans demandes.yaml.",
        "Remettez-la avec son numéro : sans elle, sa réponse ne sera plus dans le dossier.",
    ),
    "reply-stray": (
        "Ce fichier n’entre pas dans le dossier : il ne répond à aucune demande de demandes.yaml.",
        "Nommez-le comme la demande (D1.md pour la demande 1), nommez-le dans « reponse », ou rangez-le ailleurs.",
    ),
    "request-untouched": (
        "La demande {name} a une réponse, mais ni texte ni preuve n’a changé sous ce qu’elle vise (critère {criteria}).",
        "Si la réponse suffit, laissez ainsi ; sinon, complétez le critère.",
    ),
    "ledger-damaged": (
        "Le registre des numéros est abîmé : aucune cote ne sera attribuée.",
        "Rétablissez numeros.yaml d’après votre dernière sauvegarde ; ne le recopiez pas à la main.",
    ),
    "labels-provisional": (
        "Ces cotes sont provisoires : {labels}.",
        "« dossier number » les attribue pour de bon.",
    ),
    "calendar-late": (
        "Le dossier devait être rendu le {due}, {delay} jours avant l’audit du {audit}.",
        "Prévenez les auditeurs, ou vérifiez « audit: ».",
    ),
    "edition-earlier": (
        "Le dossier est daté du {edition}, avant la dernière version déposée (datée du {dated}).",
        "Corrigez « edition: », ou vérifiez la date de cet ordinateur.",
    ),
    "calendar-due": (
        "Le dossier est à rendre au plus tard le {due}, {delay} jours avant l’audit du {audit}.",
        "Rien à faire.",
    ),
    # ------------------------------------------------------------------------------------------ lisibilité
    "figure-without-alternative": (
        "L’image {file} n’a pas de texte de remplacement.",
        "Décrivez-la entre les crochets : ![ce que montre l’image](…).",
    ),
    "picture-missing": ("L’image {file} est introuvable.", "Déposez-la à cet endroit, ou corrigez le chemin."),
    "picture-unreadable": ("L’image {file} ne peut pas être lue.", "Enregistrez-la de nouveau en JPEG ou en PNG."),
    "picture-gps": (
        "La photo {file} portait le lieu de prise de vue ; la copie du dossier ne le porte plus.",
        "Rien à faire ; l’original n’a pas été modifié.",
    ),
    "table-without-header": (
        "Le tableau n’a pas de ligne d’en-tête.",
        "Nommez ses colonnes dans la première ligne : elle sera répétée à chaque page.",
    ),
    # ------------------------------------------------------------------------------------------ gabarit
    "pack-file-missing": (
        "Un fichier du gabarit « {pack} » manque ou ne peut pas être lu.",
        "Demandez un gabarit complet.",
    ),
    "font-replaced": (
        "La police « {font} » du modèle Word n’est pas fournie avec le gabarit : le PDF emploie « {by} »⟦, dont les lettres ont "
        "{exact}⟧.",
        "Placez cette police, si elle est libre, dans polices/ ; sinon, écrivez votre choix sous « remplacements: » dans "
        "charte.yaml.",
    ),
    "template-left-out": (
        "Le PDF ne reprend pas tout du modèle Word : {what}.",
        "Regardez ces pages ; une image PNG ou JPEG est toujours reprise.",
    ),
    "pack-parent-unknown": (
        "Le gabarit étendu, « {parent} », est introuvable (gabarits présents : {known}).",
        "Corrigez « etend: », ou ajoutez ce gabarit.",
    ),
    "pack-cycle": (
        "Ce gabarit s’étend lui-même, par un détour ou non : {chain}.",
        "Retirez l’un des « etend: » de cette suite.",
    ),
    "pack-change-nothing": (
        "Rien ne change ici⟦ : pour « {key} »⟧⟦, le gabarit étendu dit déjà « {value} »⟧.",
        "Retirez cette ligne, ou écrivez-y ce qui diffère.",
    ),
    "pack-list-bare": (
        "Le gabarit étendu a déjà une liste « {key} » : celle-ci ne dit pas ce que l’autre devient.",
        "Écrivez « ajouter: », « modifier: », « retirer: » ou « remplacer: » sous « {key}: ».",
    ),
    "pack-list-verbs": (
        "Sous « {key}: », « remplacer: » ne va pas avec un autre verbe : la liste entière est déjà remplacée.",
        "Gardez « remplacer: » seul, ou écrivez sans lui « ajouter: », « modifier: » et « retirer: ».",
    ),
    "pack-item-unknown": (
        "La liste « {key} » du gabarit étendu n’a pas « {item} »⟦ ; elle a « {nearest} »⟧ (elle compte : {known}).",
        "Corrigez la clé ; pour un élément nouveau, écrivez-le sous « ajouter: ».",
    ),
    "pack-item-exists": (
        "La liste « {key} » du gabarit étendu a déjà « {item} ».",
        "Écrivez ce qui y change sous « modifier: », ou donnez une autre clé à celui-ci.",
    ),
    "pack-annex-unknown": (
        "L’annexe demandée, « {annex} », est introuvable⟦ (annexes présentes : {known})⟧.",
        "Corrigez « annexes: », ou ajoutez ce gabarit.",
    ),
    "pack-annex-unfit": (
        "« {annex} » n’est pas une annexe.",
        "Une annexe est un gabarit dont pack.yaml dit « annexe: oui » ; pour reprendre un autre gabarit, écrivez « etend: ».",
    ),
    "pack-chapter-unknown": (
        "« chapitres: » nomme « {key} », qui n’est pas un chapitre ou y est deux fois (chapitres : {known}).",
        "Corrigez la liste des chapitres.",
    ),
    "pack-severity-approval": (
        "La gravité de « {name} » ne peut pas être changée : l’accord du conseil d’administration est exigé par les textes.",
        "Retirez cette ligne de « severites: ».",
    ),
    "section-twice": (
        "La rubrique « {key} » est donnée deux fois, ou porte le nom d’un chapitre que tout dossier a déjà.",
        "Donnez une autre clé à l’une des deux.",
    ),
    "profile-unknown": (
        "Un attendu s’adresse à la catégorie « {name} », que le référentiel ne définit pas⟦ (il définit : {known})⟧.",
        "Corrigez « pour: », ou ajoutez la catégorie sous « categories: ».",
    ),
    "criterion-id-twice": (
        "L’identifiant de critère « {id} » est donné deux fois.",
        "Donnez un autre identifiant à l’un des deux.",
    ),
    "pack-file-foreign": (
        "Ce fichier n’a pas sa place dans un gabarit.",
        "Retirez-le : un gabarit ne contient que pack.yaml, criteres.yaml, charte.yaml, dossier.docx, dossier.typ, des images "
        "(.png, .jpg), des notes (.md, .txt) et, dans polices/, des polices (.ttf, .otf, .ttc) et leur licence.",
    ),
    "pack-file-disguised": (
        "Ce fichier n’est pas ce que son nom annonce.",
        "Remplacez-le par un fichier de ce genre ; les fichiers de texte s’enregistrent en UTF-8.",
    ),
    "pack-version-differs": (
        "Cette candidature suit la version {wanted} du gabarit {pack} ; celle de cet ordinateur est la {version}.",
        "Relisez ce qui a changé, puis écrivez « gabarit-version: {version} » ; pour garder l’ancienne, redemandez son fichier "
        "et ajoutez-le à cette candidature seule (« dossier pack add --help » dit comment).",
    ),
    # ------------------------------------------------------------------------------------------ d’un référentiel à l’autre
    "migrated-request": (
        "La candidature suit maintenant le gabarit {pack}.",
        "Relisez demande, intitule, campagne, edition et label-precedent ; l’accord du conseil d’administration doit porter sur "
        "cette demande.",
    ),
    "migrated-labels": (
        "Les cotes déjà attribuées n’ont pas changé : une cote P3.1 désigne toujours la même preuve, même si son critère a changé "
        "de numéro.",
        "Rien à faire : les nouvelles preuves auront des cotes nouvelles.",
    ),
    "migrated-new": (
        "Le critère {number} est nouveau : {title}.",
        "Écrivez cet argumentaire : ses commentaires, qui ne seront pas imprimés, disent ce qui est attendu.",
    ),
    "migrated-criterion": (
        "Cet argumentaire répondait au critère {old} ; le titre ou les attendus ont changé : {title}.",
        'Relisez-le avec les nouveaux attendus, puis les lettres de ses titres ({{attendus="b c"}}) et celles de preuves.yaml.',
    ),
    "migrated-words": (
        "« {words} » est écrit en toutes lettres : ce passage n’a pas été changé.",
        "Vérifiez le numéro ; un renvoi comme [critere:4] suivra tout seul la prochaine fois.",
    ),
    "migrated-lost": (
        "« {words} » n’a pas d’équivalent dans le nouveau référentiel : ce renvoi a été retiré.",
        "Choisissez un autre critère ou un autre attendu, ou laissez ainsi.",
    ),
    "migrated-aside": (
        "Le critère {old} n’existe plus, ou a changé de numéro : cet argumentaire est gardé sous ce nom, mais n’est plus imprimé.",
        "Reprenez ailleurs ce qui peut servir, puis supprimez ce fichier.",
    ),
    "pack-id-differs": ("Le gabarit s’appelle « {id} » mais son dossier « {folder} ».", "Donnez-leur le même nom."),
    "criterion-twice": (
        "Le numéro de critère {number} est donné deux fois.",
        "Donnez un autre numéro à l’un des deux.",
    ),
    "expectation-twice": (
        "L’attendu {number}.{letter} est donné deux fois.",
        "Donnez une autre lettre à l’un des deux.",
    ),
    # ------------------------------------------------------------------------------------------ modèle Word du gabarit
    "template-not-word": (
        "Le modèle ne peut pas être lu : {reason}.",
        "Ouvrez-le dans Word, puis Fichier, Enregistrer sous, type « Document Word (*.docx) », sans mot de passe.",
    ),
    "template-too-large": (
        "Le modèle est trop grand : {what}.",
        "Allégez ses images (Format de l’image, Compresser) ; un modèle ordinaire fait moins d’un mégaoctet.",
    ),
    "template-doctype": (
        "Le modèle contient une déclaration que Word n’écrit jamais (DOCTYPE, dans {part}).",
        "Copiez son contenu dans un document neuf ; si le modèle vient d’ailleurs, méfiez-vous de sa provenance.",
    ),
    "template-macro": (
        "Le modèle contient {what} ({where}) : un modèle ne porte aucun code.",
        "Enregistrez-le au format « Document Word (*.docx) », qui n’en garde pas.",
    ),
    "template-attached": (
        "Le modèle est attaché à un autre modèle, que Word irait chercher en l’ouvrant : {address}.",
        "Dans Word : onglet Développeur, Modèle de document, écrivez « Normal » à la place, puis enregistrez.",
    ),
    "template-external": (
        "Le modèle appelle un fichier ou une page d’ailleurs ({where}) : {address}.",
        "Si c’est une image liée, collez-la dans le document ; si c’est un lien, seuls http, https et mailto sont admis.",
    ),
    "template-embedded": (
        "Le modèle contient {what} ({where}).",
        "Collez-le comme image (Collage spécial, Image), ou recopiez son texte.",
    ),
    "template-field": (
        "Le modèle contient un champ qui n’est pas admis ({where}) : {field}.",
        "Affichez les champs (Alt+F9), supprimez celui-ci ou remplacez-le par son texte (Ctrl+Maj+F9).",
    ),
    "template-mail-merge": (
        "Le modèle est un document de publipostage : Word irait chercher sa liste de données en l’ouvrant.",
        "Dans Word : onglet Publipostage, Démarrer le publipostage, Document Word normal, puis enregistrez.",
    ),
    "template-unknown-part": (
        "Le modèle contient un élément que ce programme n’admet pas ({where}) : {kind}.",
        "Copiez son contenu dans un document neuf, puis enregistrez.",
    ),
    "template-tag-unclosed": (
        "Cette balise n’est pas fermée dans son paragraphe : « {tag} » ({where}).",
        "Terminez-la par « {end} », dans le même paragraphe.",
    ),
    "template-tag-unopened": (
        "Une balise finit sans avoir commencé : « {tag} » ({where}).",
        "Retirez ces accolades, ou écrivez le début de la balise dans le même paragraphe.",
    ),
    "template-braces": (
        "Ces accolades sont simples et seraient imprimées telles quelles : « {text} » ({where}).",
        "Si c’est une balise, écrivez {fix}.",
    ),
    "template-tag-quotes": (
        "Word a mis des guillemets français dans la balise {tag} ({where}).",
        "Écrivez {fix}, avec des apostrophes droites : Ctrl+Z juste après la frappe défait la correction automatique.",
    ),
    "template-tag-unreadable": (
        "Cette balise ne se comprend pas : {tag} ({where})⟦ ; {why}⟧.",
        "Relisez-la⟦, et écrivez {fix}⟧. Les balises possibles sont dans LISEZMOI.md, avec les gabarits.",
    ),
    "template-name-unknown": (
        "Le nom « {name} » n’existe pas, dans la balise {tag} ({where}).",
        "Corrigez-le.⟦ Vouliez-vous écrire « {nearest} » ?⟧ Tous les noms sont dans LISEZMOI.md, avec les gabarits.",
    ),
    "template-list": (
        "« {name} » n’est pas une valeur mais un ensemble, dans la balise {tag} ({where}).",
        "Nommez une valeur de chaque élément, après « {{% for x in … %}} » si c’est une liste⟦ : {fields}⟧.",
    ),
    "template-not-list": (
        "« {name} » n’est pas une liste : {tag} ne peut pas la parcourir ({where}).",
        "Parcourez une liste du dossier (etablissements, criteres, preuves…), ou retirez la boucle.",
    ),
    "template-block-unclosed": (
        "Rien ne ferme {tag} ({where}).",
        "Écrivez {end} là où cela doit finir.",
    ),
    "template-block-stray": (
        "{tag} ne ferme ni ne continue rien ({where}).",
        "Retirez cette balise, ou écrivez avant elle celle qui commence la boucle ou la condition.",
    ),
    "template-block-apart": (
        "{tag} ({where}) ne se trouve pas au même endroit que ce qui commence par {opening} ({place}).",
        "Mettez les deux dans le même tableau, la même ligne ou le même texte, et de la même sorte ({{%tr, {{%p…).",
    ),
    "template-tag-outside": (
        "{tag} demande {what}, et n’en a pas autour de lui ({where}).",
        "Déplacez la balise dans un tableau, ou remplacez « tr » ou « tc » par « p » pour un paragraphe.",
    ),
    "template-tag-together": (
        "Deux balises se partagent {what} : {first} et {tag} ({where}).",
        "Donnez à chacune une ligne, une cellule ou un paragraphe à elle : ils disparaissent avec elles.",
    ),
    "template-words-lost": (
        "Ces mots disparaîtront avec {what} de la balise {tag} : « {words} » ({where}).",
        "Laissez la balise seule et mettez ces mots dans la ligne ou le paragraphe suivant.",
    ),
    "template-mark-inline": (
        "{tag} tient la place d’un chapitre ou d’un tableau entier, mais n’a pas de « p » ({where}).",
        "Écrivez {fix}, seul dans son paragraphe.",
    ),
    "template-mark-plain": (
        "{tag} donne un texte, et non un paragraphe entier ({where}).",
        "Écrivez {fix}.",
    ),
    "template-mark-place": (
        "{tag} ne peut pas être dans un en-tête, un pied de page, une note ou une zone de texte ({where}).",
        "Déplacez cette balise dans le corps du texte, ou dans une cellule de tableau.",
    ),
    "template-mark-twice": (
        "{tag} figure deux fois, et le second resterait vide ({where}).",
        "Gardez-en un seul.",
    ),
    "template-instruction": (
        "La balise {tag} contient ce qu’un modèle n’a pas le droit de faire : {what} ({where}).",
        "Un modèle ne fait que nommer des valeurs, parcourir des listes (for) et choisir (if).",
    ),
    "template-tag-ignored": (
        "Cette balise est là où rien n’est rempli : {tag} ({where}).",
        "Mettez-la dans le texte, un tableau, un en-tête, un pied de page ou une note de bas de page.",
    ),
    "template-unfilled": (
        "Le modèle ne peut pas être rempli : {reason}.",
        "Retirez les dernières balises ajoutées, puis contrôlez de nouveau.",
    ),
    # ------------------------------------------------------------------------------------------ édition
    "characters-unshown": (
        "Ces caractères n’existent dans aucune police du gabarit et sont remplacés dans le PDF : {characters}.",
        "Remplacez-les dans vos textes (pictogrammes, lettres d’un autre alphabet).",
    ),
    "pages-of-pdf": (
        "Les numéros de page du sommaire Word sont ceux de l’édition PDF, non mesurés sur le Word lui-même.",
        "Dans Word, cliquez dans le sommaire puis appuyez sur F9 ; une édition définitive les mesure quand "
        "LibreOffice est installé.",
    ),
}

FAILURES: dict[str, str] = {
    "folder-missing": "Le dossier « {folder} » n’existe pas : indiquez le dossier de la candidature, celui qui contient "
    "candidature.yaml.",
    "folder-is-file": "« {folder} » est un fichier : indiquez le dossier de la candidature, celui qui contient candidature.yaml"
    "⟦ (ici, « {holder} »)⟧.",
    "candidature-missing": "Le dossier « {folder} » ne contient pas de fichier candidature.yaml : indiquez le dossier de la "
    "candidature, ou créez-en une avec « dossier new ».",
    "pack-unknown": "Le gabarit « {pack} » est introuvable⟦ ({place})⟧.⟦ Vouliez-vous écrire « {nearest} » ?⟧ "
    "Gabarits présents : {known}.",
    "pack-unnamed": "candidature.yaml ne dit pas quel gabarit suivre : le reste n’a pas été contrôlé. Corrigez d’abord ce "
    "fichier ; « dossier new » en donne un modèle.",
    "pack-annex": "Le gabarit « {pack} » n’est qu’une annexe : il ajoute des rubriques à un autre gabarit, par « annexes: ». "
    "Nommez dans candidature.yaml un gabarit complet.",
    "pack-unusable": "Le gabarit « {pack} » ne peut pas être utilisé ; « dossier pack check {pack} » dit pourquoi.",
    "output-foreign": "Le dossier de sortie « {folder} » contient autre chose qu’une édition ({names}) : rien n’a été écrit. "
    "Choisissez un dossier vide ou nouveau avec -o.",
    "output-is-content": "Le dossier de sortie « {folder} » touche à celui de la candidature : rien n’a été écrit. Choisissez "
    "un autre dossier avec -o.",
    "output-open": "Un fichier de « {folder} » est ouvert dans un autre programme ({name}) : ce qui était en place est intact. "
    "Fermez-le, puis recommencez.",
    "disk": "Le disque refuse l’écriture ({reason}) : ce qui était en place est intact. Libérez de la place ou vérifiez vos "
    "droits, puis recommencez.",
    "busy": "Une construction est déjà en cours dans « {folder} » : attendez qu’elle se termine, puis recommencez.",
    "folder-of-output": "Le dossier « {folder} », où placer le fichier, n’existe pas : créez-le, ou choisissez un autre endroit "
    "avec -o.",
    "bundle-missing": "Le fichier « {file} » n’existe pas.",
    "bundle-is-folder": "« {file} » est un dossier, et il faut un fichier zip : « dossier export » fait d’une candidature une "
    "liasse, « dossier pack export » d’un gabarit un fichier.",
    "bundle-unreadable": "Le fichier « {file} » est abîmé, ou n’est pas un fichier fait par ce programme : rien n’en a été pris. "
    "Demandez qu’on vous l’envoie de nouveau.",
    "bundle-name": "Le fichier « {file} » contient un nom qui n’a rien à y faire ({name}) : rien n’en a été pris. Prévenez qui "
    "vous l’a envoyé.",
    "bundle-link": "Le fichier « {file} » contient un lien ({name}) au lieu d’un fichier : rien n’en a été pris. Prévenez qui vous "
    "l’a envoyé.",
    "bundle-encrypted": "Le fichier « {file} » contient un fichier protégé par un mot de passe ({name}) : rien n’en a été pris. "
    "Demandez qu’on vous l’envoie sans mot de passe.",
    "bundle-twins": "Le fichier « {file} » contient deux noms que certains ordinateurs confondent ({other} et {name}) : rien n’en "
    "a été pris. Prévenez qui vous l’a envoyé.",
    "bundle-too-large": "Le fichier « {file} » dépasse {most} Mo : rien n’en a été pris.",
    "bundle-too-many": "Le fichier « {file} » contient plus de {most} fichiers : rien n’en a été pris.",
    "bundle-inflates": "Le fichier « {file} » contient un fichier démesuré une fois décompressé ({name}) : rien n’en a été pris. "
    "Prévenez qui vous l’a envoyé.",
    "bundle-no-sums": "Le fichier « {file} » ne contient pas la liste de ses empreintes : ce programme ne l’a pas fait, ou il a "
    "été refait à la main. Rien n’en a été pris ; demandez le fichier d’origine.",
    "bundle-altered": "Dans « {file} », « {name} » a changé depuis que le fichier a été fait, ou s’y est ajouté : rien n’en a été "
    "pris. Demandez le fichier d’origine.",
    "bundle-not-of-a-school": "Le fichier « {file} » n’est pas une liasse faite par « dossier export » : rien n’en a été pris. "
    "Demandez à l’établissement de l’exporter de nouveau.",
    "export-network": "« {folder} » est la candidature d’un réseau : un établissement exporte la sienne seule. "
    "« dossier split » en fait une candidature à part.",
    "export-unnamed": "L’établissement n’a pas pu être reconnu : sa liasse n’a pas été faite. Corrigez d’abord son dossier et "
    "son UAI (candidature.yaml, etablissement.yaml).",
    "export-name": "Le nom « {name} » ne passerait pas d’un ordinateur à l’autre : la liasse n’a pas été faite. Renommez ce "
    "fichier, plus court et sans deux-points, étoile, guillemet ni barre, puis corrigez son nom dans preuves.yaml.",
    "export-twins": "« {name} » et « {other} » ne diffèrent que par la casse ou par le codage des accents : certains "
    "ordinateurs les confondent, et la liasse n’a pas été faite. Renommez l’un des deux.",
    "export-too-large": "L’établissement a plus de {most} Mo ou de {files} fichiers : la liasse n’a pas été faite. Retirez de "
    "son dossier ce que preuves.yaml ne nomme pas.",
    "export-inside": "« {file} » serait dans la candidature elle-même : choisissez un autre endroit avec -o.",
    "merge-unknown": "{school} ({uai}) n’est pas de cette candidature : « {file} » n’a pas été fusionné. S’il doit en être, "
    "écrivez « {wanted} » dans candidature.yaml, ligne {line}.",
    "merge-near-key": "Le dossier « {key} » de {school} ({uai}) ne diffère de « {other} », attendu ici, que par la casse : "
    "« {file} » n’a pas été fusionné. Donnez-leur le même nom, puis que l’établissement exporte de nouveau.",
    "merge-uai": "« {file} » vient de {school}, du dossier « {key} », avec l’UAI {uai}, qui est ici celui du dossier « {other} »"
    "⟦ ({stands})⟧ : il n’a pas été fusionné. Si ce sont deux établissements, un code UAI est mal recopié : que l’établissement "
    "concerné le corrige dans etablissement.yaml. Si c’est le même, donnez au dossier le même nom des deux côtés. Puis qu’il "
    "exporte de nouveau.",
    "merge-renamed": "« {file} » n’a pas été fusionné dans « {key} » : {changed} ; vérifiez le code UAI ({uai}) avec "
    "l’établissement qui l’envoie ; si c’est bien le même établissement, relancez avec --force, qui garde une copie de ce qui est "
    "en place.",
    "merge-key": "Le dossier « {key} » est ici celui de l’UAI {other} : « {file} », de {school} ({uai}), n’a pas été fusionné. "
    "Si ce sont deux établissements, que l’un des deux renomme son dossier, dans candidature.yaml aussi. Si c’est le même et que "
    "son UAI vient d’être corrigé, corrigez-le aussi ici, dans {key}/etablissement.yaml.",
    "merge-pack": "« {file} », de {school}, suit le gabarit {theirs}, et cette candidature le gabarit {ours} : il n’a pas été "
    "fusionné. Accordez-vous sur un gabarit ; « dossier migrate » y porte une candidature.",
    "merge-pack-version": "« {file} », de {school}, a été fait avec la version {theirs} du gabarit {pack} ; celle d’ici est la "
    "{ours} : il n’a pas été fusionné. Installez partout la même version, ou acceptez l’écart avec --force.",
    "merge-campaign": "« {file} », de {school}, est de la campagne {theirs}, et cette candidature de la campagne {ours} : il n’a "
    "pas été fusionné. Corrigez « campagne: » d’un côté ou de l’autre.",
    "merge-twice": "« {other} » et « {file} » sont deux liasses du même établissement ({school}) : aucune n’a été fusionnée. "
    "Ne donnez que la plus récente.",
    "merge-older": "« {file} », de {school}, est une liasse du {day}, plus ancienne que la dernière fusionnée, du {last} : elle "
    "n’a pas été fusionnée. Pour revenir en arrière, ajoutez --force.",
    "merge-replaced": "« {file} », de {school}, a déjà été fusionné, puis remplacé par une liasse plus récente : il n’a pas été "
    "fusionné de nouveau. Pour revenir en arrière, ajoutez --force.",
    "merge-edited": "Des fichiers de {school} ont été changés ici, dans « {key} », depuis la dernière fusion : sa liasse n’a pas "
    "été fusionnée. Transmettez ces changements à l’établissement, ou remplacez-les avec --force, qui en garde une copie.",
    "merge-over-own": "« {key} » contient ici des fichiers qui ne viennent d’aucune liasse ; celle de {school} les remplacerait, "
    "et n’a pas été fusionnée. Transmettez-les à l’établissement, ou remplacez-les avec --force, qui en garde une copie.",
    "merge-changed": "Le dossier « {key} » a changé pendant ce temps : rien n’y a été écrit. Recommencez.",
    "merge-link": "« {key} » n’est pas un dossier, mais un lien ou un fichier : rien n’a été fusionné. Retirez-le d’abord.",
    "merge-new-one": "Avec --new, donnez une seule liasse : une candidature nouvelle est celle d’un seul établissement.",
    "split-unknown": "« {key} » n’est pas un établissement de cette candidature. Ceux qui y sont : {known}.",
    "split-request": "Le fichier candidature.yaml de « {folder} » ne peut pas être repris pour un seul établissement : rien n’a "
    "été écrit. Écrivez-y une clé par ligne, sans erreur, puis recommencez.",
    "split-ledger": "Le registre {file} est abîmé : rien n’a été écrit, pour ne perdre aucune cote. Rétablissez-le d’après votre "
    "dernière sauvegarde.",
    "bundle-not-a-pack": "Le fichier « {file} » n’est pas un gabarit : rien n’en a été pris.",
    "pack-not-exported": "Le gabarit « {pack} » a des erreurs : aucun fichier n’en a été fait. Corrigez-les d’abord.",
    "pack-not-added": "Le gabarit reçu, « {pack} », n’a pas été ajouté. Transmettez ces constats à qui l’a établi.",
    "pack-same-version": "Le gabarit « {pack} » reçu porte le même numéro de version ({version}) que celui en usage, mais son "
    "contenu diffère : il n’a pas été ajouté. Demandez à son émetteur d’en changer le numéro ; --force l’ajoute quand même.",
    "cryptography-missing": "Pour signer, il faut la bibliothèque « cryptography » : installez-la avec "
    "« pip install cryptography », ou exportez sans signature.",
    "key-exists": "Le fichier « {file} » existe déjà : aucune clé n’a été créée. Choisissez un autre nom, ou signez avec --sign.",
    "key-missing": "La clé « {file} » n’existe pas : indiquez son fichier, ou créez-en une avec --new-key.",
    "key-unfit": "Le fichier « {file} » n’est pas une clé privée Ed25519 sans mot de passe : rien n’a été signé. "
    "« dossier pack export --new-key » en crée une.",
    "keys-damaged": "Le fichier des clés connues est abîmé ({file}) : rien n’a été ajouté. Rétablissez-le, ou supprimez-le pour "
    "oublier les clés déjà vues.",
    "signature-false": "La signature de « {file} » est fausse : le fichier a été modifié, ou fait par quelqu’un d’autre. Rien n’en "
    "a été pris ; prévenez l’académie.",
    "signature-changed": "Le gabarit « {pack} » ({issuer}) n’est pas signé avec la clé habituelle : il n’a pas été ajouté. "
    "Appelez l’académie, à un numéro que vous connaissez ; si elle a bien changé de clé, retirez l’ancienne de {file}.",
    "signature-gone": "Le gabarit « {pack} » ({issuer}) n’est pas signé, alors que le précédent l’était : il n’a pas été ajouté. "
    "Appelez l’académie, à un numéro que vous connaissez ; si elle ne signe plus, retirez sa clé de {file}.",
    "migrate-unread": "Un fichier YAML ne peut pas être lu en entier : rien n’a été changé. Corrigez-le d’abord.",
    "migrate-changed": "La candidature « {folder} » a changé pendant ce temps : rien n’a été écrit. Recommencez.",
    "migrate-inside": "Le dossier « {folder} » est remplacé d’un seul coup : placez-vous hors de lui (cd ..), puis recommencez.",
    "target-exists": "« {folder} » existe déjà et n’est pas vide : choisissez un autre nom.",
    "submit-errors": "Le dossier ne peut pas être déposé : il reste des erreurs. Corrigez-les, puis recommencez.",
    "version-exists": "« {folder} » existe déjà et n’est pas une version déposée : déplacez-le, puis recommencez.",
    "deposit-missing": "« {place} » n’existe pas : indiquez le dossier de dépôt, le zip ou le PDF reçu.",
    "number-unread": "Un fichier n’a pas pu être lu en entier : aucune cote n’a été attribuée, pour n’en oublier aucune. "
    "« dossier check » dit lequel ; corrigez-le d’abord.",
    "ledger-damaged": "Le registre numeros.yaml est abîmé : aucune cote n’a été attribuée. « dossier check » dit à quelle "
    "ligne ; rétablissez-le d’après votre dernière sauvegarde.",
    "tesseract-missing": "Tesseract n’est pas installé, ou pas avec le français : installez-les, ou construisez sans --ocr.",
    "prepared-unreadable": "La copie préparée de la preuve « {exhibit} » ne peut plus être lue. « dossier cache --empty » retire "
    "ces copies ; recommencez ensuite.",
    "prepared-changed": "La copie préparée de la preuve « {exhibit} » n’est plus celle qui a été lue. « dossier cache --empty » "
    "retire ces copies ; recommencez ensuite.",
    "word-template": "Le modèle Word du gabarit ({template}) ne peut pas être employé. Corrigez-le, ou prévenez qui l’a établi.",
    "word-unsound": "Le fichier Word produit n’est pas sain ({faults}) : l’édition précédente est intacte. Ce n’est pas de votre "
    "fait ; transmettez ce message.",
    "charte-exists": "Ce fichier existe déjà : {file}. Renommez-le ou supprimez-le, puis recommencez.",
    "layout-of-pack": "La mise en page du gabarit (dossier.typ) a échoué ({detail}) : l’édition précédente est intacte. "
    "Prévenez qui l’a établi, ou retirez ce fichier.",
    "layout-failed": "La mise en page du PDF a échoué ({detail}) : l’édition précédente est intacte. Ce n’est pas de votre fait ; "
    "transmettez ce message.",
    "import-missing": "Le fichier « {file} » n’existe pas : indiquez le fichier Word qui a été relu.",
    "import-unreadable": "« {file} » ne peut pas être lu comme un fichier Word (.docx) : rien n’a été changé. Ouvrez-le dans Word, "
    "enregistrez-le de nouveau en .docx, sans mot de passe, puis recommencez.",
    "import-foreign": "« {file} » n’est pas un dossier fait par ce programme, ou ses titres ont tous été recréés : aucun critère "
    "n’y a été retrouvé, et rien n’a été changé.",
    "import-changed": "« {file} » vient de changer : rien n’a été écrit. Recommencez.",
    "interrupted": "Interrompu : ce qui était en place est intact.",
    "internal": "Le programme a échoué ({reason}) : ce n’est pas de votre fait, et rien de ce que vous avez écrit n’a changé. "
    "Relancez avec --debug et transmettez ce qui s’affiche.",
}


# What came back in a Word file, by kind; the last of them are things that a Markdown file cannot say.
RETURNED: dict[str, str] = {
    "change": "{place} — {file}, ligne {line}⟦, sous « {section} »⟧",
    "conflict": "  Le fichier a changé lui aussi depuis que ce Word a été fait : rien n’y sera écrit sans --force.",
    "unwritable": "  Ce changement ne peut pas être écrit fidèlement : reportez-le vous-même.",
    "lost": "{place} : sa place n’a pas été retrouvée dans le fichier Word (titre supprimé ou recréé) ; rien n’y sera changé.",
    "foreign": "{place} : le texte a changé, mais il ne vient pas d’un fichier que l’import sait écrire ({file}) ; reportez-le "
    "vous-même.",
    "undated": "Ce fichier Word ne dit plus de quelle version des textes il vient : il a été comparé à ceux d’aujourd’hui.",
    "comments": "Commentaires",
    "comment": "{place}⟦, à « {quoted} »⟧ — ⟦{author}⟧⟦, {date}⟧ : {text}",
    "oddities": "Ce que Markdown ne sait pas dire",
    "oddity": "{place} : {what}⟦ « {quoted} »⟧",
    "authors": "Modifications suivies, lues comme si elles étaient acceptées",
    "author": "{author} : {count}⟦, dont {outside} hors des critères, à reporter vous-même⟧",
    "outside": "hors des critères",
    "notes-title": "# Retours de {file}",
    "note-changed": "{place}, {file}, ligne {line} — à reporter : {text}",
    "note-removed": "{place}, {file}, ligne {line} — passage supprimé dans Word, à reporter.",
    "title-changed": "un titre de chapitre récrit, à corriger dans le gabarit (ou, pour un nom, dans etablissement.yaml)",
    "text-box": "une zone de texte",
    "shape": "une forme dessinée",
    "picture": "une image ajoutée, à déposer dans le dossier et à citer dans le texte",
    "embedded": "un objet incorporé",
    "equation": "une équation",
    "symbol": "un caractère d’une police de symboles",
    "highlight": "un surlignage",
    "underline": "un soulignement",
    "hidden": "du texte masqué, lu comme les autres",
    "page-break": "un saut de page",
    "column-break": "un saut de colonne",
    "section-break": "un saut de section",
    "merged-cells": "des cellules fusionnées",
    "list-in-cell": "une liste dans une cellule",
    "table-in-cell": "un tableau dans une cellule",
    "block-in-cell": "une image ou du code dans une cellule",
    "endnote": "une note de fin, lue comme une note de bas de page",
    "link": "un lien vers autre chose qu’une page web",
    "cross-reference": "un renvoi interne à Word, lu comme du texte",
    "reference-changed": "un renvoi dont le texte a été récrit, lu comme du texte",
}

# What differs between a pack received and the one in use. A value that is empty stands for « nothing ».
DIFFERENCES: dict[str, str] = {
    "criterion-new": "Nouveau critère {number} : {title}.",
    "criterion-gone": "Le critère {number} n’est plus demandé : {title}.",
    "criterion-number": "Le critère {old} porte maintenant le numéro {new} : {title}.",
    "criterion-title": "Critère {number} : le titre officiel « {old} » devient « {new} ».",
    "criterion-shown": "Critère {number} : le titre affiché « {old} » devient « {new} ».",
    "criterion-aliases": "Critère {number} : autres numéros : {old} → {new}.",
    "criterion-optional": "Le critère {number} devient un critère au choix.",
    "criterion-required": "Le critère {number}, jusqu’ici au choix, devient obligatoire.",
    "criterion-equivalences": "Critère {number} : labels qui en tiennent lieu : {labels}.",
    "criterion-no-equivalence": "Critère {number} : plus aucun label n’en tient lieu.",
    "expectation-new": "Nouvel attendu {reference} : {text}.",
    "expectation-gone": "L’attendu {reference} n’est plus demandé : {text}.",
    "expectation-text": "Attendu {reference} : « {old} » devient « {new} ».",
    "expectation-kind": "Attendu {reference} : sa nature passe de « {old} » à « {new} ».",
    "rule-title": "Titre du gabarit : {old} → {new}.",
    "rule-issuer": "Émetteur : {old} → {new}.",
    "rule-official": "Gabarit officiel : {old} → {new}.",
    "rule-profiles": "Catégories de candidats : {old} → {new}.",
    "rule-extends": "Gabarit étendu : {old} → {new}.",
    "rule-in-force": "Date d’entrée en vigueur : {old} → {new}.",
    "rule-legal-text": "Texte de référence : {old} → {new}.",
    "rule-attachments": "Pièces obligatoires : {old} → {new}.",
    "rule-sections": "Rubriques demandées : {old} → {new}.",
    "rule-columns": "Tableaux des rubriques : {old} → {new}.",
    "rule-order": "Ordre des chapitres : {old} → {new}.",
    "rule-evidence-size": "Taille maximale d’une preuve, en Mo : {old} → {new}.",
    "rule-deposit-size": "Taille maximale du dépôt, en Mo : {old} → {new}.",
    "rule-pages": "Nombre maximal de pages du dossier : {old} → {new}.",
    "rule-approval-age": "Âge, en mois, à partir duquel l’accord est signalé : {old} → {new}.",
    "rule-return": "Jours avant l’audit pour rendre le dossier : {old} → {new}.",
    "rule-labels": "Forme des cotes : {old} → {new}.",
    "rule-applicants": "Qui peut candidater : {old} → {new}.",
    "rule-network-label": "Label demandé aux établissements d’un réseau : {old} → {new}.",
    "rule-numbering": "Qui numérote les titres du modèle Word : {old} → {new}.",
    "rule-deposit": "Nom du dépôt : {old} → {new}.",
    "rule-severities": "Gravité de certains constats : {old} → {new}.",
    "word": "Mots des documents : « {old} » devient « {new} ».",
    "file-new": "Nouveau fichier : {name}.",
    "file-gone": "Fichier retiré : {name}.",
    "file-changed": "Fichier modifié : {name}.",
    "fonts-changed": "Les polices jointes ont changé.",
}


def difference_sentence(difference: Difference) -> str:
    """What differs, in French."""
    sentence = _fill(DIFFERENCES[difference.code], {name: value or "rien" for name, value in difference.values})
    return sentence.replace("..", ".")


# What may differ between two identity sheets.
IDENTITY = {"name": "le nom", "kind": "le type", "town": "la commune"}


def identity_sentence(changed: Iterable[tuple[str, str, str]]) -> str:
    """« le nom a changé : X → Y ; la commune a changé : … »."""
    return " ; ".join(
        f"{IDENTITY[what]} a changé : {shown(before)} → {shown(after) or 'rien'}" for what, before, after in changed
    )


def sentence(finding: Finding) -> str:
    """What is wrong, in French."""
    return _fill(FINDINGS[finding.code][0], dict(finding.values))


def remedy(finding: Finding) -> str:
    """What to do about it, in French."""
    return _fill(FINDINGS[finding.code][1], dict(finding.values))


def returned(kind: str, **values: str) -> str:
    """The sentence about something that came back from Word."""
    return _fill(RETURNED[kind], values)


def failure(fault: DossierError) -> str:
    """The one sentence that a failure is told in."""
    return _fill(FAILURES.get(fault.code, FAILURES["internal"]), {"reason": fault.code} | fault.values)


def _fill(template: str, values: dict[str, str]) -> str:
    def optional(match: re.Match[str]) -> str:
        return match[1] if all(values.get(name) for name in re.findall(r"(?<!\{)\{(\w+)\}", match[1])) else ""

    def elided(match: re.Match[str]) -> str:
        return of(values.get(match[2], "")) + match[1]

    template = _OF_A_SCHOOL.sub(elided, re.sub(r"⟦(.*?)⟧", optional, template))
    return template.format(**{name: shown(value) for name, value in values.items()})


def shown(value: str) -> str:
    """`value` on one line, of a length that can be read, without what a terminal or a file cannot take."""
    line = "".join(
        " " if each in "\t\n\r\u2028\u2029" else "�" if unicodedata.category(each) in _UNSHOWN else each
        for each in value
    )
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
