"""The console: one file for each group of commands."""
