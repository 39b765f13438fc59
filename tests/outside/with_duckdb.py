"""GeoParquet read by DuckDB: the rows, columns and box of the CSV, with types, and the metadata of the standard."""

import csv
import json
import sys
from datetime import date
from pathlib import Path

import duckdb

# What a column holds, where it is not words.
TYPES = {
    **dict.fromkeys(("date_start", "date_end"), "DATE"),
    **dict.fromkeys(("lon", "lat", "confidence"), "DOUBLE"),
    **dict.fromkeys(("uncertainty_m", "killed_min", "killed_max", "injured_min", "injured_max", "source_count"), "BIGINT"),
    **dict.fromkeys(("background", "area"), "BOOLEAN"),
}
READ = {"DATE": date.fromisoformat, "DOUBLE": float, "BIGINT": int, "BOOLEAN": "true".__eq__}


def value(name, text):
    """What a cell of the CSV says; the apostrophe that keeps a spreadsheet from running a text is not part of it."""
    if text == "":
        return None
    if name in TYPES:
        return READ[TYPES[name]](text)
    return text[1:] if text.startswith(("'=", "'+", "'-", "'@")) else text


def main(work):
    file = str(work / "export.parquet")
    with open(work / "export.csv", encoding="utf-8-sig", newline="") as table:
        rows = [{name: value(name, text) for name, text in row.items()} for row in csv.DictReader(table)]
    names = list(rows[0])

    connection = duckdb.connect()
    columns = connection.execute("DESCRIBE SELECT * EXCLUDE (geometry) FROM read_parquet(?)", [file]).fetchall()
    expected = [(name, TYPES.get(name, "VARCHAR")) for name in [*names, "area"]]
    assert [column[:2] for column in columns] == expected, columns

    found = connection.execute("SELECT * EXCLUDE (geometry, area) FROM read_parquet(?)", [file]).fetchall()
    assert len(found) == len(rows) > 50, (len(found), len(rows))
    for got, told in zip(found, rows):
        assert got == tuple(told.values()), (got, told)

    pairs = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [file]).fetchall()
    said = {key.decode(): text.decode() for key, text in pairs}
    geo = json.loads(said["geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"], column["geometry_types"]) == ("1.1.0", "WKB", ["Point"]), geo
    assert "crs" not in column and "GeoNames" in said["attribution"], said
    lons, lats = ([row[name] for row in rows if row[name] is not None] for name in ("lon", "lat"))
    assert column["bbox"] == [min(lons), min(lats), max(lons), max(lats)], column

    points = connection.execute("SELECT ST_AsText(geometry), lon, lat FROM read_parquet(?)", [file]).fetchall()
    for text, lon, lat in points:
        at = tuple(map(float, text.removeprefix("POINT (").removesuffix(")").split()))
        assert at == (lon, lat), (text, lon, lat)
    print(f"DuckDB {duckdb.__version__}: {len(rows)} incidents of GeoParquet, as in the CSV")


main(Path(sys.argv[1]))
