/// A difference from an original that is meant: which columns, on which kinds of bars, and why.
struct Deviation {
  let number: Int
  let columns: [String]
  let kinds: [Series.Kind]
  let why: String

  static let talib = [
    Deviation(
      number: 1,
      columns: [
        "STOCH_slowk", "STOCH_slowd", "STOCHF_fastk", "STOCHF_fastd", "STOCHRSI_fastk",
        "STOCHRSI_fastd", "WILLR", "ULTOSC",
      ],
      kinds: [.flat, .locked],
      why: """
        Where a window has no range TA-Lib says 0, which is its lowest place (for `WILLR` its \
        highest). Here it is the middle.
        """),
    Deviation(
      number: 2, columns: ["MFI"], kinds: [.flat, .dry, .locked],
      why: "Where no money flows TA-Lib says 0: all outward. Here it is 50."),
    Deviation(
      number: 3, columns: ["KAMA"], kinds: [.flat, .locked],
      why: """
        A price that stands still is perfectly straight for TA-Lib, and the mean catches up with \
        it; here it is aimless, and the mean waits.
        """),
    Deviation(
      number: 4, columns: ["MAMA_mama", "MAMA_fama"], kinds: [.flat, .locked],
      why: """
        The phase of a price that stands still is the rounding of TA-Lib's running sums, and the \
        speed of the mean follows it. Here the transform of nothing is nothing.
        """),
    Deviation(
      number: 5, columns: ["AROON_up"], kinds: [.ruled, .flat, .gapped, .dry, .locked],
      why: "Of equal highs TA-Lib counts from the youngest, here from the oldest, as ta does."),
    Deviation(
      number: 6, columns: ["AROON_down"], kinds: [.flat, .locked],
      why: "Of equal lows likewise."),
    Deviation(
      number: 7, columns: ["AROONOSC"], kinds: [.ruled, .gapped, .dry, .locked],
      why: "The difference of those two; where nothing moves it is 0 in both."),
    Deviation(
      number: 8, columns: ["CORREL"], kinds: [.trending],
      why: """
        TA-Lib's sums of squares lose digits far from 0 (here 5e-9 σ); exact arithmetic gives \
        what is here.
        """),
  ]

  static func talib(_ column: String, _ kind: Series.Kind) -> Deviation? {
    talib.first { $0.columns.contains(column) && $0.kinds.contains(kind) }
  }
}
