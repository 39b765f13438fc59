"""GeoJSON by the models of geojson-pydantic (RFC 7946), and the GeoPackage by GDAL's own check of the standard."""

import json
import subprocess
import sys
from pathlib import Path

from geojson_pydantic import Feature, FeatureCollection
from osgeo_utils.samples import validate_gpkg

work = Path(sys.argv[1])
for path in (work / "output" / "incidents.geojson", work / "export.geojson"):
    collection = FeatureCollection.model_validate(json.loads(path.read_text(encoding="utf-8")))
    assert len(collection.features) > 50 and collection.bbox, path
lines = (work / "export.geojsonseq").read_text(encoding="utf-8").splitlines()
assert all(Feature.model_validate(json.loads(line)).geometry.type == "Point" for line in lines) and len(lines) > 50
checked = subprocess.run(
    [sys.executable, validate_gpkg.__file__, "-k", "--extra", "--warning-as-error", str(work / "output" / "incidents.gpkg")],
    capture_output=True,
    text=True,
)
assert checked.returncode == 0, checked.stdout + checked.stderr
print("geojson-pydantic and validate_gpkg find no fault")
