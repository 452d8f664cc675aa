"""Management information: what leaves, and in which shape. Decides nothing."""
