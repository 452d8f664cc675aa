"""The formats in which an older register comes in: their columns, what each cell must say, and which law binds a row.

Pure: a row of text goes in; what it says, or what is wrong with it and what would be right, comes out.
"""
