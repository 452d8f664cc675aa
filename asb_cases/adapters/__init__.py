"""The outside: one module for each thing beyond this program."""
