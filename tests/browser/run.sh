#!/usr/bin/env bash
# The demo's page in a headless browser: see usage below.
set -euo pipefail

usage() {
    cat <<'END'
Tries the demo's page in a headless Chromium, or makes pictures of it.

    tests/browser/run.sh [--no-install] [FILE.test.mjs...]
    tests/browser/run.sh --look NAME... | --looks | --pictures | --open

    (nothing)      unit tests of the page's modules, then the end-to-end tests; with files, only these
    --looks        list the views that can be looked at
    --look NAME    draw views, in light and dark, as build/browser/look/NAME.{light,dark}.png
    --pictures     draw the README's pictures again, in tests/browser/pictures/
    --open         start the demo for a browser of your own; Ctrl-C ends it
    --no-install   install no packages
    --help         print this

    COUNTERSIGN_BUILD      the build whose countersign-demo is tried (default: build/release; it has to be built)
    COUNTERSIGN_WEB        where the page's files are taken from: "built" is what the program holds, which is what tests
                           and pictures use; --look and --open read tests/demo/page/web, so that a change is
                           seen without building
    COUNTERSIGN_CHROMIUM   the browser (default: /usr/bin/chromium)

The last lines of a test run are "# pass N" and "# fail N". Exit status: 0 all passed, 1 a check failed or something is
missing, 64 not understood.
END
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$root/build/browser
export COUNTERSIGN_ROOT=$root
export COUNTERSIGN_BUILD=${COUNTERSIGN_BUILD:-$root/build/release}
export COUNTERSIGN_CHROMIUM=${COUNTERSIGN_CHROMIUM:-/usr/bin/chromium}

task=tests
install=yes
words=()
while [ $# -gt 0 ]; do
    case $1 in
        --no-install) install=no ;;
        --look | --looks | --pictures | --open) task=${1#--} ;;
        -h | --help) usage; exit 0 ;;
        -*) echo "run.sh: unknown option '$1'" >&2; usage >&2; exit 64 ;;
        *) words+=("$1") ;;
    esac
    shift
done

if [ "$install" = yes ]; then "$root/deploy/install-packages.sh" browser; fi

for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "browser: $tool is not installed" >&2; exit 1; }
done
[ -x "$COUNTERSIGN_CHROMIUM" ] || { echo "browser: there is no $COUNTERSIGN_CHROMIUM" >&2; exit 1; }
[ -x "$COUNTERSIGN_BUILD/tests/demo/countersign-demo" ] || {
    echo "browser: $COUNTERSIGN_BUILD holds no countersign-demo: build it first" >&2
    exit 1
}

# No scripts of packages are run, and no lock file is written: it would name the registry of one machine.
install_npm_packages() {
    mkdir -p "$scratch"
    if cmp -s "$here/package.json" "$scratch/package.json" && [ -f "$scratch/installed" ]; then return; fi
    rm -f "$scratch/installed"
    cp "$here/package.json" "$scratch/"
    (cd "$scratch" && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error) >&2
    touch "$scratch/installed"
}
install_npm_packages

passed=0
failed=0

# Two at once, where this Node can: they wait for the demo and the browser more than they compute.
together=()
if node --help | grep -q -e --test-concurrency; then together=(--test-concurrency=2); fi

# Runs test files, each in a process of its own with a demo and a browser of its own, and adds up what they say.
run_tests() {
    local log status=0 good bad
    log=$(mktemp "$scratch/log.XXXXXX")
    node --test "${together[@]}" --test-reporter=tap "$@" 2>&1 | tee "$log" || status=$?
    good=$(sed -nE 's/^# pass ([0-9]+)$/\1/p' "$log" | tail -n 1)
    bad=$(sed -nE 's/^# fail ([0-9]+)$/\1/p' "$log" | tail -n 1)
    rm -f "$log"
    if [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
    passed=$((passed + ${good:-0}))
    failed=$((failed + ${bad:-0}))
}

case $task in
    tests)
        if [ ${#words[@]} -gt 0 ]; then
            run_tests "${words[@]}"
        else
            shopt -s nullglob
            run_tests "$here"/unit/*.test.mjs
            run_tests "$here"/e2e/*.test.mjs
        fi
        echo "# pass $passed"
        echo "# fail $failed"
        [ "$failed" -eq 0 ]
        ;;
    *)
        if [ "$task" = pictures ]; then web=built; else web=$root/tests/demo/page/web; fi
        COUNTERSIGN_WEB=${COUNTERSIGN_WEB:-$web} exec node "$here/look/$task.mjs" "${words[@]}"
        ;;
esac
