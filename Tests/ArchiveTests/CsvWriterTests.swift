import Market
import Testing

@testable import Archive

@Suite struct CsvWriterTests {
  let scratch = Scratch()

  @Test(arguments: [Stamp.start, .end])
  func whatIsExportedIsImportedAlike(_ stamp: Stamp) throws {
    let store = try BarStore(path: scratch.store)
    var bars = Sample.bars(days: 20)
    bars.scalePrices(by: 100)
    bars.high = bars.high.map { $0 + 1 }
    bars.turnover = bars.turnover.enumerated().map { $0.element + Double($0.offset % 8) * 0.1 }
    bars.turnover[0] = 1e-7
    bars.turnover[1] = 1.5e17
    let series = Series(
      key: Sample.key, grid: Grid(decimals: 2), calendar: "shfe", source: "csv")
    _ = try store.write(bars, to: series)
    let loaded = try store.load(Sample.key)
    let path = scratch.folder + "/out.csv"
    try loaded.writeCsv(to: path, stamp: stamp, zone: .shanghai)
    let other = try BarStore(path: scratch.folder + "/other.db")
    var form = CsvForm(interval: .minute, stamp: stamp, zone: .shanghai)
    form.tolerance = .zero
    let report = try other.importCsv(path, form) { _ in Sample.named(days: 20) }
    #expect(report.rows == bars.count)
    #expect(try other.load(Sample.key) == loaded)
  }

  @Test func theTextIsPlain() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(Sample.bars(days: 1).rows(0..<1), to: Sample.series)
    let path = scratch.folder + "/out.csv"
    let loaded = try store.load(Sample.key)
    try loaded.writeCsv(to: path, zone: .shanghai)
    let lines = String(decoding: scratch.read(path), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0] + "\n" == CsvWriter.header)
    #expect(lines[1].hasPrefix("rb2105.SHFE,2021-01-04 09:01:00,\(loaded.columns.open[0]),"))
  }

  @Test func aFolderThatIsMissingIsNamed() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(Sample.bars(days: 1), to: Sample.series)
    let loaded = try store.load(Sample.key)
    #expect(throws: ArchiveError.self) {
      try loaded.writeCsv(to: scratch.folder + "/no/out.csv", zone: .shanghai)
    }
  }
}
