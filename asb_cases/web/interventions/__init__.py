"""Warnings, notices, penalties and prosecutions."""
