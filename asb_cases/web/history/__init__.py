"""What happened to the record, and who looked at it."""
