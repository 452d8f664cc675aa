"""What officers keep on a case: contacts and visits, notes, tasks, incidents, what was agreed, and waits."""
