"""Taking reports in: a complaint by itself, or with a case."""
