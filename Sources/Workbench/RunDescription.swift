public import Bytes
public import Console
public import Market
import ModelStore
import Trading

/// What a run says about itself at the head of its journal: enough to rebuild its desk and to know its bars.
public struct RunDescription: Hashable, Sendable {
  public let symbols: [Symbol]
  public let grids: [Grid]
  /// The fingerprint of each series' bars, and of the facts of its days where there are some.
  public let data: [Digest]
  /// Where each series' bars came from, in words.
  public let sources: [String]
  /// The content hash of the version it trades by; `nil` for strategies that look at bars alone.
  public let version: Digest?
  /// The first trading day it trades.
  public let from: TradingDay?
  /// All settings, a line each.
  public let settingsText: String

  private static let form: UInt16 = 1

  public init(
    _ work: WorkSettings, _ series: [LoadedSeries], version: Digest?, from: TradingDay?
  ) {
    symbols = series.map(\.symbol)
    grids = series.map(\.grid)
    data = series.map(\.content)
    sources = series.map(\.source)
    self.version = version
    self.from = from
    settingsText = work.settingsText
  }

  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.uint16(Self.form)
    writer.length(symbols.count)
    for index in symbols.indices {
      writer.string(symbols[index].description)
      writer.uint8(grids[index].decimals)
      writer.run(data[index].bytes)
      writer.string(sources[index])
    }
    writer.run(version?.bytes ?? [])
    writer.int32(from?.days ?? .min)
    writer.string(settingsText)
    return writer.bytes
  }

  public init(decoding bytes: [UInt8], path: String) throws(Failure) {
    var reader = ByteReader(bytes)
    do throws(BytesError) {
      guard try reader.uint16("a description") == Self.form else {
        throw .malformed(offset: 0, expected: "a description of form \(Self.form)")
      }
      var (symbols, grids, data): ([Symbol], [Grid], [Digest]) = ([], [], [])
      var sources: [String] = []
      for _ in 0..<(try reader.length("symbols", elementSize: 8, limit: 10_000)) {
        let start = reader.offset
        let symbol = Symbol(try reader.string("a symbol", limit: 64))
        let decimals = try reader.uint8("decimals")
        let digest = Digest(bytes: try reader.run("a fingerprint", limit: 32))
        guard let symbol, let digest, decimals <= Grid.most else {
          throw .malformed(offset: start, expected: "a series")
        }
        symbols.append(symbol)
        grids.append(Grid(decimals: decimals))
        data.append(digest)
        sources.append(try reader.string("a source", limit: 1_024))
      }
      (self.symbols, self.grids, self.data, self.sources) = (symbols, grids, data, sources)
      version = Digest(bytes: try reader.run("a version", limit: 32))
      let days = try reader.int32("a day")
      from = days == .min ? nil : TradingDay(days: days)
      settingsText = try reader.string("settings", limit: 1 << 20)
      try reader.finish()
    } catch {
      throw Failure(.data, "\(path): its description cannot be read: \(error)")
    }
  }

  /// What two descriptions differ in, a line each, the other one's value first; empty where the runs are the same.
  public func differences(from other: RunDescription) -> [String] {
    func told(_ what: String, _ theirs: String, _ ours: String) -> String? {
      theirs == ours ? nil : "\(what): \(theirs) there, \(ours) now"
    }
    let texts = { (run: RunDescription) in run.symbols.map(\.description).joined(separator: ", ") }
    var lines = [
      told("series", texts(other), texts(self)),
      told(
        "model version", other.version.map { "\($0.hex.prefix(12))" } ?? "none",
        version.map { "\($0.hex.prefix(12))" } ?? "none"),
      told("first day", other.from.map { "\($0)" } ?? "none", from.map { "\($0)" } ?? "none"),
    ]
    if texts(other) == texts(self) {
      for index in symbols.indices where other.data[index] != data[index] {
        lines.append("bars of \(symbols[index]): others than then")
      }
      for index in symbols.indices {
        lines.append(
          told("source of \(symbols[index])", other.sources[index], sources[index]))
      }
    }
    let earlier = Dictionary(other.settingLines) { first, _ in first }
    for (key, value) in settingLines {
      lines.append(told(key, earlier[key] ?? "none", value))
    }
    return lines.compactMap { $0 }
  }

  /// The settings with their values, in the order of the schema.
  var settingLines: [(String, String)] {
    settingsText.split(separator: "\n").compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (
        String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })
      )
    }
  }

  /// The desk the run began with, rebuilt from its own settings and nobody else's.
  func desk(_ path: String) throws(Failure) -> Desk {
    let overrides = settingLines.map { key, value in
      Override(key: key, text: value, origin: .flag(name: path))
    }
    do {
      let settings = try Settings.resolve(.work, overrides: overrides)
      return try WorkSettings(home: Home(folder: "."), settings: settings)
        .desk(instruments: symbols.count)
    } catch let error as SettingsError {
      throw Failure(.data, error.problems.map(\.message))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.data, "\(path): \(error)")
    }
  }
}
