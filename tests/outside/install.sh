#!/usr/bin/env bash
# The programs that tests/outside/run.sh needs, on Debian and Ubuntu: GDAL with its Python, QGIS without a desktop.
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends gdal-bin python3-gdal python3-qgis qgis-providers fonts-noto-core
