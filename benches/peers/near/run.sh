#!/usr/bin/env bash
# What is near among a million points: mawqi beside kiddo, scipy, PostGIS, SpatiaLite and Redis, in one run.
# Installs what it needs by name (apt, pip, cargo) unless INSTALL=0, and writes the table that the README quotes to results.md.
# POINTS=1000000 ROUNDS=3 benches/peers/near/run.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

points=${POINTS:-1000000}
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${INSTALL:-1}" = 1 ]; then
    apt-get install -y --no-install-recommends postgresql-15-postgis-3 redis-server libsqlite3-mod-spatialite python3-venv
fi
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet numpy scipy 'psycopg[binary]' redis

cargo build --release
cargo run --release --manifest-path ../../../Cargo.toml --example made_points -- "$work" "$points"
target=${CARGO_TARGET_DIR:-target}
export NEAR_BESIDE_MAWQI="$target/release/near-beside-mawqi"
"$work/venv/bin/python" peers.py "$work" "$rounds" results.md
cat results.md
