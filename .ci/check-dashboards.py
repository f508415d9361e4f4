#!/usr/bin/env python3
"""Checks docker/grafana/dashboards and prints every query of them, one `dashboard<TAB>panel<TAB>query` a line, or all as rules of Prometheus.

Usage: check-dashboards.py list|rules
The dashboards' variables are replaced by the job of the agents and by what matches everything.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "docker" / "grafana"
VARIABLES = {"$__rate_interval": "1m", "$__range": "5m", "$__interval": "15s", "$job": "otlp-agent", "$instance": ".+"}


def fail(message):
    sys.exit(f"check-dashboards: {message}")


def queries():
    sources = (ROOT / "provisioning/datasources/datasources.yaml").read_text()
    known = set(re.findall(r"uid: (\S+)", sources))
    uids = set()
    for path in sorted((ROOT / "dashboards").glob("*.json")):
        board = json.loads(path.read_text())
        if not board.get("title") or board.get("uid") in uids:
            fail(f"{path.name}: a dashboard needs a title and a uid of its own")
        uids.add(board["uid"])
        ids = [panel["id"] for panel in board["panels"]]
        if len(set(ids)) != len(ids):
            fail(f"{path.name}: two panels have one id")
        taken = set()
        for panel in board["panels"]:
            place = panel["gridPos"]
            if place["x"] + place["w"] > 24:
                fail(f"{path.name}: {panel['title']} is wider than the page")
            for cell in ((x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])):
                if cell in taken:
                    fail(f"{path.name}: {panel['title']} lies on another panel")
                taken.add(cell)
            if panel["type"] == "row":
                continue
            if not panel.get("targets"):
                fail(f"{path.name}: {panel['title']} has no query")
            for target in panel["targets"]:
                if target["datasource"]["uid"] not in known:
                    fail(f"{path.name}: {panel['title']} names a data source that is not provisioned")
                query = target["expr"]
                for name, value in VARIABLES.items():
                    query = query.replace(name, value)
                if "$" in query:
                    fail(f"{path.name}: {panel['title']}: unknown variable in {query}")
                yield path.stem, panel["title"], query


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in ("list", "rules"):
        sys.exit(__doc__)
    found = list(queries())
    if not found:
        fail("no dashboards")
    if sys.argv[1] == "list":
        for row in found:
            print("\t".join(row))
        return
    # JSON is YAML. Rules need names; which does not matter.
    rules = [{"record": f"dashboard:query:{number}", "expr": query} for number, (_, _, query) in enumerate(found)]
    print(json.dumps({"groups": [{"name": "dashboards", "rules": rules}]}))


main()
