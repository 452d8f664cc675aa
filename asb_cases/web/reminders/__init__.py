"""One's own reminders: the list, reading, putting off, how they are e-mailed, and the calendar feed."""
