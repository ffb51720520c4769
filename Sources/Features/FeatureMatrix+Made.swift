public import Market
public import Numerics

extension FeatureMatrix {
  /// Features made elsewhere: a column per name, a row per instant.
  public init(
    names: [String], values: FloatMatrix, instants: [Instant], tradingDays: [TradingDay]
  ) {
    precondition(names.count == values.columns, "a name per column")
    precondition(
      instants.count == values.rows && tradingDays.count == values.rows, "an instant per row")
    self.names = names
    self.values = values
    self.instants = instants
    self.tradingDays = tradingDays
    isWhole = (0..<values.rows).map { row in
      (0..<values.columns).allSatisfy { values[row, $0].isFinite }
    }
    absences = (0..<values.columns).map { column in
      (0..<values.rows).count { !values[$0, column].isFinite }
    }
  }
}
