"""Reads an exposition page from standard input with prometheus_client and prints what it understood as JSON.

The argument is the format: openmetrics (strict) or text (0.0.4). A refused page prints {"error": ...}.
"""
import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text


def sample_to_dict(sample):
    return {
        "name": sample.name,
        "labels": sample.labels,
        # JSON has no NaN and no infinities, and repr loses no digit.
        "value": repr(float(sample.value)),
        "exemplar": sample.exemplar.labels if sample.exemplar else None,
    }


def family_to_dict(family):
    return {
        "name": family.name,
        "type": family.type,
        "help": family.documentation,
        "unit": family.unit,
        "samples": [sample_to_dict(sample) for sample in family.samples],
    }


def main():
    read = {"openmetrics": read_openmetrics, "text": read_text}[sys.argv[1]]
    try:
        page = sys.stdin.buffer.read().decode("utf-8")
        answer = {"families": [family_to_dict(family) for family in read(page)]}
    except Exception as error:  # the parsers raise ValueError, KeyError, IndexError and others on bad pages
        answer = {"error": f"{type(error).__name__}: {error}"}
    json.dump(answer, sys.stdout)


main()
