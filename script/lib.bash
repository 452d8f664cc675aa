# What the scripts share. Sourced, never run. Everything here talks on standard error only.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
python="$root/.venv/bin/python"
export PYTHONDONTWRITEBYTECODE='' PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# A Python that is new enough, from PATH.
find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    die "Python 3.11 or newer is needed and none is on PATH. On Debian or Ubuntu: apt-get install python3 python3-venv"
}

# install_packages NAME... : Debian packages, where we may; fails where we may not.
install_packages() {
    command -v apt-get >/dev/null || return 1
    local become=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        become=(sudo -n)
    fi
    say "Installing $* ..."
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2 ||
        { "${become[@]}" apt-get update >&2 &&
            "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2; }
}

# An empty virtual environment in .venv.
make_environment() {
    local base version
    base="$(find_python)"
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        version="$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        install_packages "python$version-venv" ||
            die "Python's venv module is missing. As root: apt-get install python$version-venv"
    fi
    say "Making the virtual environment in .venv ..."
    "$base" -m venv --clear "$root/.venv" >&2
}

# ensure_environment [dev] : .venv with exactly the packages of requirements.txt, or of requirements-dev.txt.
# A stamp of the lock's hash makes the second call cost nothing.
ensure_environment() {
    local lock stamp wanted
    case "${1:-}" in
        dev) lock=requirements-dev.txt ;;
        *) lock=requirements.txt ;;
    esac
    stamp="$root/.venv/installed-$lock"
    wanted="$(sha256sum <"$root/$lock")"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x "$python" ]; then
        return
    fi
    (
        if command -v flock >/dev/null; then
            exec 9>"$root/.venv.lock"
            flock 9
        fi
        if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x "$python" ]; then
            exit 0
        fi
        "$python" -c '' 2>/dev/null || make_environment
        say "Installing the packages of $lock ..."
        "$python" -m pip install --quiet --require-hashes -r "$root/$lock" >&2 ||
            die "The packages of $lock could not be installed: see above."
        printf '%s\n' "$wanted" >"$stamp"
        # The larger lock holds everything of the smaller one at the same versions (script/lock --check).
        if [ "$lock" = requirements-dev.txt ]; then
            sha256sum <"$root/requirements.txt" >"$root/.venv/installed-requirements.txt"
        fi
    )
}

# What PDFs are made with, and a typeface for them. Without it everything but PDFs works, and documents are kept as pages.
ensure_pdf() {
    if "$python" -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("pangoft2-1.0") is None)' 2>/dev/null; then
        return
    fi
    install_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
}

# flask ARGUMENT... : the console, without leaving the caller's folder.
flask() { "$python" -m flask --app "$root/wsgi.py" "$@"; }
