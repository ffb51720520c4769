import Bytes
public import Console
public import Research

extension TrialVerdict {
  public var json: JSON {
    .object(figures.map { JSON.Member($0.name, .number($0.value)) })
  }

  /// What the ledger makes of the trial, for people.
  public var table: Table {
    var table = Table(.prose("beside everything tried on these days"), .number(""))
    for one in told { table.add(one.words, one.value) }
    return table
  }

  /// Each figure in words.
  public var told: [(words: String, value: String)] {
    figures.compactMap { name, value in
      Self.words[name].map {
        ($0, DoubleText.fixed(value, decimals: Self.counts.contains(name) ? 0 : 3))
      }
    }
  }

  /// A line that belongs under every result.
  public var looksText: String {
    "this hold-out has been looked at \(looks == 1 ? "once" : "\(looks) times")"
      + (looks > 1 ? "; every look makes luck likelier" : "")
  }

  private static let counts: Set = ["looks", "trials", "needed-days", "common-days"]
  private static let words = [
    "looks": "looks at this hold-out, this one included",
    "trials": "different trials on these series and days",
    "independent-trials": "what they count for, as their returns correlate",
    "daily-sharpe": "Sharpe ratio per day of the strategy of signs, net",
    "psr": "probability that it is above zero, had nothing else been tried",
    "dsr": "deflated: above the best of so many without skill",
    "dsr-independent": "deflated by the trials that are independent",
    "needed-days": "days before 95 % are reached",
    "pbo": "probability that the best of them was overfitted",
    "pbo-chance-low": "trials without skill show from",
    "pbo-chance-high": "… to (90 %)",
    "spa-consistent": "p that the best of them earns nothing (Hansen)",
    "p": "p of Clark and West, by itself",
    "p-holm": "p after Holm", "p-hochberg": "p after Benjamini and Hochberg",
    "p-yekutieli": "p after Benjamini and Yekutieli",
  ]
}
