internal import Features
public import Models
public import Numerics

/// Where the windows of a sample end: along each instrument's own rows, across lunch, night and holiday, but
/// never across a roll whose prices were not adjusted.
struct WindowChain {
  let length: Int
  /// The rows that windows show, one instrument after the other.
  fileprivate let shown: [Int32]
  /// By row, behind its place among the shown; 0 where no window ends.
  fileprivate let ends: [Int32]

  /// `columns` are those that must be whole.
  init(_ sample: Sample, columns: [Int], length: Int) {
    var (shown, ends) = ([Int32](), [Int32](repeating: 0, count: sample.features.rows))
    for chain in sample.timeline.chains {
      var (start, stretch) = (shown.count, Int32.min)
      for row in chain.map(Int.init) {
        if let own = sample.marks?.stretches[row], own != stretch {
          (start, stretch) = (shown.count, own)
        }
        guard sample.isSettled[row], sample.marks?.isShown[row] ?? true,
          columns.allSatisfy({ sample.features[row, $0].isFinite })
        else { continue }
        shown.append(Int32(row))
        if shown.count - start >= length { ends[row] = Int32(shown.count) }
      }
    }
    self.length = length
    self.shown = shown
    self.ends = ends
  }

  /// Whether a window ends at the row.
  func hasWindow(_ row: Int) -> Bool { ends[row] > 0 }

  /// The rows of the window that ends at a row, the oldest first.
  func rows(endingAt row: Int) -> ArraySlice<Int32> {
    let end = Int(ends[row])
    return shown[end - length..<end]
  }
}

extension Sample {
  func chain(_ lens: Lens, length: Int) -> WindowChain {
    WindowChain(self, columns: lens.columns, length: length)
  }

  /// The windows that end at the rows named, each of which has one, with their labels and what each counts.
  ///
  /// Every row that any of them shows is laid out once, scaled.
  func windows(
    _ rows: [Int], _ lens: Lens, _ chain: WindowChain, _ weighting: Weighting,
    labels values: [Double]? = nil
  ) -> WindowedRows {
    let ends = rows.map { Int(chain.ends[$0]) }
    let first = (ends.min() ?? chain.length) - chain.length
    let last = ends.max() ?? first
    let width = lens.columns.count
    var numbers = [Float](repeating: 0, count: (last - first) * width)
    var buffer = [Float](repeating: 0, count: width)
    for place in first..<last {
      features.copyRow(Int(chain.shown[place]), lens.columns, into: &buffer)
      lens.scaler.apply(to: &buffer)
      for column in 0..<width { numbers[(place - first) * width + column] = buffer[column] }
    }
    return WindowedRows(
      numbers, features: width, window: chain.length, ends: ends.map { $0 - first },
      labels: values ?? labelValues(rows),
      weights: weighting.weights(of: rows, labels, on: timeline, days: features.tradingDays))
  }

  /// What a model was shown at the latest rows it could learn from, not yet scaled: a row for each, a
  /// model's window one bar after the other.
  public func inputs(of trained: TrainedModel, latest count: Int) -> FloatMatrix {
    let (names, length) = (trained.recipe.names, trained.model.windowBars)
    guard length > 1 else {
      return rows(Array(learnableRows.suffix(count)), features: names)
    }
    let columns = names.compactMap { features.names.firstIndex(of: $0) }
    let chain = WindowChain(self, columns: columns, length: length)
    let ends = learnableRows.filter { chain.hasWindow($0) }.suffix(count)
    let windows = ends.map { end in
      chain.rows(endingAt: end).flatMap { row in columns.map { features[Int(row), $0] } }
    }
    return FloatMatrix(
      rows: windows.count, columns: length * columns.count,
      values: (0..<length * columns.count).flatMap { place in windows.map { $0[place] } })
  }
}
