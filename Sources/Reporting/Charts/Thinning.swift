/// Fewer points with the same picture: of every column the first, the lowest, the highest and the last stay.
enum Thinning {
  /// Indices to draw, in order; all of them where they fit. A value that is no number breaks the line, and one
  /// such break per column is kept too.
  static func kept(_ values: [Double], columns: Int) -> [Int] {
    guard values.count > columns * 4, columns > 0 else { return Array(values.indices) }
    var kept: [Int] = []
    kept.reserveCapacity(columns * 5)
    for column in 0..<columns {
      let start = values.count * column / columns
      let end = values.count * (column + 1) / columns
      keep(values, start..<end, into: &kept)
    }
    return kept
  }

  private static func keep(_ values: [Double], _ range: Range<Int>, into kept: inout [Int]) {
    guard !range.isEmpty else { return }
    var lowest = range.lowerBound
    var highest = range.lowerBound
    var gap: Int?
    for index in range {
      guard values[index].isFinite else {
        gap = gap ?? index
        continue
      }
      if !(values[lowest] <= values[index]) { lowest = index }
      if !(values[highest] >= values[index]) { highest = index }
    }
    let chosen = [range.lowerBound, lowest, highest, range.upperBound - 1, gap ?? range.lowerBound]
    for index in chosen.sorted() where kept.last != index { kept.append(index) }
  }
}
