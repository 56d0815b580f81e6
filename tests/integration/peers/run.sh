#!/usr/bin/env bash
# Runs the programs of this folder with the npm packages of package.json, in build/peers.
#   COUNTERSIGN_BUILD   the folder of the build whose programs they start (default: build/release)
# Exit status: 0 all passed, 1 a check failed or something is missing, 77 some could not run here: "skipped: why".
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=$root/build/peers
export COUNTERSIGN_ROOT=$root
export COUNTERSIGN_BUILD=${COUNTERSIGN_BUILD:-$root/build/release}

for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "peers: $tool is not installed" >&2; exit 1; }
done

mkdir -p "$scratch"
find "$scratch" -maxdepth 1 -name '*.mjs' -delete
cp "$here"/*.mjs "$here/package.json" "$scratch/"
cd "$scratch"
# No scripts of packages are run, and no lock file is written: it would name the registry of one machine.
npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error

passed=0
failed=0
skipped=

# peer COMMAND...: a program that prints "ok NAME" or "FAILED NAME" for each check.
peer() {
    local log=$scratch/peer.log status=0
    echo "== $*"
    timeout 120 "$@" >"$log" 2>&1 || status=$?
    cat "$log"
    local good bad
    good=$(grep -c '^ok ' "$log" || true)
    bad=$(grep -c -E '^(FAILED|not ok) ' "$log" || true)
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

skip() {
    echo "skipped: $1"
    skipped=yes
}

new_enough='const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
for unit in *.test.mjs; do peer node --test --test-reporter=tap "$unit"; done
if ! node -e "$new_enough"; then
    skip "Slack's and Auth0's clients need Node 20.19 or later, this is $(node --version)"
else
    peer node auth0_management.mjs "$COUNTERSIGN_BUILD/tests/standins/auth0_peer_host"
    peer node slack_web_api.mjs "$COUNTERSIGN_BUILD/tests/standins/slack_peer_host"
fi

echo "# pass $passed"
echo "# fail $failed"
[ "$failed" -eq 0 ] || exit 1
[ -z "$skipped" ] || exit 77
