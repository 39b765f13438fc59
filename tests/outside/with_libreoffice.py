"""The CSV opened by LibreOffice: words as they are, numbers as numbers, days as days, in the columns of their names."""

import csv
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# What a cell of each of these columns is to LibreOffice; the others are words.
KINDS = {
    **dict.fromkeys(("date_start", "date_end"), "date"),
    **dict.fromkeys(("lon", "lat", "confidence", "uncertainty_m", "source_count"), "float"),
    **dict.fromkeys(("killed_min", "killed_max", "injured_min", "injured_max"), "float"),
    "background": "boolean",
}

# LibreOffice's filter of text: the sign's code, no quoting but ", UTF-8, from line 1, no formats of columns, language as
# installed, quoted cells not all text, special numbers found, as when a user opens the file by its own dialogue.
FILTER = "CSV:{sign},34,76,1,,1033,false,true"


def words(cell):
    """A cell's text; runs of spaces stand as elements."""

    def parts(element):
        yield element.text or ""
        for child in element:
            if child.tag == f"{TEXT}s":
                yield " " * int(child.get(f"{TEXT}c", "1"))
            elif child.tag == f"{TEXT}tab":
                yield "\t"
            elif child.tag == f"{TEXT}line-break":
                yield "\n"
            else:
                yield from parts(child)
            yield child.tail or ""

    return "\n".join("".join(parts(line)) for line in cell.findall(f"{TEXT}p"))


def repeated(element, what):
    return int(element.get(f"{TABLE}number-{what}-repeated", "1"))


def cells(row):
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        for _ in range(min(repeated(cell, "columns"), 100)):
            yield cell


def opened(path, sign, folder):
    """The rows of the sheet that LibreOffice makes of the file."""
    home = (folder / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", f"--infilter={FILTER.format(sign=ord(sign))}"]
    command += ["--convert-to", "fods", "--outdir", str(folder / "opened"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    made = folder / "opened" / f"{path.stem}.fods"
    assert done.returncode == 0 and made.exists(), done.stdout + done.stderr
    return [list(cells(row)) for row in xml.parse(made).iter(f"{TABLE}table-row") if repeated(row, "rows") == 1]


def compare(name, text, cell):
    kind = cell.get(f"{OFFICE}value-type")
    if text == "":
        assert kind is None, (name, kind)
        return
    # One report's day of publication is a day, several are a list.
    one_day = name == "published" and "; " not in text
    expected = "date" if one_day else KINDS.get(name, "string")
    assert kind == expected, (name, text, kind)
    if kind == "string":
        assert words(cell) == text, (name, text, words(cell))
    elif kind == "float":
        assert float(cell.get(f"{OFFICE}value")) == float(text), (name, text)
    else:
        assert cell.get(f"{OFFICE}{kind}-value") == text, (name, text, xml.tostring(cell))


def main(work):
    arabic = 0
    for path, sign, encoding in ((work / "export.csv", ",", "utf-8-sig"), (work / "semicolon.csv", ";", "utf-8")):
        with open(path, encoding=encoding, newline="") as table:
            told = list(csv.reader(table, delimiter=sign))
        header, *rows = told
        found = opened(path, sign, work)
        assert [words(cell) for cell in found[0][: len(header)]] == header, [words(cell) for cell in found[0]]
        assert len(found) - 1 == len(rows) > 50, (path, len(found), len(rows))
        for row, got in zip(rows, found[1:]):
            for name, text, cell in zip(header, row, got):
                compare(name, text, cell)
                arabic += any("\u0600" <= letter <= "\u06ff" for letter in text)
    assert arabic > 100, arabic
    print(f"LibreOffice: {len(rows)} rows with words, numbers and days as they are")


main(Path(sys.argv[1]))
