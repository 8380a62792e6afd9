"""Is every request of the auditors answered, in time, and does the dossier show it?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Answer, Dossier
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import long_date
from assembler.model.source import Source


def check_requests(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Requests without answer, past their date, about a criterion that does not exist, answered with nothing changed, gone."""
    numbers = dossier.pack.framework.by_number()
    schools = [each.establishment.key for each in dossier.members]
    for answer in dossier.requests:
        request = answer.request
        for number in request.concerned:
            if number not in numbers:
                yield error("request-criterion-unknown", request.source, name=request.name, number=number,
                            known=", ".join(numbers))  # fmt: skip
        if request.establishment and request.establishment not in schools:
            yield error("request-establishment-unknown", request.source, name=request.name, key=request.establishment,
                        known=", ".join(schools))  # fmt: skip
        if not answer.answered:
            yield _unanswered(answer, dossier)
        elif content.handed_in and request.concerned and not (answer.handed_in or answer.changed or answer.exhibits):
            yield note("request-untouched", request.source, request.concerned[0], name=request.name,
                       criteria=", ".join(request.concerned))  # fmt: skip
    there = {each.request.number for each in dossier.requests}
    for request in content.asked:
        if request.number not in there:
            yield warning("request-gone", Source(request.source.file), name=request.name, text=_begun(request.text))


def _begun(text: str) -> str:
    """The first words, as a reminder."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60].rpartition(' ')[0]}…"


def _unanswered(answer: Answer, dossier: Dossier) -> Finding:
    request, today = answer.request, dossier.candidature.edition
    values = {"name": request.name, "due": long_date(request.due)}
    if request.due is not None and request.due < today:
        return warning("request-late", request.source, next(iter(request.concerned), None), **values)
    return warning("request-unanswered", request.source, next(iter(request.concerned), None), **values)
