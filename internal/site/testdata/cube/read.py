"""Reads PX files with pyaxis and SDMX-CSV files with pysdmx, and prints what they found: {file: {"code|code|measure": number, sign or null}}."""
import json
import sys
from pathlib import Path

from pyaxis import pyaxis
from pysdmx.io import read_sdmx


def px(path):
    found = pyaxis.parse(path, encoding="utf-8")
    meta, data = found["METADATA"], found["DATA"]
    names = meta.get("STUB", []) + meta["HEADING"]
    codes = [dict(zip(meta[f"VALUES({n})"], meta[f"CODES({n})"], strict=True)) for n in names]
    cells = {}
    for row in data.itertuples(index=False):
        *heads, value = row
        key = "|".join(c[h] for c, h in zip(codes, heads, strict=True))
        assert key not in cells, f"{path}: {key} twice"
        # pyaxis gives "" for "." and NaN for ".."; "..." it leaves
        cells[key] = {"": "."}.get(value, value) if isinstance(value, str) else ".."
        if cells[key] not in (".", "..", '"..."'):
            cells[key] = float(cells[key])
    for wanted in ("TITLE", "UNITS", "SOURCE", "CONTENTS", "NOTE", "CODEPAGE", "LANGUAGE", "MATRIX", "SUBJECT-AREA", "DECIMALS", "CONTVARIABLE"):
        assert meta.get(wanted), f"{path} has no {wanted}"
    assert meta["CODEPAGE"] == ["utf-8"]
    return cells


def sdmx(path):
    sets = read_sdmx(Path(path)).data
    assert len(sets) == 1, sets
    data = sets[0].data
    dims = [c for c in data.columns if c not in ("OBS_VALUE", "OBS_STATUS", "ACTION", "DATA")]
    cells = {}
    for row in data.to_dict("records"):
        key = "|".join(row[d] for d in dims)
        assert key not in cells, f"{path}: {key} twice"
        value, status = row["OBS_VALUE"], row["OBS_STATUS"]
        empty = value in ("", None) or value != value
        assert empty == (status in ("O", "L", "M")), (path, row)
        cells[key] = status if empty else float(value)
    return cells


print(json.dumps({p: (px if p.endswith(".px") else sdmx)(p) for p in sys.argv[1:]}))
