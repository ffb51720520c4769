import Bytes
import Console
import Glibc
import Market
import Testing
import Workbench

/// The terms a run is told: what is known of an instrument and of the calendar wins over its product's rules.
@Suite struct DayTermsTests {
  static let own = """
    exchange: SSE
    instruments:
      "600519":
        status: [{from: 2026-06-01, value: special, source: mine}]
        previous_close: [{from: 2026-06-02, value: "10.00"}]
      "688001": {listed: 2019-07-22}
      "601138":
        listed: 2018-06-08
        status: [{from: 2020-03-02, until: 2020-03-06, value: suspended}, {from: 2026-01-05, value: delisting}]
        delisted: 2026-02-27
    """

  /// A home with the shipped rules and a file of the user's, made once.
  static let home = Result { try makeHome() }

  private static func makeHome() throws -> Home {
    var name = Array("/tmp/auspex-terms-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&name).map { String(cString: $0) })
    let shipped = try Home.find()
    for below in ["config/markets", "config/markets/calendars"] {
      for path in shipped.yamlFiles(in: below) {
        let file = try #require(path.split(separator: "/").last)
        try writeFile(FileRead.bytes(path), to: "\(folder)/\(below)/\(file)")
      }
    }
    try writeFile(Array(own.utf8), to: folder + "/config/markets/local/mine.yaml")
    return Home(folder: folder)
  }

  static func terms(_ texts: [String]) throws -> (Int, String, Int64?) throws -> InstrumentDay {
    let symbols = "[" + texts.joined(separator: ", ") + "]"
    let work = try WorkSettings.shipped(
      home.get(), changing: [Override(key: "data.symbols", text: symbols, origin: .shipped)])
    let series = work.symbols.map {
      LoadedSeries(
        symbol: $0, grid: Grid(decimals: 2), fingerprint: Sha256.digest(""), source: "", bars: [])
    }
    let terms = try work.terms(series)
    return { index, day, reference in
      try terms(
        InstrumentIndex(index), try #require(TradingDay(day)), reference.map { Price(units: $0) })
    }
  }

  @Test func aStockUnderSpecialTreatmentHasItsOwnLimits() throws {
    let terms = try Self.terms(["600519.SSE"])
    let limits = { (day: String) throws -> [Int64?] in
      let day = try terms(0, day, 2_000)
      return [day.lowest?.units, day.highest?.units]
    }
    #expect(try limits("2026-05-29") == [1_800, 2_200])
    #expect(try limits("2026-06-01") == [1_900, 2_100])
    #expect(try limits("2026-06-02") == [950, 1_050], "from the price told of the day")
    #expect(try limits("2026-06-03") == [1_900, 2_100])
    #expect(try limits("2026-07-06") == [1_800, 2_200], "ST has the usual limit by then")
  }

  @Test func aNewListingIsFreeAndAnUnlistedOneIsNotEntered() throws {
    let terms = try Self.terms(["688001.SSE", "601138.SSE"])
    #expect(try terms(0, "2019-07-22", 2_000).highest == nil)
    #expect(try terms(0, "2019-07-26", 2_000).highest == nil, "the fifth day")
    #expect(try terms(0, "2019-07-29", 2_000).highest == Price(units: 2_400))
    #expect(try terms(1, "2018-06-07", 1_377).stop == .listing(.notYet))
    #expect(try terms(1, "2018-06-08", 1_377).highest == Price(units: 1_983))
    #expect(try terms(1, "2018-06-11", 1_377).highest == Price(units: 1_515))
    #expect(try terms(1, "2018-06-11", 1_377).stop == nil)
    #expect(try terms(1, "2020-03-06", 1_377).stop == .listing(.suspended))
    #expect(try terms(1, "2020-03-09", 1_377).stop == nil)
    #expect(try terms(1, "2026-01-05", 1_377).stop == .listing(.delisting))
    #expect(try terms(1, "2026-03-02", 1_377).stop == .listing(.delisted))
  }

  @Test func anInstrumentHasItsOwnLot() throws {
    let terms = try Self.terms(["00005.HKEX", "00700.HKEX"])
    #expect(try terms(0, "2024-03-01", 6_000).lotSize == 400)
    #expect(try terms(1, "2024-03-01", 30_000).lotSize == 100)
  }

  @Test func aContractNearItsEndIsLeft() throws {
    let terms = try Self.terms(["rb2005.SHFE"])
    let told = { (day: String) throws -> (Int64?, OpeningStop?) in
      let day = try terms(0, day, 350_000)
      return (day.contract?.deliveryLots, day.stop)
    }
    #expect(try told("2020-04-30") == (1, nil))
    #expect(try told("2020-05-06") == (30, nil))
    let leave = OpeningStop.delivery(leaveBy: TradingDay(year: 2020, month: 5, day: 12))
    #expect(try told("2020-05-11") == (30, nil))
    #expect(try told("2020-05-12") == (30, leave))
    #expect(try told("2020-05-15") == (30, leave))
    #expect(try told("2020-05-18").1 == .listing(.delisted))
  }

  @Test func contractsOfOneProductAreCountedTogether() throws {
    let terms = try Self.terms(["hc2010.SHFE", "rb2010.SHFE", "rb2101.SHFE", "600519.SSE"])
    let days = try (0..<4).map { try terms($0, "2020-06-01", 350_000) }
    #expect(days.map(\.product.value) == [0, 1, 1, 3])
    #expect(days.map(\.paysLargerSide) == [true, true, true, false])
    let index = try Self.terms(["IF1510.CFFEX"])
    let openings = try index(0, "2015-09-08", 300_000).contract?.openings
    #expect(openings == OpeningLimit(lots: 10, scope: .product))
  }

  @Test func aDayPastTheCalendarIsLaidOutAndClosedToOpenings() throws {
    let terms = try Self.terms(["rb2705.SHFE", "600519.SSE"])
    let end = TradingDay(year: 2026, month: 12, day: 31)
    for index in 0...1 {
      #expect(try terms(index, "2026-12-31", 350_000).stop == nil)
      let day = try terms(index, "2027-01-04", 350_000)
      #expect(day.stop == .calendar(knownUntil: end) && day.isSound)
    }
  }
}

/// The bytes of a small file.
private enum FileRead {
  static func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    return bytes
  }
}
