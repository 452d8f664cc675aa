"""Finding records by reference, name, address or words."""
