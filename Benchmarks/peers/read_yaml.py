"""Reads a YAML file again and again with PyYAML on libyaml, the library our own reader stands on too.

  load      yaml.load with CSafeLoader: typed Python values
  compose   the tree of nodes with their places, which is what our reader makes
"""
import argparse

import yaml

from meter import Meter, report


def texts(node):
    """Every key and every value, as written."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from texts(item)
    else:
        for key, value in node.value:
            yield from texts(key)
            yield from texts(value)


options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--file", required=True)
options.add_argument("--api", choices=["load", "compose"], default="load")
options.add_argument("--rounds", type=int, default=20)
chosen = options.parse_args()
read = {"load": yaml.load, "compose": yaml.compose}[chosen.api]

with open(chosen.file, "rb") as file:
    found = list(texts(yaml.compose(file, Loader=yaml.CSafeLoader)))
with Meter() as meter:
    for _ in range(chosen.rounds):
        with open(chosen.file, "rb") as file:
            read(file, Loader=yaml.CSafeLoader)
report("yaml", meter, f"{len(found)} texts of {sum(len(text.encode()) for text in found)} bytes",
       distribution="PyYAML", rounds=chosen.rounds)
