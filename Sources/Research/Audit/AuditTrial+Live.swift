import Features
import Market

extension AuditTrial {
  /// Bars by which a copy is followed.
  private static var followed: Int { 300 }

  /// Takes the bars one by one, as live; at each cut a copy goes ahead on its own for a while.
  func liveLeaks(_ recipe: Recipe, _ grid: Grid) -> [Leak] {
    var stream = Leaks(.stream, columns: whole.columns)
    var restore = Leaks(.restore, columns: whole.columns)
    var state = FeatureState(recipe, grid: grid)
    var start = 0
    for cut in cuts + [bars.count] {
      note(&state, start..<cut, from: start, into: &stream)
      var copy = state
      let end = min(cut + Self.followed, bars.count)
      note(&copy, cut..<end, from: cut, into: &restore)
      start = cut
    }
    return stream.found + restore.found
  }

  private func note(
    _ state: inout FeatureState, _ rows: Range<Int>, from cut: Int, into leaks: inout Leaks
  ) {
    guard !rows.isEmpty else { return }
    let live = Self.rows(&state, bars[rows])
    for column in 0..<whole.columns {
      var difference = self.difference(live, column, 0..<rows.count, shift: rows.lowerBound)
      difference.move(by: rows.lowerBound)
      leaks.note(difference, column: column, cut: cut)
    }
  }

  private static func rows(_ state: inout FeatureState, _ bars: ArraySlice<Bar>) -> FeatureMatrix {
    let names = state.recipe.names
    var row = [Float](repeating: 0, count: names.count)
    var columns = [[Float]](repeating: [], count: names.count)
    for bar in bars {
      _ = state.update(bar, into: &row)
      for column in row.indices { columns[column].append(row[column]) }
    }
    return FeatureMatrix(names: names, columns: columns, of: Array(bars))
  }
}
