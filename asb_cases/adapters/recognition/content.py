"""The bytes of a file, and numbers and words read from them."""

import mmap

#: Bytes at hand, or those of a file mapped into memory: read by slices, never whole where that can be avoided.
Content = bytes | mmap.mmap

#: As much as a browser looks at to guess what it was sent.
LOOKED_AT = 4096
#: What makes a browser, or a server, take a file for a page or a program.
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<iframe", b"<svg", b"<body", b"<?php")


def holds_markup(content: Content) -> bool:
    """Whether a web page, a drawing with programs or a script begins near the beginning."""
    start = content[:LOOKED_AT].lower()
    return any(word in start for word in MARKUP)


def big(content: Content, at: int, length: int = 4) -> int:
    """A number whose first byte counts most."""
    return int.from_bytes(content[at : at + length], "big")


def little(content: Content, at: int, length: int = 4) -> int:
    """A number whose last byte counts most."""
    return int.from_bytes(content[at : at + length], "little")
