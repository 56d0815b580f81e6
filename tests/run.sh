#!/usr/bin/env bash
set -uo pipefail

usage() {
    cat <<'END_OF_USAGE'
Installs what is missing, builds, and runs the tests. tests/README.md tells what each step proves and costs.

    tests/run.sh [--quick | --full | --nightly] [--no-install]

    (nothing)      every day: format, tidy, scripts, and all tests with g++, as it ships and under ASan and UBSan
    --quick        unit and scenario tests of the build that ships
    --full         also: clang with ThreadSanitizer, clang-tidy, independent peers, the demo and its page in a browser
    --nightly      what CI cannot afford: far more seeds, rounds and kills, every file without precompiled headers, and
                   hundreds of planted faults, each of which a test has to find
    --no-install   install no packages
    --help         print this

    COUNTERSIGN_JOBS   how many compilers and tests run at once (default: one a core)

Steps are printed as they end, with what they took in seconds: on the clock, and of processor time. The summary has the
slowest last. The last line is "N passed, N failed, N skipped": tests where a step has tests, else steps. Exit status 0
only when none failed. Logs of the steps: build/test-logs/.
END_OF_USAGE
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
logs=$root/build/test-logs
extent=everyday
install=yes
for argument in "$@"; do
    case $argument in
        --quick | --full | --nightly) extent=${argument#--} ;;
        --no-install) install=no ;;
        -h | --help) usage; exit 0 ;;
        *) echo "run.sh: unknown option '$argument'" >&2; usage >&2; exit 64 ;;
    esac
done

# What an extent may take on 2 cores with an empty compiler cache, in seconds. Said in the summary, never a failure:
# machines differ.
declare -A budgets=([quick]=420 [everyday]=840 [full]=2520 [nightly]=7200)

mkdir -p "$logs"
if [ ! -w "${CCACHE_DIR:-${HOME:-/nonexistent}}" ]; then export CCACHE_DIR=$root/build/ccache; fi
jobs=${COUNTERSIGN_JOBS:-$(nproc)}
passed=0
failed=0
skipped=0
summary=()

# --- steps -----------------------------------------------------------------------------------------------------------

log_of() { echo "$logs/${1//[^A-Za-z0-9]/-}.log"; }

# What `pattern` captures in the last line of a log that has it, or nothing.
captured() { sed -nE "s/$1/\\1/p" "$2" | tail -n 1; }

