"""The files that show how a document was given, taken in with the record of it: a photo at the door, a certificate of posting,
the reply to an e-mail."""

from collections.abc import Callable, Sequence
from datetime import datetime

from asb_cases.adapters.storage import Storage
from asb_cases.domain.calendar import local
from asb_cases.domain.files import FileOf
from asb_cases.domain.permissions import Actor
from asb_cases.queries.enforcement import case_of_service, service_to_work_on
from asb_cases.queries.files import same_bytes_in_case
from asb_cases.services.files import About, NewFile, Said, add_files
from asb_cases.services.history import as_one_act
from asb_cases.services.transaction import transaction


@transaction
def with_proof(
    recorded: Callable[[], int], *, actor: Actor, now: datetime, files: Sequence[NewFile], storage: Storage
) -> int:
    """Do the act that records a posting or a giving (`recorded` answers with its id), and keep the files with it, the first
    as its proof: all of it, or none. Returns the id."""
    with as_one_act():
        service_id = recorded()
        if not files:
            return service_id
        case_id = case_of_service(service_id)
        about = About(FileOf.SERVICE, service_id)
        said = Said(description="How a document was given")
        added = add_files(actor=actor, now=now, case_id=case_id, storage=storage, files=files, said=said, about=about)
    service = service_to_work_on(service_id, actor=actor, today=local(now).date())
    if service.proof_id is None:
        first = files[0].received.sha256
        service.proof_id = same_bytes_in_case(case_id, {first}, actor).get(first) or added.ids[0]
    return service_id
