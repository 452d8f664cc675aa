"""The register of addresses: each place once, as first written. Part of an act."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from asb_cases.domain.names import fold_key
from asb_cases.domain.places import postcode_in
from asb_cases.extensions import db
from asb_cases.models.place import Address


def place_called(text: str | None, *, ward_id: int | None = None) -> Address | None:
    """The address typed into a field that may be left blank. What holds no letter and no digit is none."""
    return find_or_add_address(text, ward_id=ward_id) if text and fold_key(text) else None


def places_called(texts: Sequence[str | None], *, ward_id: int | None = None) -> list[Address | None]:
    """The addresses of several fields that may be left blank, in their order, looked up and added together. The ward, where
    one is known, is that of the first."""
    keys = [fold_key(text or "") for text in texts]
    wanted = {key: (text or "").strip() for key, text in zip(keys, texts, strict=True) if key}
    known = {
        address.text_key: address
        for address in (db.session.scalars(select(Address).where(Address.text_key.in_(wanted))) if wanted else ())
    }
    missing = {key: text for key, text in wanted.items() if key not in known}
    known |= _added_together(missing) if missing else {}
    for address in known.values():
        if address.import_id is not None:
            address.import_id = None
    first = known.get(keys[0]) if keys else None
    if first is not None and ward_id is not None and first.ward_id is None:
        first.ward_id = ward_id
    return [known.get(key) for key in keys]


def _added_together(missing: dict[str, str]) -> dict[str, Address]:
    """Add them at once; one by one where somebody else adds one of them at this moment."""
    new = {key: Address(text=text, text_key=key, postcode=postcode_in(text)) for key, text in missing.items()}
    try:
        with db.session.begin_nested():
            db.session.add_all(new.values())
        return new
    except IntegrityError:
        return {key: find_or_add_address(text) for key, text in missing.items()}


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
            address = Address(
                text=text, text_key=key, postcode=postcode or postcode_in(text), ward_id=ward_id, import_id=import_id
            )
            db.session.add(address)
        return address
    except IntegrityError:
        theirs = _known(key)
        if theirs is None:
            raise
        return theirs
