#!/usr/bin/env bash
# Builds the map page that needs no network and opens it in a Chromium. A program that is missing is a fault, not a
# reason to skip; tests/outside/install-page.sh installs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for program in node npm "${CHROMIUM:-/usr/bin/chromium}"; do
    command -v "$program" >/dev/null || { echo "missing: $program (see tests/outside/install-page.sh)" >&2; exit 1; }
done
[ -d web/node_modules ] || { echo "missing: web/node_modules (see tests/outside/install-page.sh)" >&2; exit 1; }

npm run --silent --prefix web build
cargo build --quiet --features offline-page
MAWQI="$(realpath "${CARGO_TARGET_DIR:-target}")/debug/mawqi" npm test --silent --prefix web
