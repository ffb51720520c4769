import Bytes
import Console
import Market
import Training
import Workbench

/// How a trial went, as it is kept.
struct TrialResult: Equatable {
  /// What the search is told; `nil` where the trial failed.
  let value: Double?
  /// Why it failed; empty where it did not.
  let reason: String
  let figures: [Figure]
  /// What was traded for the goal.
  let returns: TradedDays
  /// The strategy of signs, whose returns the ledger keeps.
  let signs: TradedDays
  /// The hash of its evidence.
  let evidence: Digest?

  struct Figure: Equatable {
    let name: String
    let value: Double
  }

  init(
    value: Double?, figures: [Figure], returns: TradedDays, signs: TradedDays, evidence: Digest,
    reason: String = ""
  ) {
    self.value = value
    self.reason = value == nil && reason.isEmpty ? "the goal has no value" : reason
    self.figures = figures
    self.returns = returns
    self.signs = signs
    self.evidence = evidence
  }

  init(failed reason: String) {
    value = nil
    self.reason = reason
    figures = []
    returns = TradedDays(days: [], values: [])
    signs = returns
    evidence = nil
  }

  func figure(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
}

extension TrialResult {
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 1_024)
    writer.bool(value != nil)
    writer.double(value ?? 0)
    writer.string(reason)
    writer.length(figures.count)
    for figure in figures {
      writer.string(figure.name)
      writer.double(figure.value)
    }
    for one in [returns, signs] {
      writer.int32s(one.days.map(\.days))
      writer.doubles(one.values)
    }
    writer.string(evidence?.hex ?? "")
    return writer.bytes
  }

  init(decoding bytes: [UInt8], _ place: String) throws(Failure) {
    do throws(BytesError) {
      var reader = ByteReader(bytes)
      let isGood = try reader.bool()
      let found = try reader.double()
      value = isGood ? found : nil
      reason = try reader.string()
      var figures: [Figure] = []
      for _ in 0..<(try reader.length("figures", elementSize: 12)) {
        figures.append(Figure(name: try reader.string(), value: try reader.double()))
      }
      self.figures = figures
      returns = try Self.traded(&reader)
      signs = try Self.traded(&reader)
      evidence = Digest(hex: try reader.string())
      try reader.finish()
    } catch {
      throw Failure(.data, "\(place): not a trial's result: \(error)")
    }
  }

  private static func traded(_ reader: inout ByteReader) throws(BytesError) -> TradedDays {
    let days = try reader.int32s("days").map { TradingDay(days: $0) }
    let values = try reader.doubles("returns")
    guard days.count == values.count else {
      throw .malformed(offset: reader.offset, expected: "a return for each day")
    }
    return TradedDays(days: days, values: values)
  }
}
