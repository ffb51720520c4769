internal import Bytes
public import Market

/// All out-of-sample forecasts of a walk with their outcomes and baselines, in the order of time.
public struct Evidence: Equatable, Sendable {
  public internal(set) var instants: [Instant] = []
  /// Whose each forecast is: the place of the instrument among the model's series.
  public internal(set) var instruments: [Int32] = []
  /// The fold each forecast comes from, counted from one.
  public internal(set) var folds: [Int32] = []
  public internal(set) var outcomes: [Double] = []
  /// Rows whose entry price could not be had in time: their outcome is nothing.
  public internal(set) var isMissed: [Bool] = []
  public internal(set) var forecasts: [Double] = []
  /// The last label known at the row's instant: the last-value baseline.
  public internal(set) var lastValues: [Double] = []
  /// The mean of all labels known at the row's instant.
  public internal(set) var expandingMeans: [Double] = []
  /// A panel's volatilities known at each row, whose negative is a baseline; else empty.
  public internal(set) var volatilities: [Double] = []
  /// Bars that a label spans, for tests that must know how outcomes overlap.
  public let horizonBars: Int

  public var count: Int { outcomes.count }

  public init(horizonBars: Int) {
    precondition(horizonBars > 0, "a horizon is at least one bar")
    self.horizonBars = horizonBars
  }

  /// Whether it is of many instruments, whose forecasts can be compared at each instant.
  public var isPanel: Bool { instruments.contains { $0 != 0 } }

  /// The forecasts of one fold.
  public func fold(_ number: Int) -> Evidence {
    part(folds.indices.filter { folds[$0] == Int32(number) })
  }

  /// Some of the rows, in the order named.
  public func part(_ rows: [Int]) -> Evidence {
    var part = Evidence(horizonBars: horizonBars)
    part.instants = rows.map { instants[$0] }
    part.instruments = rows.map { instruments[$0] }
    part.folds = rows.map { folds[$0] }
    part.outcomes = rows.map { outcomes[$0] }
    part.isMissed = rows.map { isMissed[$0] }
    part.forecasts = rows.map { forecasts[$0] }
    part.lastValues = rows.map { lastValues[$0] }
    part.expandingMeans = rows.map { expandingMeans[$0] }
    if !volatilities.isEmpty { part.volatilities = rows.map { volatilities[$0] } }
    return part
  }

  /// The same rows with other forecasts, as the baselines are.
  public func with(forecasts: [Double]) -> Evidence {
    precondition(forecasts.count == count, "a forecast per row")
    var other = self
    other.forecasts = forecasts
    return other
  }

  /// The forecast of no return.
  public var zero: Evidence { with(forecasts: [Double](repeating: 0, count: count)) }

  /// The last label known repeated.
  public var lastValue: Evidence { with(forecasts: lastValues) }

  /// The calmer the better: in a panel it ranks well where nothing can be expected of anyone, since wild
  /// shares fall more often than they rise. `nil` for one series.
  public var minusVolatility: Evidence? {
    volatilities.isEmpty ? nil : with(forecasts: volatilities.map { -$0 })
  }
}

extension Evidence {
  private static let form: UInt16 = 3
  /// Without instruments: all of one series.
  private static let formOfOne: UInt16 = 2

  public func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 48 * count + 64)
    writer.uint16(Evidence.form)
    writer.int32(Int32(horizonBars))
    writer.int64s(instants.map(\.nanoseconds))
    writer.int32s(folds)
    for column in [outcomes, forecasts, lastValues, expandingMeans] { writer.doubles(column) }
    writer.int32s(isMissed.indices.filter { isMissed[$0] }.map { Int32($0) })
    writer.int32s(isPanel ? instruments : [])
    writer.doubles(volatilities)
    return writer.bytes
  }

  public init(decoding bytes: [UInt8]) throws(TrainingError) {
    var reader = ByteReader(bytes)
    do throws(BytesError) {
      let form = try reader.uint16("the form of evidence")
      let horizon = try reader.int32("a horizon")
      guard Evidence.formOfOne...Evidence.form ~= form, horizon > 0 else {
        throw .malformed(offset: 0, expected: "evidence of form \(Evidence.form)")
      }
      self.init(horizonBars: Int(horizon))
      instants = try reader.int64s("instants").map { Instant(nanoseconds: $0) }
      folds = try reader.int32s("folds")
      outcomes = try reader.doubles("outcomes")
      forecasts = try reader.doubles("forecasts")
      lastValues = try reader.doubles("last values")
      expandingMeans = try reader.doubles("means")
      isMissed = [Bool](repeating: false, count: outcomes.count)
      for row in try reader.int32s("missed rows") {
        guard isMissed.indices ~= Int(row) else {
          throw .malformed(offset: 0, expected: "missed rows among the \(outcomes.count)")
        }
        isMissed[Int(row)] = true
      }
      if form == Evidence.form {
        instruments = try reader.int32s("instruments")
        volatilities = try reader.doubles("volatilities")
      }
      if instruments.isEmpty { instruments = [Int32](repeating: 0, count: outcomes.count) }
      try reader.finish()
    } catch {
      throw .damagedEvidence(error)
    }
    try check()
  }

  private func check() throws(TrainingError) {
    let counts = [
      instants.count, instruments.count, folds.count, forecasts.count, lastValues.count,
      expandingMeans.count, volatilities.isEmpty ? count : volatilities.count,
    ]
    guard counts.allSatisfy({ $0 == count }), instruments.allSatisfy({ $0 >= 0 }) else {
      throw .damagedEvidence(.malformed(offset: 0, expected: "columns of one length"))
    }
    let columns = [outcomes, forecasts, lastValues, expandingMeans, volatilities]
    guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw .damagedEvidence(.malformed(offset: 0, expected: "finite numbers"))
    }
  }
}
