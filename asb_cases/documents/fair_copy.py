"""A document in its final words: the page it is printed from, all that decided how it reads, and its fingerprint.

What it is made of is kept with it as canonical JSON, so that two copies say the same exactly if they have the same
fingerprint. `template_version` is worked out from the files themselves: it changes when they do, and not before.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import current_app
from jinja2 import meta

PAPER = "layouts/document_on_paper.html"
#: Digits of the hash that a template's version is called by.
DIGITS = 12


@dataclass(frozen=True)
class FairCopy:
    """`kind` is the code of the kind of document, `number` what it is called by on each of its pages."""

    kind: str
    title: str
    number: str
    template: str
    template_version: str
    block_version: str | None
    data: str
    html: str

    @property
    def fingerprint(self) -> str:
        """The same for two copies exactly if they say the same in the same form."""
        return hashlib.sha256(self.html.encode()).hexdigest()


def fair_copy(kind: str, number: str, template: str, document: Any, *, logo: str | None = None) -> FairCopy:
    """The final words of a document; `document` is all that its template may say (see `documents.context`). `logo` is a
    picture as a `data:` address."""
    page = current_app.jinja_env.get_template(f"documents/{template}.html")
    html = page.render(document=document, frame=PAPER, number=number, logo=logo)
    return FairCopy(
        kind=kind,
        title=document.title,
        number=number,
        template=template,
        template_version=version_of(template, document.block),
        block_version=document.block_version,
        data=canonical(document),
        html=html,
    )


def canonical(document: Any) -> str:
    """Everything in a document, by its fields, always in one order."""
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version_of(template: str, block: str | None) -> str:
    """The version of a template: the files that it is set from, by their hash."""
    return _hash_of_files(f"documents/{template}.html", PAPER, *([block] if block else []))


@lru_cache
def _hash_of_files(*names: str) -> str:
    digest = hashlib.sha256()
    for name in sorted(_with_parts(names)):
        source, _path, _fresh = _source(name)
        digest.update(f"{name}\0{source}\0".encode())
    return digest.hexdigest()[:DIGITS]


def _with_parts(names: Iterable[str]) -> set[str]:
    """These files, and all that they are put together from."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            tree = current_app.jinja_env.parse(_source(name)[0])
            left += [each for each in meta.find_referenced_templates(tree) if each]
    return found


def _source(name: str) -> tuple[str, str | None, Any]:
    loader = current_app.jinja_env.loader
    if loader is None:
        raise LookupError("The application has its templates.")
    return loader.get_source(current_app.jinja_env, name)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
