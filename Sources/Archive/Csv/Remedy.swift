/// What a person can do about something an import refused.
public enum Remedy: String, Hashable, Sendable {
  case row = "Correct the row or take it out of the file."
  case fields = """
    Put quotes around a field that holds a comma, and leave a field without value empty.
    """
  case lineEnds = "Write the file anew with an end, \\n or \\r\\n, behind every row."
  case stamp = "Write dates as year-month-day and times as hour:minute:second."
  case zonedStamp = "Write the stamps by one clock without its offset, and name it with --zone."
  case price = "Write prices in plain digits; a zero stands for no trade: leave such rows out."
  case amount = """
    Write numbers without separators, units or signs; empty_is_zero of a mapping takes an empty \
    field for none.
    """
  case lots = "Say what volume counts: volume of the mapping, units or lots_of_100."
  case units = """
    Say what the file counts: volume (units, lots_of_100) and turnover (one, thousands, \
    ten_thousands) of the mapping.
    """
  case highLow = """
    Look whether open, high, low and close are named rightly in the mapping; else correct the row.
    """
  case symbol = """
    Name the series with --symbol, or say how the source writes them with symbol and exchanges of \
    a mapping.
    """
  case rules = """
    Add the product to a file of config/markets/local, or give --calendar from-data, or always-open.
    """
  case zone = "Name the clock of the stamps with --zone."
  case repeated = "Keep one of the rows; two contracts in one file want a symbol column."
  case order = "Sort the file by time, or give order: newest_first in the mapping."
  case hours = """
    Look at --stamp (which end of a bar is named), --zone and --interval; --calendar always-open \
    takes any hours.
    """
  case interval = "Name the length of the bars with --interval."
  case day = "Correct the date; days that the calendar lacks go into config/markets/local."
  case columns = """
    Name the file's columns in a mapping, as those of config/mappings do, and give --mapping.
    """
}
