"""What anybody may read and do without an account: asking for a case review, and what the council says about it."""
