"""What a file is, by its bytes: signatures at the beginning, then the structure of each sort as far as to its end."""
