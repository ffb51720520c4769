internal import Numerics

/// How a leaf would best be parted.
struct Split {
  /// In the cells' units squared; nothing is worth doing at 0.
  var gain = 0.0
  var feature = -1
  /// The codes 1...cut go left; 0 where `set` says it.
  var cut = 0
  var isMissingLeft = false
  /// The categories' codes that go left, a bit each.
  var set = SIMD4<UInt64>(repeating: 0)
  /// What goes left: sum and count, and weight where rows have any.
  var left: Int64 = 0
  var leftWeight: Int64 = 0

  var isFound: Bool { feature >= 0 }

  /// A flag for each code that goes left.
  func fill(_ flags: UnsafeMutablePointer<UInt8>) {
    for code in 0..<Histogram.codesPerFeature {
      let goes = cut > 0 ? (1...cut).contains(code) : set[code >> 6] >> UInt64(code & 63) & 1 == 1
      flags[code] = code == 0 ? (isMissingLeft ? 1 : 0) : goes ? 1 : 0
    }
  }
}

/// A part of the rows that may be split, and how.
struct Leaf {
  /// Its rows' places in the grower's order.
  var start: Int
  var count: Int
  /// Sum and count, packed as a cell is.
  var total: Int64
  /// The rows' weight in quantised units; their number where they have none.
  var weight: Int64
  var node: Int
  var depth: Int
  /// Where its histogram lies; `nil` if it was not kept.
  var slot: Int?
  /// What its value may be, given the directions that features are bound to.
  var low = -Double.infinity
  var high = Double.infinity
  var best = Split()
}
