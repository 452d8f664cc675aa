"""The acts: one function, one act, one transaction, one history entry."""
