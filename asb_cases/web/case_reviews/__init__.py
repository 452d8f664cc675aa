"""Applications for a case review (Community Trigger)."""
