#!/usr/bin/env bash
set -euo pipefail

usage() {
    cat <<'END'
Builds Countersign and runs it.

    deploy/run.sh [--config FILE] [--demo] [--once] [--own-password] [--no-install]

With --config FILE, or a countersign.toml in the current folder or in the repository, the bot runs against the Slack and
the Auth0 that it names. Without, the demo runs: the bot with a Slack workspace and an Auth0 tenant that live on this
machine, and an embedded database. It prints the address of a page to open in a browser, and runs until Ctrl-C.

    --config FILE   the configuration to run with (deploy/countersign.sample.toml documents it)
    --demo          run the demo even though there is a countersign.toml
    --once          let the demo play the whole story by itself, print it, and end (implies --demo)
    --own-password  the demo in a tenant with the Action that demands a password of the customer's own (implies --demo)
    --no-install    install no packages; fail when one is missing
    --help          print this
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
config=
demo=
once=()
install=yes

while [ $# -gt 0 ]; do
    case $1 in
        --config)
            [ $# -gt 1 ] || { echo "run.sh: --config needs a file" >&2; exit 64; }
            config=$2
            shift
            ;;
        --config=*) config=${1#--config=} ;;
        --demo) demo=yes ;;
        --once) demo=yes once+=(--once) ;;
        --own-password) demo=yes once+=(--own-password) ;;
        --no-install) install=no ;;
        -h | --help) usage; exit 0 ;;
        *) echo "run.sh: unknown option '$1'" >&2; usage >&2; exit 64 ;;
    esac
    shift
done

if [ -n "$demo" ] && [ -n "$config" ]; then
    echo "run.sh: --demo and --config exclude each other" >&2
    exit 64
fi
if [ -n "$config" ] && [ ! -f "$config" ]; then
    echo "run.sh: there is no file '$config'" >&2
    exit 66
fi
if [ -z "$demo$config" ]; then
    for candidate in "$PWD/countersign.toml" "$root/countersign.toml"; do
        if [ -f "$candidate" ]; then config=$candidate; break; fi
    done
fi

# Each compiler takes up to 1.5 GB.
jobs_for_this_machine() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
    [ "$memory" -ge 1 ] || memory=1
    if [ "$cores" -lt "$memory" ]; then echo "$cores"; else echo "$memory"; fi
}

# What is said while building goes to standard error: standard output is the program's.
build_it() {
    local with_demo=$1 target=$2
    if [ ! -w "${CCACHE_DIR:-${HOME:-/nonexistent}}" ]; then export CCACHE_DIR=$root/build/ccache; fi
    (
        cd "$root"
        cmake --preset release -DBUILD_TESTING=OFF -DCOUNTERSIGN_DEMO="$with_demo"
        cmake --build "$build" --target "$target" --parallel "$(jobs_for_this_machine)"
    ) >&2
}

if [ "$install" = yes ]; then "$root/deploy/install-packages.sh" build; fi

if [ -n "$config" ]; then
    build_it OFF countersign
    exec "$build/bot/countersign" serve --config "$config"
fi
build_it ON countersign-demo
exec "$build/tests/demo/countersign-demo" "${once[@]}"
