"""Reads a CSV file of minute bars with polars at its fastest.

Without --dates the stamps stay text; nothing is checked in either case. Ours also reads the stamps, holds them
against the trading hours and the row before, and every price against its high and low.
"""
import argparse

import polars

from meter import Meter, report

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--data", required=True, metavar="PREFIX")
options.add_argument("--rounds", type=int, default=5)
options.add_argument("--dates", action="store_true")
chosen = options.parse_args()

path = chosen.data + ".csv"
with Meter() as meter:
    for _ in range(chosen.rounds):
        bars = polars.read_csv(path, try_parse_dates=chosen.dates)
sums = " ".join(str(round(bars[name].sum())) for name in ("open", "high", "low", "close", "volume"))
report("csv", meter, f"{len(bars)} rows, sums {sums}", distribution="polars", rounds=chosen.rounds,
       commit_cpu_s=meter.cpu)