# Adds what a step's log says about its tests; a step without tests is one.
tally() {
    local status=$1 log=$2 total bad good
    total=$(captured '^[0-9]+% tests passed, [0-9]+ tests? failed out of ([0-9]+)$' "$log")
    if [ -n "$total" ]; then
        bad=$(captured '^[0-9]+% tests passed, ([0-9]+) tests? failed out of [0-9]+$' "$log")
        good=$((total - bad))
    else
        good=$(captured '^# pass ([0-9]+)$' "$log")
        bad=$(captured '^# fail ([0-9]+)$' "$log")
    fi
    if [ -z "$good" ] || [ -z "$bad" ]; then good=$((status == 0)) bad=0; fi
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

# What a log says about each test that failed: node's tests may have said it long before the end.
failed_tests() { sed -nE '/^ *not ok [0-9]/,/^ *\.\.\.$/p' "$1" | head -n 200; }

note() { summary+=("$(printf '%7s %7s  %-8s %s' "$1" "$2" "$3" "$4")"); }

# timed NAME COMMAND...: runs it; leaves its output in the log and "wall user system status" beside it.
timed() {
    local log
    log=$(log_of "$1")
    shift
    local TIMEFORMAT='%0R %0U %0S' status
    { time "$@" >"$log" 2>&1 </dev/null; } 2>"$log.time"
    status=$?
    echo "$(tail -n 1 "$log.time") $status" >"$log.time"
}

# Says how a step that `timed` ran came out. Status 77 means: some of it could not run here.
conclude() {
    local name=$1 log wall user system status
    log=$(log_of "$name")
    read -r wall user system status <"$log.time"
    local cpu=$((user + system)) word=ok
    if [ "$status" -eq 77 ]; then
        word=partly
        skipped=$((skipped + $(grep -c '^skipped: ' "$log")))
        status=0
    fi
    tally "$status" "$log"
    [ "$status" -eq 0 ] || word=FAILED
    note "$wall" "$cpu" "$word" "$name"
    printf '== %-30s %-6s %5s s, processor %5s s\n' "$name" "$word" "$wall" "$cpu"
    if [ "$word" = partly ]; then grep '^skipped: ' "$log"; fi
    if [ "$status" -eq 0 ]; then return 0; fi
    failed_tests "$log"
    tail -n 150 "$log"
    echo "== $name FAILED (status $status, $log)"
    return 1
}

# step NAME COMMAND...: runs it, and shows its log only when it fails.
step() {
    timed "$@"
    conclude "$1"
}

# beside NAME COMMAND...: begins a step that takes what others leave of the cores. `rejoin NAME` waits for it and
# concludes it.
declare -A running=()
beside() {
    { renice -n 19 "$BASHPID" >/dev/null; timed "$@"; } &
    running[$1]=$!
}

rejoin() {
    wait "${running[$1]}"
    unset "running[$1]"
    conclude "$1"
}

# What runs beside ends with this script, also when it is interrupted.
end_what_runs() {
    if [ ${#running[@]} -gt 0 ]; then kill "${running[@]}"; fi
    tidy_more TERM
}
trap end_what_runs EXIT
trap 'exit 130' INT TERM

# --- what the steps do -----------------------------------------------------------------------------------------------

own_sources() { find handlers auth0 bot tests \( -name '*.cpp' -o -name '*.hpp' \) -print0; }
format() { own_sources | xargs -0 -P "$jobs" -n 50 clang-format-14 --dry-run --Werror; }
scripts() { find deploy tests .ci -type f \( -name '*.sh' -o -path .ci/run \) -print0 | xargs -0 shellcheck; }
tidy() {
    local script
    for script in self_test scripts_test runner_test tidy; do python3 -B "tests/tidy/$script.py" || return; done
    python3 -B tests/mutants/mutants.py --check
}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
    cmake --preset "$1" && cmake --build --preset "$1" --parallel "$jobs" ${2:+--target "${@:2}"}
}

# ThreadSanitizer does not start where addresses are randomised by more than 28 bits.
with_fixed_addresses() {
    if setarch "$(uname -m)" -R true 2>/dev/null; then setarch "$(uname -m)" -R "$@"; else "$@"; fi
}

test_build() { step "$1: tests" with_fixed_addresses ctest --preset "$1" --parallel "$jobs" "${@:2}"; }

not_run() { note "" "" "not run" "$1: tests, because the build failed"; }

# The compile commands are those of the build without precompiled headers: clang-tidy takes none of clang 14's.
# One group of files at a time; xargs runs one more at once for each SIGUSR1. From a pipe, where a signal can interrupt
# it, it would take that for the end.
tidy_pid=$logs/clang-tidy.pid
tidy_files=$logs/clang-tidy.files
clang_tidy() {
    cmake --preset bare -DBUILD_TESTING=OFF && cmake --build --preset bare --target countersign_generated || return
    python3 -B tests/tidy/clang_groups.py build/bare >"$tidy_files" || return
    (
        trap '' USR1  # until xargs listens to it
        echo "$BASHPID" >"$tidy_pid"
        exec xargs -a "$tidy_files" -P 1 -n 1 timeout 1200 clang-tidy-19 -p build/bare/groups --quiet
    )
    local status=$?
    rm -f "$tidy_pid"
    return $status
}
tidy_more() { if [ -f "$tidy_pid" ]; then kill -"$1" "$(cat "$tidy_pid")"; fi; }

# --- the extents -----------------------------------------------------------------------------------------------------

quick() {
    if step "release: build" configure_and_build release unit_tests scenario_tests; then
        test_build release -R '^(unit|scenario)'
    else
        not_run release
    fi
}

# Quick to say no: the cheapest checks first.
read_sources() {
    step "format" format
    step "tidy" tidy
    step "scripts" scripts
}

# After the build that ships, whose objects of tests and stand-ins it links. The stand-ins' own tests run in the others.
asan_programs=(countersign countersign-demo unit_tests scenario_tests thread_tests store_crash_test http_tests kill_test
    process_tests)
build_addresses() { configure_and_build asan "${asan_programs[@]}"; }
test_addresses() { COUNTERSIGN_HISTORIES=8 test_build asan --exclude-regex '^(standins|demo_page)'; }

# All but what runs on one thread, in which no race can be found. That clang takes the rest, too, is seen every night.
thread_programs=(countersign countersign-demo thread_tests standins_tests demo_tests store_crash_test http_tests
    kill_test process_tests)
build_threads() { configure_and_build clang "${thread_programs[@]}"; }
test_threads() { test_build clang --exclude-regex '^(scenario|unit)'; }

everyday() {
    read_sources
    if step "release: build" configure_and_build release; then
        beside "asan: build" build_addresses
        test_build release
        if rejoin "asan: build"; then test_addresses; else not_run asan; fi
    else
        not_run "release, asan"
    fi
}

# What ships, as its users meet it: Slack's and Auth0's own clients, the demo's story, the demo's page in a browser.
try_what_ships() {
    step "peers" env COUNTERSIGN_BUILD="$root/build/release" tests/integration/peers/run.sh
    step "demo" deploy/run.sh --demo --once --no-install
    step "browser" env COUNTERSIGN_BUILD="$root/build/release" tests/browser/run.sh --no-install
}

full() {
    read_sources
    local built=yes
    step "release: build" configure_and_build release || built=no
    # Beside all that follows: sockets, disks and browsers leave it most of a core, compilers next to nothing.
    beside "clang-tidy" clang_tidy
    if [ "$built" = yes ]; then
        test_build release
        try_what_ships
        if step "asan: build" build_addresses; then test_addresses; else not_run asan; fi
    else
        not_run "release, asan"
    fi
    if step "clang: build" build_threads; then test_threads; else not_run clang; fi
    tidy_more USR1
    rejoin "clang-tidy"
}

build_bare() { cmake --preset bare -DBUILD_TESTING=ON && cmake --build --preset bare --parallel 1; }

# What CI cannot afford: far more seeds, rounds and kills, every file without precompiled headers, and planted faults.
# COUNTERSIGN_ROUNDS=N does N times the usual rounds of every loop that draws from a seed or kills a process.
nightly() {
    local -x COUNTERSIGN_HISTORIES=${COUNTERSIGN_HISTORIES:-10000} COUNTERSIGN_ROUNDS=${COUNTERSIGN_ROUNDS:-20}
    local release=build/release/tests asan=build/asan-all/tests
    if ! step "release: build" configure_and_build release; then not_run "release, asan-all"; return; fi
    beside "bare: build" build_bare
    step "long: histories" $release/scenario/scenario_tests "[history]"
    if step "asan-all: build" configure_and_build asan-all unit_tests scenario_tests; then
        COUNTERSIGN_HISTORIES=200 beside "long: histories, asan" $asan/scenario/scenario_tests "[history]"
        step "long: unit tests with rounds, asan" $asan/unit/unit_tests "[rounds]"
    else
        not_run asan-all
    fi
    step "long: unit tests with rounds" $release/unit/unit_tests "[rounds]"
    step "long: crashes of the store" $release/integration/store_crash_test
    step "long: kills" $release/integration/kill_test
    step "planted faults: the machinery" python3 -B tests/mutants/self_test.py
    step "planted faults" python3 -B tests/mutants/mutants.py
    local name
    for name in "${!running[@]}"; do rejoin "$name"; done
}

groups=(build test)
case $extent in full) groups+=(full browser) ;; nightly) groups+=(full) ;; esac
if [ "$install" = yes ]; then step "packages" deploy/install-packages.sh "${groups[@]}"; fi
"$extent"

echo
echo "== summary: seconds on the clock, of processor time"
printf '%s\n' "${summary[@]}" | sort -n
echo "$extent: $SECONDS s, budget ${budgets[$extent]} s"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
