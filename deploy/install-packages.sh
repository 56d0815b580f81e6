#!/usr/bin/env bash
# Installs what is missing of the groups of packages.txt: install-packages.sh GROUP...
# Asks for no input. Does nothing, and needs no rights and no network, when nothing is missing.
set -euo pipefail

list=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/packages.txt

packages_of() {
    awk -v group="[$1]" '
        { sub(/#.*/, "") }
        /^\[/ { inside = ($1 == group); found = found || inside; next }
        inside && NF { print $1 }
        END { exit !found }' "$list"
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

[ $# -gt 0 ] || { echo "usage: install-packages.sh GROUP...   (groups: build, test, full, browser, run)" >&2; exit 64; }
command -v dpkg-query >/dev/null || {
    echo "This is no Debian system. Install what deploy/packages.txt lists by hand, then use --no-install." >&2
    exit 1
}

missing=()
for group in "$@"; do
    packages=$(packages_of "$group") || { echo "There is no group '$group' in $list" >&2; exit 64; }
    for entry in $packages; do
        package=${entry%%:*}
        command=${entry#"$package"}
        command=${command#:}
        if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
        is_installed "$package" || missing+=("$package")
    done
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
        echo "Missing: ${missing[*]}" >&2
        echo "Installing needs root, and sudo cannot be used without a password. As root, run:" >&2
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo -n)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" </dev/null; }

echo "Installing: ${missing[*]}" >&2
apt update >&2 || echo "apt-get update failed; trying with the lists that are there" >&2
apt install --no-install-recommends "${missing[@]}" >&2 || {
    echo "Could not install: ${missing[*]}" >&2
    echo "Countersign is built on Debian 12 (bookworm), main. Is this machine one, and can it reach a mirror?" >&2
    exit 1
}
