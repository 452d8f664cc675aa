"""The pages: each view reads input, calls one query or act, and chooses the output."""
