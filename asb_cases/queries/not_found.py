"""What a query raises where there is nothing to show."""


class NotFound(LookupError):
    """There is no such record, or not for this person: the two are told apart nowhere, so that nobody learns of a
    record by asking for it."""
