"""Letters and notices, to be printed."""
