"""The register of addresses: each place once, as first written. Part of an act."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from asb_cases.domain.names import fold_key
from asb_cases.extensions import db
from asb_cases.models.place import Address


def place_called(text: str | None, *, ward_id: int | None = None) -> Address | None:
    """The address typed into a field that may be left blank."""
    return find_or_add_address(text, ward_id=ward_id) if text and text.strip() else None


def find_or_add_address(
    text: str, *, postcode: str | None = None, ward_id: int | None = None, import_id: int | None = None
) -> Address:
    """The address that `text` is, compared folded; added where there is none. A ward or postcode not known before is
    filled in; one that is known stays. An address that an unfinished import brought becomes everybody's."""
    key = fold_key(text)
    if not key:
        raise ValueError("An address needs words.")
    address = _known(key) or _added(text.strip(), key, postcode=postcode, ward_id=ward_id, import_id=import_id)
    if import_id is None:
        address.import_id = None
    if ward_id is not None and address.ward_id is None:
        address.ward_id = ward_id
    if postcode and not address.postcode:
        address.postcode = postcode
    return address


def _known(key: str) -> Address | None:
    return db.session.scalars(select(Address).where(Address.text_key == key)).one_or_none()


def _added(text: str, key: str, *, postcode: str | None, ward_id: int | None, import_id: int | None) -> Address:
    """Add it. Somebody else may add the same one at this moment: then it is theirs."""
    try:
        with db.session.begin_nested():
            address = Address(text=text, text_key=key, postcode=postcode, ward_id=ward_id, import_id=import_id)
            db.session.add(address)
        return address
    except IntegrityError:
        theirs = _known(key)
        if theirs is None:
            raise
        return theirs
