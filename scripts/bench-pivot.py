"""Answers SQL over one table in memory with DuckDB, for BenchmarkBesideDuckDB in internal/figure.

    python3 scripts/bench-pivot.py TABLE.csv THREADS

Each line read is one statement; each line written is its answer as JSON: the milliseconds it took, fetching included, those of processor time
over all threads, and the rows.
"""

import json
import sys
import time

import duckdb

table, threads = sys.argv[1], int(sys.argv[2])
base = duckdb.connect(":memory:", config={"threads": threads})
base.execute("CREATE TABLE raw AS SELECT * FROM read_csv(?, header = true, nullstr = '')", [table])
# Words become enums, DuckDB's fastest form of them; numbers take the fewest bytes that hold them.
columns = []
for name, kind in base.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'raw' ORDER BY column_index").fetchall():
    if kind == "VARCHAR":
        base.execute(f"CREATE TYPE {name}_word AS ENUM (SELECT DISTINCT {name} FROM raw WHERE {name} IS NOT NULL ORDER BY 1)")
        columns.append(f"{name}::{name}_word AS {name}")
    elif kind == "BIGINT":
        small = "USMALLINT" if base.execute(f"SELECT max({name}) < 65536 FROM raw").fetchone()[0] else "UINTEGER"
        columns.append(f"{name}::{small} AS {name}")
    else:
        columns.append(name)
base.execute(f"CREATE TABLE counts AS SELECT {', '.join(columns)} FROM raw")
base.execute("DROP TABLE raw")
print(json.dumps({"version": duckdb.__version__, "rows": base.execute("SELECT count(*) FROM counts").fetchone()[0]}), flush=True)

for statement in sys.stdin:
    began, spent = time.perf_counter(), time.process_time()
    rows = base.execute(statement).fetchall()
    took, processor = (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000
    print(json.dumps({"ms": took, "processor_ms": processor, "rows": [[None if v is None else str(v) if isinstance(v, str) else float(v) for v in row] for row in rows]}), flush=True)
