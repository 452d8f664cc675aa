"""Style sheets, scripts and icons: named after their content, so that a browser fetches each version once.

A file's address holds a hash of what is in it, and only such addresses are served: they may be kept for ever. WhiteNoise
stands in front of the application, so that a file costs no session, no database and no template.
"""

import hashlib
from pathlib import Path, PurePosixPath
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from asb_cases.web.headers import STATIC_HEADERS

PREFIX = "/static/"
SERVED = frozenset({".css", ".js", ".svg"})
FOR_EVER = "public, max-age=31536000, immutable"


def serve_static_files(app: Flask, folder: Path) -> None:
    """Serve the files of `folder`, and give templates `static_url("asb.css")`."""
    addresses = {str(path.relative_to(folder)): _address(path, folder) for path in _files(folder)}

    def static_url(name: str) -> str:
        """The address of a static file as it is now. An unknown name is a mistake in a template: KeyError."""
        return addresses[name]

    app.add_template_global(static_url)
    server = WhiteNoise(app.wsgi_app, max_age=None, allow_all_origins=False, add_headers_function=_add_headers)
    for name, address in addresses.items():
        server.add_file_to_dictionary(address, str(folder / name))
    app.wsgi_app = server  # type: ignore[method-assign]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in SERVED)


def _address(path: Path, folder: Path) -> str:
    """`vendor/sheet.css` becomes `/static/vendor/sheet.0123456789ab.css`."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    relative = PurePosixPath(path.relative_to(folder).as_posix())
    return PREFIX + str(relative.with_name(f"{relative.stem}.{digest}{relative.suffix}"))


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["Cache-Control"] = FOR_EVER
    for name, value in STATIC_HEADERS.items():
        headers[name] = value
