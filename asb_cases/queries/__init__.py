"""The reads. Each is ordered, sees only what the one who asks may see, and changes nothing."""
