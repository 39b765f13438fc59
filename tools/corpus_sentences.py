#!/usr/bin/env python3
"""The sentences of tests/corpus as a table `id,label,text`: "yes" where a row expects an incident, "easy no" where it expects none.

    tools/corpus_sentences.py > own.csv
"""
import csv, os, sys

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "corpus")


def label(name, row):
    """Whether a row tells of an incident; none where it does not say."""
    if name == "status":
        return int(row["incidents"]) > 0
    if name in ("actors", "casualties", "weapons"):
        return True
    if name in ("homographs", "lists", "roles"):
        return True if row["place_ids"] else None
    return True if name == "offsets" else None


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["id", "label", "text"])
for name in ("status", "actors", "casualties", "weapons", "homographs", "lists", "roles", "offsets"):
    for number, row in enumerate(csv.DictReader(open(os.path.join(CORPUS, name + ".csv"), encoding="utf-8"))):
        told = label(name, row)
        if told is not None:
            out.writerow([f"{name}-{number}", "yes" if told else "easy no", row["text"]])
