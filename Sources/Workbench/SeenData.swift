public import Bytes
import Console
public import Features
import Market

extension LoadedSeries {
  /// The hash of what features and labels are made from: adjusted bars and which prices could be had. The
  /// fingerprint names what the archive holds; this names what rolls and actions have made of it.
  public var seen: Digest {
    var hash = Sha256()
    let piece = 4_096
    for start in stride(from: 0, to: bars.count, by: piece) {
      let part = bars[start..<min(start + piece, bars.count)]
      var writer = ByteWriter(capacity: 80 * piece)
      for bar in part {
        writer.int64(bar.closedAt.nanoseconds)
        writer.int32(bar.tradingDay.days)
        for price in [bar.open, bar.high, bar.low, bar.close] { writer.int64(price.units) }
        writer.int64(bar.volume)
        writer.double(bar.turnover)
        writer.int64(bar.openInterest)
      }
      hash.update(writer.bytes)
    }
    hash.update((isTradable ?? []).map { $0 ? 1 : 0 })
    hash.update(Array("\(symbol) \(grid.decimals) \(content.hex)".utf8))
    return hash.digest()
  }
}

extension [LoadedSeries] {
  /// The series, or how many.
  public var title: String { count == 1 ? "\(self[0].symbol)" : "\(count) instruments" }

  /// The name of exactly these bars, in whatever order they were named.
  public var fingerprint: Digest {
    guard count > 1 else { return self[0].fingerprint }
    return Sha256.digest(map { "\($0.symbol) \($0.fingerprint.hex)\n" }.sorted().joined())
  }
}

extension WorkSettings {
  /// What a job of these settings over these series rests on.
  public func unitPlan(
    _ kind: UnitPlan.Kind, _ series: [LoadedSeries], recipes: [Recipe], units: [String]
  ) -> UnitPlan {
    UnitPlan(
      kind, symbols: series.map { "\($0.symbol) \($0.content.hex)" }, data: seen(series),
      recipe: Sha256.digest(recipes.map(\.canonicalText).joined(separator: "\n")),
      settings: plannedLines, units: units)
  }

  public func seen(_ series: [LoadedSeries]) -> Digest {
    Sha256.digest(series.flatMap { $0.seen.bytes })
  }

  /// The words that have another process of this program work with our paths.
  public func pathWords() -> [String] {
    settings.entries.filter { $0.key.hasPrefix("paths.") }
      .flatMap { ["--set", "\($0.key)=\($0.value.text)"] }
  }
}
