"""What people told us."""
