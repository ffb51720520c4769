"""Asks at which of many minutes Shanghai's stock exchange is open, by exchange_calendars' own tables.

  is_trading_minute   its question for one minute, a Python call each
  searchsorted        its opening and closing times given to NumPy, all minutes in one call
"""
import argparse

import exchange_calendars
import numpy
import pandas

from meter import Meter, report

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--api", choices=["is_trading_minute", "searchsorted"], default="is_trading_minute")
options.add_argument("--queries", type=int, default=100_000)
options.add_argument("--rounds", type=int, default=1)
options.add_argument("--first", default="2019-01-01")
options.add_argument("--last", default="2021-12-31")
chosen = options.parse_args()

# Some days more, so that the last minute asked for does not lie on the calendar's own edge.
end = pandas.Timestamp(chosen.last) + pandas.Timedelta(days=14)
calendar = exchange_calendars.get_calendar("XSHG", start=chosen.first, end=end, side="left")
days = calendar.schedule.loc[:chosen.last]
first, last = (int(stamp.timestamp()) for stamp in (days["open"].iloc[0], days["close"].iloc[-1]))

# The minutes that `bench calendar` draws: a linear congruential generator's high bits, scaled.
seconds, state, span = [], 1, (last - first) // 60
for _ in range(chosen.queries):
    state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
    seconds.append(first + 60 * (state * span >> 64))

if chosen.api == "is_trading_minute":
    stamps = [pandas.Timestamp(second, unit="s", tz="UTC") for second in seconds]
    calendar.is_trading_minute(stamps[0])  # builds its table of minutes, which is not what is measured
    with Meter() as meter:
        for _ in range(chosen.rounds):
            count = sum(map(calendar.is_trading_minute, stamps))
else:
    spans = [days[["open", "break_start"]], days[["break_end", "close"]]]
    edges = numpy.concatenate([span.to_numpy("datetime64[s]").astype("int64") for span in spans])
    opens, closes = (numpy.sort(edges[:, side]) for side in (0, 1))
    asked = numpy.array(seconds)
    with Meter() as meter:
        for _ in range(chosen.rounds):
            index = numpy.searchsorted(closes, asked, side="right")
            inside = opens[numpy.minimum(index, len(opens) - 1)] <= asked
            count = int((inside & (index < len(opens))).sum())
report("calendar", meter, f"{count} of {chosen.queries} open", distribution="exchange_calendars",
       rows=chosen.queries, rounds=chosen.rounds)
