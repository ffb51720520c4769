extension Vocabulary {
  /// What a futures trader looks at beside price and volume: time of day, gaps, open interest, rolls.
  static let futures = [
    // The first value when the condition last held, and the bars since it did.
    Function("latch", .series("x"), .series("condition")) {
      $0.add(.latch, $1.series(0), $1.series(1))
    },
    Function("barssince", .series("condition")) { $0.add(.barsSince, $1.series(0)) },
    // Whether the bar is its trading day's first, and what has passed of the day since.
    Function("dayfirst", is: "above(tradingday, ref(tradingday, 1))"),
    Function("daybars", is: "barssince(dayfirst())"),
    Function("dayminutes", is: "time - latch(time, dayfirst())"),
    // Minutes since the last break of at least so many minutes: the first bar after it has 0.
    Function(
      "breakminutes", .number("least"),
      is: "time - latch(time, above(delta(time, 1), least))"),
    // Minutes since the session's open, and the share of the session that is over at the close.
    Function("sessionminutes", is: "time - sessionopen"),
    Function(
      "sessionshare", is: "ratio(time - sessionopen, sessionclose - sessionopen, 0)"),
    // Open against the last close, on the first bar after a break of at least so many minutes.
    Function(
      "gap", .number("least"),
      is: "if(above(delta(time, 1), least), open / ref(close, 1) - 1, 0)"),
    // The gap the trading day opened with, all day long.
    Function("daygap", is: "latch(open / ref(close, 1) - 1, dayfirst())"),
    // Open interest: its change as a share, and how much of it was traded.
    Function(
      "oichange", .bars("bars"),
      is: "ratio(openinterest, ref(openinterest, bars), 1) - 1"),
    Function("oiturn", is: "ratio(volume, openinterest, 0)"),
    // Bars since the chain went over to another contract; absent before the first roll.
    Function("rollbars", is: "barssince(above(contract, ref(contract, 1)))"),
    // x, but absent where a roll lies within the last bars: what it spans is no one's profit.
    Function(
      "unrolled", .series("x"), .bars("bars"),
      is: "if(equal(contract, ref(contract, bars)), x, 0 / 0)"),
  ]
}
