"""What the scripts that fetch share: their command line, recorded answers, and the CSV that `data update` reads."""
import argparse
import csv
import json
import sys
from pathlib import Path

HEADERS = {
    "days": ["exchange", "day"],
    "basics": ["symbol", "name", "lot", "tick", "listed", "delisted"],
    "bars": ["symbol", "datetime", "open", "high", "low", "close", "volume", "turnover", "open_interest"],
    "factors": ["symbol", "day", "adjustment"],
    "limits": ["symbol", "day", "lowest", "highest"],
}
NO_USE = 3  # the exit code that says that another attempt would end alike


class NoUse(Exception):
    """Why trying again would not help."""


def options(about):
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=list(HEADERS))
    parser.add_argument("symbol", help="CODE.EXCHANGE such as 600000.SSE; an exchange alone for its days")
    parser.add_argument("--interval", default="1d", choices=["1m", "5m", "15m", "30m", "1h", "1d"])
    parser.add_argument("--from", dest="first", required=True, metavar="DATE", help="first day, 2021-01-04")
    parser.add_argument("--until", dest="last", required=True, metavar="DATE")
    parser.add_argument("--recorded", type=Path, metavar="FOLDER",
                        help="take the library's answers from files here instead of asking it")
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="keep the library's answers here")
    return parser


class Source:
    """Calls of a library, or what was once recorded of them: rows as dictionaries, by the call's name and words."""

    def __init__(self, chosen, ask):
        self._recorded, self._record, self._ask = chosen.recorded, chosen.record, ask

    def rows(self, function, *name, **arguments):
        file = "-".join([function, *name]) + ".json"
        if self._recorded:
            path = self._recorded / file
            if not path.exists():
                raise NoUse(f"{path}: no such answer was recorded")
            return json.loads(path.read_text(encoding="utf-8"))
        rows = self._ask(function, arguments)
        if self._record:
            self._record.mkdir(parents=True, exist_ok=True)
            (self._record / file).write_text(json.dumps(rows, ensure_ascii=False, indent=1, default=str),
                                             encoding="utf-8")
        return rows


def of_frame(frame):
    """A pandas frame as rows, dates and times as text."""
    return json.loads(frame.to_json(orient="records", force_ascii=False, date_format="iso"))


def day(text):
    """2021-01-04 from 20210104, 2021-01-04 or 2021-01-04T00:00:00.000."""
    text = str(text).split("T")[0].split(" ")[0].replace("-", "")
    if len(text) != 8 or not text.isdigit():
        raise ValueError(f"\"{text}\" is no date")
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def plain(value, factor=1):
    """A number in plain digits; empty for none."""
    if value is None or value != value or value == "":
        return ""
    if factor == 1 and isinstance(value, str):
        return value
    value = float(value) * factor
    return str(int(value)) if value == int(value) else format(round(value, 8), "f").rstrip("0")


def main(about, rows_of, ask):
    """`rows_of(chosen, source)` gives rows in the order of HEADERS; bars come oldest first."""
    chosen = options(about).parse_args()
    try:
        rows = rows_of(chosen, Source(chosen, ask))
    except NoUse as reason:
        print(reason, file=sys.stderr)
        sys.exit(NO_USE)
    except Exception as reason:  # the library's own words are what a person needs
        print(f"{type(reason).__name__}: {reason}", file=sys.stderr)
        sys.exit(1)
    if chosen.kind in ("bars", "factors", "limits", "days"):
        rows = sorted((row for row in rows if chosen.first <= row[1][:10] <= chosen.last), key=lambda row: row[1])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADERS[chosen.kind])
    writer.writerows(rows)
