#!/usr/bin/env bash
set -uo pipefail

usage() {
    cat <<'END'
Installs what is missing, builds, and runs the tests.

    tests/run.sh [--quick | --full] [--no-install]

    (nothing)      every day: format, tidy, scripts, and all tests with g++, plain and under the sanitizers
    --quick        unit and scenario tests of the plain build only
    --full         also: ThreadSanitizer, clang, clang-tidy, the independent peers, the demo and its page in a browser
    --no-install   install no packages
    --help         print this

The last line is "N passed, N failed": tests where a step has tests, else steps. Exit status 0 only when none failed.
Logs of the steps: build/test-logs/.
END
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
logs=$root/build/test-logs
extent=everyday
install=yes
for argument in "$@"; do
    case $argument in
        --quick) extent=quick ;;
        --full) extent=full ;;
        --no-install) install=no ;;
        -h | --help) usage; exit 0 ;;
        *) echo "run.sh: unknown option '$argument'" >&2; usage >&2; exit 64 ;;
    esac
done

mkdir -p "$logs"
if [ ! -w "${CCACHE_DIR:-${HOME:-/nonexistent}}" ]; then export CCACHE_DIR=$root/build/ccache; fi
jobs=${COUNTERSIGN_JOBS:-$(nproc)}
passed=0
failed=0
summary=()
programs=()

note() { summary+=("$(printf '%-9s %5s  %s' "$1" "$2" "$3")"); }

# The number that follows `key` on the last line of a log that has it, or nothing.
count() { sed -nE "$1" "$2" | tail -n 1; }

# Adds what a step's log says about its tests; a step without tests is one.
tally() {
    local status=$1 log=$2 total bad good
    total=$(count 's/^[0-9]+% tests passed, [0-9]+ tests? failed out of ([0-9]+)$/\1/p' "$log")
    if [ -n "$total" ]; then
        bad=$(count 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of [0-9]+$/\1/p' "$log")
        good=$((total - bad))
    else
        good=$(count 's/^# pass ([0-9]+)$/\1/p' "$log")
        bad=$(count 's/^# fail ([0-9]+)$/\1/p' "$log")
    fi
    if [ -z "$good" ] || [ -z "$bad" ]; then good=$((status == 0)) bad=0; fi
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

# step NAME COMMAND...: runs it, shows its log only when it fails. Status 77 means: some of it could not run here.
step() {
    local name=$1 begin status log
    shift
    log=$logs/${name//[^A-Za-z0-9]/-}.log
    begin=$SECONDS
    echo "== $name"
    "$@" >"$log" 2>&1 </dev/null
    status=$?
    local took="$((SECONDS - begin))s"
    if [ "$status" -eq 77 ]; then
        tally 0 "$log"
        note partly "$took" "$name: $(grep -m 1 skipped "$log")"
        return 0
    fi
    tally "$status" "$log"
    if [ "$status" -eq 0 ]; then note ok "$took" "$name"; return 0; fi
    note FAILED "$took" "$name (status $status, $log)"
    tail -n 150 "$log"
    echo "== $name FAILED (status $status)"
    return 1
}

product_sources() { find handlers auth0 bot -name '*.cpp' | sort; }
own_sources() { find handlers auth0 bot tests \( -name '*.cpp' -o -name '*.hpp' \) -print0; }
format() { own_sources | xargs -0 clang-format-14 --dry-run --Werror; }
scripts() { find deploy tests .ci -type f \( -name '*.sh' -o -path .ci/run \) -print0 | xargs -0 shellcheck; }
tidy() { python3 -B tests/tidy/self_test.py && python3 -B tests/tidy/tidy.py; }

# configure_and_build PRESET [targets]
configure_and_build() {
    local preset=$1
    shift
    cmake --preset "$preset" && cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"}
}

# g++ 12's ThreadSanitizer does not start where addresses are randomised by more than 28 bits.
with_fixed_addresses() {
    if setarch "$(uname -m)" -R true 2>/dev/null; then setarch "$(uname -m)" -R "$@"; else "$@"; fi
}

# test_it PRESET [ctest options]
test_it() {
    local preset=$1
    shift
    step "$preset: tests" with_fixed_addresses ctest --preset "$preset" --parallel "$jobs" "$@"
}

# build_and_test PRESET [ctest options]; of everything, or of the targets in the array `programs`
build_and_test() {
    if step "$1: build" configure_and_build "$1" "${programs[@]}"; then
        test_it "$@"
    else
        note "not run" "" "$1: tests, because the build failed"
    fi
}

# What runs on several threads or as a process of its own: about the rest ThreadSanitizer has nothing to say.
with_threads=(countersign countersign-demo thread_tests store_crash_test http_tests kill_test process_tests)

# The stand-ins themselves run under AddressSanitizer in what uses them; their own tests run in the other builds.
build_and_test_addresses() {
    local programs=("${with_threads[@]}" unit_tests scenario_tests)
    COUNTERSIGN_HISTORIES=20 build_and_test asan --exclude-regex '^(standins|tidy)'
}

build_and_test_threads() {
    local programs=("${with_threads[@]}")
    build_and_test tsan --label-regex threads
}

# The clang build's compile commands; a file that does not come to an end in five minutes fails.
clang_tidy() {
    product_sources | xargs -P "$jobs" -n 1 timeout 300 clang-tidy-19 -p build/clang --quiet
}

groups=(build test)
if [ "$extent" = full ]; then groups+=(browser); fi
if [ "$install" = yes ]; then step "packages" deploy/install-packages.sh "${groups[@]}"; fi

if [ "$extent" = quick ]; then
    build_and_test dev -R '^(unit|scenario)'
else
    step "format" format
    step "tidy" tidy
    step "scripts" scripts
    build_and_test dev
    build_and_test_addresses
fi
if [ "$extent" = full ]; then
    build_and_test_threads
    build_and_test clang
    step "clang-tidy" clang_tidy
    step "peers" env COUNTERSIGN_BUILD="$root/build/dev" tests/integration/peers/run.sh
    step "demo" deploy/run.sh --demo --once --no-install
    step "browser" env COUNTERSIGN_BUILD="$root/build/release" tests/browser/run.sh --no-install
fi

echo
echo "== summary ($extent, ${SECONDS}s)"
printf '%s\n' "${summary[@]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
