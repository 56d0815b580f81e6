#!/usr/bin/env bash
# Runs the *.test.mjs of this folder with the npm packages of package.json, in build/peers.
#   COUNTERSIGN_BUILD   the folder of the build whose programs they start (default: build/dev)
# Exit status: 0 all passed, 1 a test failed or something is missing, 77 only some could run (Node is too old).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=$root/build/peers
export COUNTERSIGN_ROOT=$root
export COUNTERSIGN_BUILD=${COUNTERSIGN_BUILD:-$root/build/dev}

for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "peers: $tool is not installed" >&2; exit 1; }
done

mkdir -p "$scratch"
find "$scratch" -maxdepth 1 -name '*.mjs' -delete
cp "$here"/*.mjs "$here/package.json" "$scratch/"
cd "$scratch"
# No scripts of packages are run, and no lock file is written: it would name the registry of one machine.
npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error

tests=(*.test.mjs)
status=0
new_enough='const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
if ! node -e "$new_enough"; then
    echo "peers: node is $(node --version); all but the manifest need 20.19 or later and are skipped" >&2
    tests=(manifest.test.mjs)
    status=77
fi
node --test "${tests[@]}"
exit "$status"
