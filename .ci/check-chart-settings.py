#!/usr/bin/env python3
"""Compares the settings that the chart's schema knows with those of SETTINGS.md: the schema is to refuse misspelled ones, and no others."""
import json
import re
import sys

# A secret: it comes from a Secret, by otlp.headers_file.
LEFT_OUT = {"otlp.headers"}

schema = json.load(open("docker/helm/otlp-agent/values.schema.json"))["properties"]["config"]
keys = set(re.findall(r"^\| `([a-z][\w.]*)` \|", open("SETTINGS.md").read(), re.MULTILINE)) - LEFT_OUT
problems = []


def known(node, path):
    for word in path:
        if word not in node.get("properties", {}):
            # An object that does not list its keys takes all of them.
            return node.get("type") == "object" and node.get("additionalProperties") is not False
        node = node["properties"][word]
    return True


def unknown(node, path):
    for word, child in node.get("properties", {}).items():
        key = f"{path}.{word}" if path else word
        if "properties" in child:
            unknown(child, key)
        elif key not in keys and not any(other.startswith(key + ".") for other in keys):
            problems.append(f"no such setting: {key}")


problems += [f"refused by the chart: {key}" for key in sorted(keys) if not known(schema, key.split("."))]
unknown(schema, "")
if len(keys) < 50:
    problems.append(f"SETTINGS.md has {len(keys)} settings only: is its table as it was?")
print("\n".join(problems))
sys.exit(bool(problems))
