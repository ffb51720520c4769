public import Features
public import Market
import Numerics

extension FeatureMatrix {
  /// Columns made elsewhere, a value per bar; what is no finite number is absent.
  public init(names: [String], columns: [[Float]], of bars: [Bar]) {
    let values = columns.flatMap { column in
      precondition(column.count == bars.count, "a value per bar")
      return column.map { $0.isFinite ? $0 : .nan }
    }
    self.init(
      names: names,
      values: FloatMatrix(rows: bars.count, columns: names.count, values: values),
      instants: bars.map(\.closedAt), tradingDays: bars.map(\.tradingDay))
  }
}
