// Reads datasets of JSON-stat with jsonstat-toolkit and prints what it found: {file: {"code|code|measure": number or state}}.
const fs = require("fs");
const JSONstat = require(process.argv[2]);
const out = {};
for (const path of process.argv.slice(3)) {
  const set = JSONstat(JSON.parse(fs.readFileSync(path, "utf8")));
  if (set.class !== "dataset" || !set.label || !set.source || !set.updated || set.role.metric[0] !== "measure") throw new Error(path + " is no dataset with a label, a source and measures");
  const cells = {};
  set.toTable({ type: "arrobj", content: "id", status: true }).forEach((row) => {
    const key = set.id.map((d) => row[d]).join("|");
    if (key in cells) throw new Error(path + ": " + key + " twice");
    cells[key] = row.value === null ? row.status : row.value;
  });
  for (const d of set.id) for (const c of set.Dimension(d).id) if (!set.Dimension(d).Category(c).label) throw new Error(path + ": " + d + " " + c + " has no label");
  out[path] = cells;
}
console.log(JSON.stringify(out));
