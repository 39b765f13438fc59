#!/usr/bin/env bash
# Installs what the tests of the map page need beside Rust and Node: a Chromium, fonts for Arabic, the npm packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

as_root apt-get update -qq
as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-core
npm ci --prefix web --no-audit --no-fund
