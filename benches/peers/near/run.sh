#!/usr/bin/env bash
# What is near among a million points: mawqi beside kiddo, scipy, PostGIS, SpatiaLite and Redis, in one run. Installs what it
# needs by name (apt where something is missing, pip, cargo) unless INSTALL=0, writes results.md with the table that the README
# quotes, and says where each target stands. README=1 puts the table into the README as well.
#   benches/peers/near/run.sh                                 a quarter of an hour on a quiet machine with two processors
#   POINTS=20000 MANY=100000 SECONDS_EACH=0.2 benches/peers/near/run.sh   whether it runs at all
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

points=${POINTS:-1000000} # measured beside the others
many=${MANY:-10000000}    # mawqi alone; 0 for not at all
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-2} # of processor time, for each kind of question
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${INSTALL:-1}" = 1 ]; then
    missing=()
    for package in postgresql-15-postgis-3 redis-server libsqlite3-mod-spatialite python3-venv; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}"
    fi
fi
# SpatiaLite is a module of SQLite, which not every build of Python lets in.
python=python3
for other in python3 /usr/bin/python3; do
    if "$other" -c 'import sqlite3; sqlite3.Connection.enable_load_extension' 2>/dev/null; then
        python=$other
        break
    fi
done
if ! "$python" -c 'import numpy, scipy, psycopg, redis' 2>/dev/null; then
    "$python" -m venv "$work/venv"
    python=$work/venv/bin/python
    "$python" -m pip install --quiet numpy scipy 'psycopg[binary]' redis
fi

target=${CARGO_TARGET_DIR:-$PWD/target}
cargo build --release --target-dir "$target"
made() { # FOLDER COUNT
    mkdir -p "$1"
    CARGO_TARGET_DIR=$target cargo run --quiet --release --manifest-path ../../../Cargo.toml --example made_points -- "$1" "$2"
}
made "$work/points" "$points"
folders=("$work/points")
if [ "$many" -gt 0 ]; then
    made "$work/many" "$many"
    folders+=("$work/many")
fi
export NEAR_BESIDE_MAWQI="$target/release/near-beside-mawqi"
"$python" peers.py results.md "$rounds" "$seconds" "${folders[@]}"
cat results.md
