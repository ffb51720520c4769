import Archive
import Bars
import Console
import Foundation
import Market
import Testing

@testable import Workbench

/// Every shipped mapping brings its sample into the archive as the bars a person would read in it.
@Suite struct MappingFileTests {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  var home: Home { Home(folder: root.path) }

  func importing(
    _ file: String, _ mapping: String
  ) throws -> (report: ImportReport, bars: LoadedBars) {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).sqlite").path
    defer {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: scratch + ending)
      }
    }
    let path = root.appending(path: "Tests/Samples/mappings/\(file)").path
    var form = try MappingFile.read(mapping, in: home).form(of: path, symbol: nil)
    form.tolerance = .zero
    let book = try MarketBook.read(home)
    let store = try BarStore(path: scratch)
    let report = try store.importCsv(path, form) { symbol in
      (try? book.hours(symbol)) ?? .alwaysOpen(symbol.exchange.zone)
    }
    return (report, try store.load(report.series[0]))
  }

  func clocks(_ bars: LoadedBars) -> [String] {
    bars.columns.closedAtNanos.map { nanos in
      let local = Zone.shanghai.local(Instant(nanoseconds: nanos))
      return "\(local.day) \(local.seconds / 60)"
    }
  }

  @Test func stocksOfThreeSourcesMeanTheSameDay() throws {
    let akshare = try importing("akshare.csv", "akshare")
    let tushare = try importing("tushare.csv", "tushare")
    let baostock = try importing("baostock.csv", "baostock")
    #expect(akshare.bars.series.key.description == "600000.SSE 1d")
    #expect(tushare.bars.series.key.description == "000001.SZSE 1d")
    #expect(baostock.bars.series.key.description == "600000.SSE 1d")
    for bars in [akshare.bars, tushare.bars, baostock.bars] {
      let row = bars.columns.bar(0, of: InstrumentIndex(0))
      #expect([row.open, row.high, row.low, row.close].map(\.units) == [1_001, 1_010, 999, 1_005])
      #expect(row.volume == 1_234_500 && row.turnover == 12_406_725)
      #expect(row.tradingDay == TradingDay(year: 2021, month: 1, day: 4))
      #expect(bars.columns.count == 2)
    }
    #expect(akshare.bars.columns.volume[1] == 2_345_600)
    #expect(tushare.bars.columns.volume[1] == 2_345_678)
    #expect(baostock.bars.columns.volume[1] == 0)
  }

  @Test func futuresOfThreeSourcesKeepTheirNights() throws {
    let vnpy = try importing("vnpy.csv", "vnpy").bars
    #expect(vnpy.series.key.description == "rb2105.SHFE 1m")
    #expect(clocks(vnpy) == ["2021-01-04 541", "2021-01-04 615", "2021-01-04 1261"])
    let wondertrader = try importing("SHFE.rb.HOT_m5.csv", "wondertrader").bars
    #expect(wondertrader.series.key.description == "rb8888.SHFE 5m")
    #expect(clocks(wondertrader) == ["2021-01-04 545", "2021-01-04 1265"])
    let generic = try importing("generic.csv", "generic").bars
    #expect(generic.series.key.description == "rb2105.SHFE 1m")
    for bars in [vnpy, wondertrader, generic] {
      #expect(bars.columns.open[0] == 4_300 && bars.columns.volume[0] == 1_200)
      let days = [bars.columns.tradingDays.first, bars.columns.tradingDays.last]
      #expect(days == [18_631, 18_632])
    }
  }

  @Test func anUnknownMappingIsAnsweredWithTheKnownOnes() {
    let failure = #expect(throws: Failure.self) { try MappingFile.read("akshar", in: home) }
    #expect(failure?.problems == [#"there is no mapping "akshar" (did you mean "akshare"?)"#])
  }

  @Test(
    arguments: [
      ("{exchange}.{code}.{code}_{any}", "SHFE.rb.2105_m1", "rb2105"),
      ("{code}", "rb2105", "rb2105"), ("{code}-{any}", "rb2105-1m-2021", "rb2105"),
      ("x{code}", "rb2105", nil), ("{any}_{code}", "rb2105", nil), ("x{code}", "x", nil),
    ] as [(String, String, String?)])
  func fileNamesTellSymbols(_ pattern: String, _ name: String, _ code: String?) {
    #expect(NamePattern(pattern).parts(of: name)?.code == code)
  }
}
