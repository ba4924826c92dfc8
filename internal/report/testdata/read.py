"""Reads the answers as a statistician does, with pandas, and validates their description; prints what was read as JSON."""
import json
import sys

import pandas as pd
from frictionless import Package

folder = sys.argv[1]
schema = {f["name"]: f["type"] for f in Package(f"{folder}/datapackage.json").get_resource("answers.csv").schema.to_descriptor()["fields"]}
frames = {
    "csv": pd.read_csv(f"{folder}/answers.csv"),
    "jsonl": pd.read_json(f"{folder}/answers.jsonl", lines=True),
    "xlsx": pd.read_excel(f"{folder}/answers.xlsx", sheet_name="findings"),
}
said = {"columns": {}, "months": {}, "flags": {}, "below": {}, "joint": {}, "typed": [], "faults": []}
for form, frame in frames.items():
    said["columns"][form] = [c for c in frame.columns if c in schema]
    said["months"][form] = float(frame["imposed_months"].sum())
    said["flags"][form] = int(frame["outcome_form_not_allowed"].sum())
    said["joint"][form] = int(frame["joint"].isin(["yes", True]).sum())
    for name, kind in schema.items():
        found = frame[name].dropna()
        wrong = kind == "boolean" and frame[name].dtype != bool or kind in ("integer", "number") and len(found) and not pd.api.types.is_numeric_dtype(found)
        if wrong:
            said["typed"].append(f"{form}: {name} was read as {frame[name].dtype}")
said["days"] = [str(d) for d in frames["xlsx"]["judgment_date"] if hasattr(d, "year")]
for resource in Package(f"{folder}/datapackage.json").resources:
    report = resource.validate()
    for task in report.tasks:
        said["faults"] += [f"{resource.path}: {e.type} {e.message}" for e in task.errors]
    said["faults"] += [f"{resource.path}: {e.message}" for e in report.errors]
print(json.dumps(said))
