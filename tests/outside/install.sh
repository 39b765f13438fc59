#!/usr/bin/env bash
# The programs that tests/outside/run.sh needs, on Debian and Ubuntu: GDAL with its Python, QGIS without a desktop,
# LibreOffice's tables, and in target/outside a validator of GeoJSON and DuckDB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export DEBIAN_FRONTEND=noninteractive
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends gdal-bin python3-gdal python3-qgis qgis-providers python3-venv fonts-noto-core \
    libreoffice-calc

outside="${CARGO_TARGET_DIR:-target}/outside"
/usr/bin/python3 -m venv --system-site-packages "$outside"
"$outside/bin/pip" install --quiet 'geojson-pydantic>=2,<3' 'duckdb>=2,<3'
