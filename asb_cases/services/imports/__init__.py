"""Older registers brought in: checked without a lock, written in short batches, invisible until all of it is there.

`running.import_file` does the whole; `kinds.KINDS` names the formats; `writing` holds what touches the database.
"""
