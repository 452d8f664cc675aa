"""The risk record of a case, and the matrix it is made by."""
