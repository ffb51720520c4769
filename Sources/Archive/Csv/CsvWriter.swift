import Bytes
import Glibc
public import Market

/// Bars as CSV text in the form that `importCsv` reads back to the same bars.
public struct CsvWriter: Sendable {
  public let series: Series
  public let stamp: Stamp
  public let zone: Zone
  private let symbol: [UInt8]

  /// Starts are only told where they lie one interval before the end, which is so for minutes.
  public init(_ series: Series, stamp: Stamp = .end, zone: Zone) {
    precondition(
      stamp == .end || series.key.interval == .minute, "only minutes are written by their start")
    self.series = series
    self.stamp = stamp
    self.zone = zone
    symbol = Array(series.key.symbol.description.utf8)
  }

  public static let header =
    "symbol,datetime,open,high,low,close,volume,turnover,open_interest\n"

  /// Appends some rows as text.
  public func append(_ bars: BarColumns, _ rows: Range<Int>, to text: inout [UInt8]) {
    let decimals = Int(series.grid.decimals)
    let comma = UInt8(ascii: ",")
    for row in rows {
      text.append(contentsOf: symbol)
      text.append(comma)
      appendTime(bars, row, to: &text)
      for column in [bars.open, bars.high, bars.low, bars.close] {
        text.append(comma)
        DecimalText.append(column[row], decimals: decimals, to: &text)
      }
      text.append(comma)
      DecimalText.append(bars.volume[row], decimals: 0, to: &text)
      text.append(comma)
      text.append(contentsOf: Self.plain(bars.turnover[row]).utf8)
      text.append(comma)
      DecimalText.append(bars.openInterest[row], decimals: 0, to: &text)
      text.append(UInt8(ascii: "\n"))
    }
  }

  private func appendTime(_ bars: BarColumns, _ row: Int, to text: inout [UInt8]) {
    if series.key.interval == .day {
      DateText.append(days: Int(bars.tradingDays[row]), to: &text)
      return
    }
    let shift = stamp == .start ? -series.key.interval.seconds : 0
    let instant = Instant(nanoseconds: bars.closedAtNanos[row]).advanced(bySeconds: shift)
    let (day, second) = zone.local(instant)
    let nanos = (Int64(day.days) * 86_400 + second) * 1_000_000_000
    TimeText.append(nanos: nanos, to: &text)
  }

  /// The shortest digits that read back as the same number, without an exponent.
  private static func plain(_ amount: Double) -> String {
    if amount == amount.rounded(), amount < 0x1p63 { return String(Int64(amount)) }
    let shortest = DoubleText.shortest(amount)
    return shortest.contains("e") ? DoubleText.fixed(amount, decimals: 18) : shortest
  }
}

extension LoadedBars {
  /// Writes the bars to a CSV file that replaces an older one in a single step.
  public func writeCsv(
    to target: String, stamp: Stamp = .end, zone: Zone
  ) throws(ArchiveError) {
    let staged = target + ".part"
    guard let file = fopen(staged, "wb") else {
      throw .file(path: staged, doing: "write it", errno: errno)
    }
    let writer = CsvWriter(series, stamp: stamp, zone: zone)
    var text = Array(CsvWriter.header.utf8)
    var row = 0
    var isWritten = true
    while isWritten, row < columns.count || !text.isEmpty {
      let end = min(row + 4_096, columns.count)
      writer.append(columns, row..<end, to: &text)
      isWritten = fwrite(text, 1, text.count, file) == text.count
      text.removeAll(keepingCapacity: true)
      row = end
    }
    isWritten = fflush(file) == 0 && fsync(fileno(file)) == 0 && isWritten
    let failure = errno
    fclose(file)
    guard isWritten, rename(staged, target) == 0 else {
      unlink(staged)
      throw .file(path: target, doing: "write it", errno: isWritten ? errno : failure)
    }
  }
}
