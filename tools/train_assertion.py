#!/usr/bin/env python3
"""Learns the weights of lexicon/assertion.csv: which events are told as done, and which are only named.

    cargo run --release --example signs -- SENTENCES.csv > sentences.jsonl
    cargo run --release --example signs -- REPORTS… > reports.jsonl
    tools/corpus_sentences.py > own.csv; cargo run --release --example signs -- own.csv > own.jsonl
    tools/train_assertion.py --sentences SENTENCES.csv sentences.jsonl --own own.csv own.jsonl \\
        --reports GOLD.jsonl reports.jsonl … [--write]

SENTENCES.csv: `id,label,text`, label "yes" where the sentence tells an attack, "easy no" where it does not, "difficult no" where
the judges disagreed (those teach nothing). GOLD.jsonl: a report a line with its `incidents`, as `mawqi evaluate --gold` reads them.

A logistic regression with an L2 penalty over the signs, by Newton's method from zero, without chance: the same input gives the same
table. Nothing but the standard library. It prints how well the model does on data that it was not trained on, by ten folds.
"""
import argparse, csv, hashlib, json, math, os

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "lexicon", "assertion.csv")
PENALTY = 1.0
ROUNDS = 8
OWN = 1.01


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def from_sentences(table, signs, weight):
    """One example a sentence with events: the signs of the event that shows most."""
    label = {row["id"]: row["label"] for row in csv.DictReader(open(table, encoding="utf-8"))}
    for report in lines(signs):
        kind = label.get(str(report["report"]))
        for event in report["incidents"]:
            yield {"id": str(report["report"]), "signs": event["signs"], "label": kind,
                   "right": kind == "yes", "weight": 0.0 if kind == "difficult no" else weight, "sentence": weight == 1.0}


def near(gold, found):
    if gold.get("lat") is None or found.get("lat") is None:
        return gold.get("country") == found.get("country")
    rad = math.radians
    a, b = rad(gold["lat"]), rad(found["lat"])
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(rad(found["lon"] - gold["lon"]) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(h))) <= max(gold.get("radius_km") or 15, 15)


def from_reports(gold, signs):
    """One example an incident: right where the gold has one near it."""
    told = {str(r["id"]): r["incidents"] for r in lines(gold)}
    for report in lines(signs):
        if str(report["report"]) not in told:
            continue
        for event in report["incidents"]:
            right = any(near(g, event["incident"]) for g in told[str(report["report"])])
            yield {"id": str(report["report"]), "signs": event["signs"], "label": None, "right": right,
                   "weight": 0.4, "sentence": False}


def chance(weights, signs):
    total = weights["always"] + sum(weights.get(s, 0.0) for s in signs)
    return 1 / (1 + math.exp(-max(-30, min(30, total))))


def learn(examples, names):
    """Newton's method: each step solves the penalised normal equations."""
    at = {name: i for i, name in enumerate(names)}
    weights = {name: 0.0 for name in names}
    for _ in range(ROUNDS):
        slope = [PENALTY * weights[n] if n != "always" else 0.0 for n in names]
        curve = [[PENALTY if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for e in examples:
            if not e["weight"]:
                continue
            here = sorted({at["always"], *(at[s] for s in e["signs"] if s in at)})
            p = chance(weights, [s for s in e["signs"] if s in at and s != "always"])
            off, width = e["weight"] * (p - e["right"]), e["weight"] * p * (1 - p)
            for i in here:
                slope[i] += off
                for j in here:
                    curve[i][j] += width
        for name, step in zip(names, solve(curve, slope)):
            weights[name] -= step
    return weights


def solve(matrix, vector):
    """Gauss with pivots."""
    n = len(vector)
    rows = [matrix[i][:] + [vector[i]] for i in range(n)]
    for c in range(n):
        best = max(range(c, n), key=lambda r: abs(rows[r][c]))
        rows[c], rows[best] = rows[best], rows[c]
        for r in range(c + 1, n):
            f = rows[r][c] / rows[c][c]
            if f:
                for k in range(c, n + 1):
                    rows[r][k] -= f * rows[c][k]
    out = [0.0] * n
    for r in range(n - 1, -1, -1):
        out[r] = (rows[r][n] - sum(rows[r][k] * out[k] for k in range(r + 1, n))) / rows[r][r]
    return out


def fold(ident):
    return int(hashlib.md5(ident.encode()).hexdigest(), 16) % 10


def figures(examples, scores, threshold, yes):
    """f1 over sentences with and without the difficult ones, and the reports' right and wrong events that are kept."""
    seen = {e["id"]: e["label"] for e, s in zip(examples, scores) if e["sentence"] and s >= threshold}
    tp = sum(1 for label in seen.values() if label == "yes")
    easy = sum(1 for label in seen.values() if label == "easy no")
    f = lambda wrong: 2 * tp / (tp + wrong + yes) if tp else 0.0
    report = [(e["right"], s >= threshold) for e, s in zip(examples, scores) if not e["sentence"]]
    kept = sum(1 for right, keep in report if right and keep)
    wrong = sum(1 for right, keep in report if not right and keep)
    return {"f1": f(len(seen) - tp), "f1_without_difficult": f(easy), "yes": tp, "easy": easy,
            "reports": f"{kept}/{sum(r for r, _ in report)} right, {wrong}/{sum(not r for r, _ in report)} wrong kept"}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sentences", nargs=2, action="append", default=[], metavar=("TABLE", "SIGNS"))
    ap.add_argument("--own", nargs=2, action="append", default=[], metavar=("TABLE", "SIGNS"),
                    help="sentences of the project; they teach, and are not in the figures")
    ap.add_argument("--reports", nargs=2, action="append", default=[], metavar=("GOLD", "SIGNS"))
    ap.add_argument("--bias", type=float, default=0.0, help="added to the constant: moves the threshold of 0.5")
    ap.add_argument("--write", action="store_true", help="write the table")
    args = ap.parse_args()
    rows = list(csv.DictReader(open(TABLE, encoding="utf-8")))
    names = [row["sign"] for row in rows]
    examples = [e for pair in args.sentences for e in from_sentences(*pair, 1.0)]
    examples += [e for pair in args.own for e in from_sentences(*pair, OWN)]
    examples += [e for pair in args.reports for e in from_reports(*pair)]
    yes = sum(1 for table, _ in args.sentences for r in csv.DictReader(open(table, encoding="utf-8")) if r["label"] == "yes")
    print(f"{len(examples)} events, {sum(e['right'] for e in examples)} right")
    scores = [0.0] * len(examples)
    for k in range(10):
        weights = learn([e for e in examples if fold(e["id"]) != k], names)
        for i, e in enumerate(examples):
            if fold(e["id"]) == k:
                scores[i] = chance(weights, e["signs"])
    for threshold in (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        print(threshold, figures(examples, scores, threshold, yes))
    weights = learn(examples, names)
    weights["always"] += args.bias
    for name, w in sorted(weights.items(), key=lambda item: -abs(item[1]))[:60]:
        print(f"{w:+.2f} {name}")
    if args.write:
        with open(TABLE, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["sign", "weight", "note"])
            for row in rows:
                writer.writerow([row["sign"], f"{weights[row['sign']]:.2f}", row["note"]])


if __name__ == "__main__":
    main()
