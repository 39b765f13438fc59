#!/usr/bin/env bash
# Reads what mawqi writes with the programs that its users have, GDAL, QGIS, LibreOffice and DuckDB, and with validators. A
# program that is missing fails the run; tests/outside/install.sh installs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

outside="${CARGO_TARGET_DIR:-target}/outside"
for program in ogrinfo ogr2ogr soffice /usr/bin/python3 "$outside/bin/python"; do
    command -v "$program" > /dev/null || { echo "$program is missing: run tests/outside/install.sh" >&2; exit 1; }
done

cargo build --quiet --features geoparquet
mawqi="${CARGO_TARGET_DIR:-target}/debug/mawqi"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
map() { "$mawqi" map tests/reports -o "$work/output" 2> /dev/null; }

map
for format in geojson geojsonseq csv fgb kml timemap; do
    "$mawqi" export --in "$work/output" --format "$format" -o "$work/export.$format" 2> /dev/null
done
"$mawqi" export --in "$work/output" --format csv --delimiter ';' --no-bom -o "$work/semicolon.csv" 2> /dev/null
"$mawqi" export --in "$work/output" --format csv --profile acled -o "$work/acled.csv" 2> /dev/null
"$mawqi" export --in "$work/output" --format csv --profile ucdp -o "$work/ucdp.csv" 2> /dev/null
"$mawqi" export --in "$work/output" --format geoparquet -o "$work/export.parquet" 2> /dev/null
/usr/bin/python3 tests/outside/with_gdal.py "$work"
/usr/bin/python3 tests/outside/with_libreoffice.py "$work"
"$outside/bin/python" tests/outside/with_duckdb.py "$work"
"$outside/bin/python" tests/outside/with_validators.py "$work"

export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$work"
/usr/bin/python3 tests/outside/with_qgis.py "$work/output/incidents.gpkg" look "$work/map.png"
/usr/bin/python3 tests/outside/with_qgis.py "$work/output/incidents.gpkg" project
/usr/bin/python3 tests/outside/with_qgis.py "$work/output/incidents.gpkg" edit
map
/usr/bin/python3 tests/outside/with_qgis.py "$work/output/incidents.gpkg" kept
grep -q ',killed_min,.*,7,kept,' "$work/output/changes.csv"
echo "GDAL, QGIS, LibreOffice and DuckDB read every format, and what QGIS edits is kept"
