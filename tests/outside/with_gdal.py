"""Every format that mawqi writes, read by GDAL: the same count, fields, extent and values."""

import json
import sys
from pathlib import Path

from osgeo import gdal, ogr

gdal.UseExceptions()
ogr.UseExceptions()

# Fields that a format has instead of, or beside, those of the schema.
BESIDE = {
    "gpkg": {"area", "reports", "review", "note"},
    "fgb": {"area", "reports", "published", "publishers", "urls", "evidence"},
    "geojson": {"sources", "area"},
    "csv": {"lon", "lat", "reports", "published", "publishers", "urls", "evidence"},
}


# A layer must not outlive its dataset, which Python does not know.
HELD = []


def layer_of(dataset, name):
    HELD.append(dataset)
    layer = dataset.GetLayerByName(name) or dataset.GetLayer(0)
    definition = layer.GetLayerDefn()
    fields = {definition.GetFieldDefn(at).GetName() for at in range(definition.GetFieldCount())}
    return layer, fields


def extent(layer):
    west, east, south, north = layer.GetExtent()
    return [round(degrees, 5) for degrees in (west, south, east, north)]


def main(work):
    output = work / "output"
    truth = json.loads((output / "incidents.geojson").read_text(encoding="utf-8"))
    by_id = {feature["id"]: feature for feature in truth["features"]}
    schema = set(truth["features"][0]["properties"]) - {"sources", "area"}
    files = [
        ("gpkg", output / "incidents.gpkg"),
        ("fgb", output / "incidents.fgb"),
        ("geojson", output / "incidents.geojson"),
        ("geojson", work / "export.geojson"),
        ("geojson", work / "export.geojsonseq"),
        ("fgb", work / "export.fgb"),
    ]
    for kind, path in files:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer, fields = layer_of(dataset, "incidents")
        assert layer.GetFeatureCount() == len(by_id), (path, layer.GetFeatureCount())
        assert fields - {"id"} == (schema | BESIDE[kind]) - {"id"}, (path, fields ^ (schema | BESIDE[kind]))
        assert extent(layer) == truth["bbox"], (path, extent(layer))
        assert layer.GetSpatialRef().GetAuthorityCode(None) == "4326", path
        for feature in layer:
            told = by_id[feature.GetField("id")]["properties"]
            point = feature.GetGeometryRef()
            at = [round(point.GetX(), 5), round(point.GetY(), 5)]
            assert at == by_id[told["id"]]["geometry"]["coordinates"], (path, told["id"], at)
            for name in ("place", "event_type", "killed_min", "injured_max", "summary_ar"):
                got = feature.GetField(name)
                assert (got or None) == (told[name] or None), (path, told["id"], name, got, told[name])

    # The index of FlatGeobuf and of the GeoPackage find what lies in a box.
    for path in (output / "incidents.gpkg", output / "incidents.fgb"):
        layer, _ = layer_of(gdal.OpenEx(str(path), gdal.OF_VECTOR), "incidents")
        west, south, east, north = box = (40.0, 30.0, 46.0, 36.0)
        layer.SetSpatialFilterRect(*box)
        inside = sum(
            west <= f["geometry"]["coordinates"][0] <= east and south <= f["geometry"]["coordinates"][1] <= north
            for f in by_id.values()
        )
        assert 0 < inside == sum(1 for _ in layer), path

    # The other layers and tables of the store.
    store = gdal.OpenEx(str(output / "incidents.gpkg"), gdal.OF_VECTOR)
    circles = store.GetLayerByName("uncertainty")
    assert circles.GetFeatureCount() == len(by_id)
    assert all(circle.GetGeometryRef().IsValid() for circle in circles)
    assert all(store.GetLayerByName(name) for name in ("places", "reports", "evidence", "tallies", "merges"))

    # Formats in which every value is text.
    for path in (output / "incidents.kml", work / "export.kml"):
        layer, _ = layer_of(gdal.OpenEx(str(path), gdal.OF_VECTOR), "Incidents")
        assert layer.GetFeatureCount() == len(by_id), path
        assert extent(layer) == truth["bbox"], path
    for path in (output / "incidents.csv", work / "export.csv", work / "semicolon.csv"):
        layer, fields = layer_of(gdal.OpenEx(str(path), gdal.OF_VECTOR), "incidents")
        assert layer.GetFeatureCount() == len(by_id), path
        assert {name.lstrip("\ufeff") for name in fields} == schema | BESIDE["csv"], (path, fields)
    for path, columns in ((work / "acled.csv", 31), (work / "ucdp.csv", 49)):
        layer, fields = layer_of(gdal.OpenEx(str(path), gdal.OF_VECTOR), "x")
        assert len(fields) == columns and layer.GetFeatureCount() > 0, (path, len(fields))
    timemap = json.loads((work / "export.timemap").read_text(encoding="utf-8"))
    assert len(timemap["events"]) == len(by_id)
    assert all(source in timemap["sources"] for event in timemap["events"] for source in event["sources"])
    print(f"GDAL {gdal.__version__}: {len(by_id)} incidents in every format")


main(Path(sys.argv[1]))
