#!/usr/bin/env python3
"""Recomputes every published figure of this package from its counts, and compares. Python 3.8 or newer, standard library alone.

    python3 recompute.py            in the folder of the package; ends with 1 where a figure is not what the counts make
"""
import csv, hashlib, json, os, sys

here = os.path.dirname(os.path.abspath(__file__))


def read(name):
    with open(os.path.join(here, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f)) if name.endswith(".csv") else json.load(f)


def checksums():
    """Holds every file of the package against its checksum."""
    wrong = []
    for line in open(os.path.join(here, "checksums.sha256"), encoding="utf-8"):
        want, name = line.rstrip("\n").split("  ", 1)
        with open(os.path.join(here, name), "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != want:
                wrong.append(name)
    return wrong


def people(rows):
    """What only all counts of a person tell: whether cleared of everything, and fined without any imprisonment."""
    by = {}
    for r in rows:
        if r["superseded"] != "yes":
            by.setdefault((r["case"], r["person"]), []).append(r)
    for r in rows:
        mine = by.get((r["case"], r["person"]), [])
        verdicts = {m["verdict"] for m in mine}
        if verdicts & {"convicted", "annulled", "other"}:
            r["cleared"] = "no"
        elif "unknown" in verdicts:
            r["cleared"] = "unknown"
        else:
            r["cleared"] = "yes" if "acquitted" in verdicts else "no"
        r["fine_only"] = "no" if any(m["imprisonment"] == "yes" for m in mine) else r["fined_alone"]


def holds(row, field, value):
    return value in row[field].split(" ") if field == "outcome" else row[field] == value


def all_hold(row, conditions):
    return all(holds(row, f, v) for f, v in conditions.items())


def compute(rows, ind):
    """One figure over some counts: state, value, low, high, n, denominator, unknown, left_out, at_least, at_most."""
    amount = ind["measure"] in ("median", "lowest", "highest", "range")
    column = {"imprisonment": "imprisonment_days", "fine": "fine_euros", "days": "days_to_judgment"}.get(ind.get("value", ""))
    of, counted, unknown, left_out, taken, amounts = set(), set(), set(), set(), set(), []
    rows = [r for r in rows if r["superseded"] != "yes"]
    for i, r in enumerate(rows):
        who = (r["case"], r["person"])
        what = {"persons": who, "judgments": r["judgment"]}.get(ind["counted"], i)
        is_of = all_hold(r, ind["of"])
        is_in = is_of and all_hold(r, ind["filter"])
        if amount and is_in:
            known, joint = r[column] != "", r["joint"] == "yes" and ind["counted"] == "counts"
            key = ("joint", who) if joint else what
            if not known or joint and ind["measure"] == "median":
                is_in = False
                if not known and joint and ind["measure"] != "median":
                    key = what
                left_out.add(key)
            else:
                if key not in taken or joint:
                    amounts.append(float(r[column]))
                taken.add(key)
            what = key
        if is_of and not amount:
            of.add(what)
        if is_in:
            counted.add(what)
        elif is_of and any(all_hold(r, c) for c in ind["unknown"]):
            unknown.add(what)
    unknown -= counted
    n, amounts = len(counted), sorted(amounts)
    f = {"n": n, "unknown": len(unknown), "left_out": len(left_out), "denominator": len(of) - len(unknown)}
    if amount:
        f["denominator"], f["unknown"] = n + len(left_out), 0
    if not rows:
        state = "no_data"
    elif amount and f["denominator"] == 0 or ind["measure"] == "share" and not of:
        state = "nothing"
    elif amount and n == 0 or not amount and of and f["denominator"] == 0:
        state = "not_known"
    else:
        state = "known"
    f["state"] = state
    if state == "known":
        if ind["measure"] == "number":
            f["value"] = n
        elif ind["measure"] == "share":
            f["value"] = n / f["denominator"]
        elif ind["measure"] == "median":
            f["value"] = (amounts[(len(amounts) - 1) // 2] + amounts[len(amounts) // 2]) / 2
        elif ind["measure"] == "highest":
            f["value"] = amounts[-1]
        elif ind["measure"] == "range":
            f["low"], f["high"] = amounts[0], amounts[-1]
        else:
            f["value"] = amounts[0]
    if not amount and f["unknown"]:
        f["at_least"], f["at_most"] = n, n + f["unknown"]
        if ind["measure"] == "share":
            f["at_least"], f["at_most"] = f["at_least"] / len(of), f["at_most"] / len(of)
    return f


def differences(published, made):
    out = []
    for key in ("state", "n", "denominator", "unknown", "left_out", "value", "low", "high", "at_least", "at_most"):
        a, b = published.get(key), made.get(key)
        if key in ("at_least", "at_most") and b is None:
            continue  # where nothing is open the bounds are the value twice
        if a is None and b is None or a == b:
            continue
        if isinstance(a, (int, float)) and isinstance(b, (int, float)) and abs(a - b) < 1e-6:
            continue
        out.append(f"{key} is {a}, and the counts make {b}")
    return out


def main():
    wrong = [f"{name} is not the file of this package" for name in checksums()]
    rows, compared = read("data/counts.csv"), 0
    people(rows)
    for ind in read("data/indicators.json"):
        document = read(f"data/figures/{ind['id']}.json")
        cells = [("", document["figure"], rows)]
        for by in document.get("breakdowns") or []:
            for cell in by["rows"]:
                cells.append((f" by {by['by']} {cell['key']}", cell, [r for r in rows if holds(r, by["by"], cell["key"])]))
        for name, published, some in cells:
            compared += 1
            wrong += [f"{ind['id']}{name}: {text}" for text in differences(published, compute(some, ind))]
    for text in wrong:
        print(text)
    print(f"{compared} figures recomputed from {len(rows)} counts; {len(wrong)} differences")
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
