internal import Numerics

/// How the values of one feature become codes: 0 for absent, from 1 on in the order of the values.
struct FeatureBins: Equatable {
  /// Code c holds the values above `cuts[c − 2]` up to and including `cuts[c − 1]`; empty for categories.
  let cuts: [Float]
  /// The category of code c is `categories[c − 1]`, the commoner ones first; empty for numbers.
  let categories: [Float]
  let isCategory: Bool

  /// How many codes are in use, that of the absent included.
  var codes: Int { isCategory ? categories.count + 1 : cuts.count + 2 }

  /// The threshold on raw values that parts codes up to `cut` from those above: exactly the training's
  /// parting. Above the last code nothing is left but the absent.
  func threshold(_ cut: Int) -> Float { cut - 1 < cuts.count ? cuts[cut - 1] : .infinity }

  func code(_ value: Float) -> UInt8 {
    if value.isNaN { return 0 }
    if isCategory { return UInt8((categories.firstIndex(of: value) ?? -1) + 1) }
    return UInt8(cuts.count { $0 < value } + 1)
  }

  /// Writes the codes of a column.
  func encode(_ column: UnsafeBufferPointer<Float>, into codes: UnsafeMutablePointer<UInt8>) {
    if isCategory {
      for row in column.indices { codes[row] = code(column[row]) }
    } else if let values = column.baseAddress {
      Coding.encode(values, count: column.count, cuts: cuts, into: codes)
    }
  }
}

extension FeatureBins {
  /// So many rows are sorted to find quantiles; more would not move a cut by much.
  static let sampleRows = 100_000

  /// Cuts a column of numbers at quantiles of its weights, or between all of its values if they are few.
  init(
    numbers column: UnsafeBufferPointer<Float>, weights: [Double]?, most: Int,
    _ room: inout DistinctValues
  ) {
    let sample = min(column.count, Self.sampleRows)
    isCategory = false
    categories = []
    if weights != nil {
      let places = (0..<sample).map { $0 * column.count / sample }
      let values = Self.distinct(column, places, weights)
      cuts = Self.cuts(column, values.count, most, sample) { values[$0] }
    } else {
      room.find(column, sample: sample)
      cuts = Self.cuts(column, room.count, most, sample) { place in
        let (value, rows) = room[place]
        return (value, Double(rows))
      }
    }
  }

  /// The cuts of a column whose sample holds `count` different values.
  private static func cuts(
    _ column: UnsafeBufferPointer<Float>, _ count: Int, _ most: Int, _ sample: Int,
    _ value: (Int) -> Weighted
  ) -> [Float] {
    guard count <= most else { return quantiles(count, most, value) }
    let sampled = (0..<count).map { value($0).value }
    return between(sample < column.count ? few(column, most: most, or: sampled) : sampled)
  }

  /// Gives the commonest categories a code each; rarer ones count as absent.
  init(categories column: UnsafeBufferPointer<Float>, most: Int) {
    let values = Self.distinct(column, Array(column.indices), nil)
    isCategory = true
    cuts = []
    categories = values.enumerated()
      .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .prefix(most).map(\.element.value)
  }

  private typealias Weighted = (value: Float, weight: Double)

  /// The different values among the places in ascending order, with what they weigh together.
  private static func distinct(
    _ column: UnsafeBufferPointer<Float>, _ places: [Int], _ weights: [Double]?
  ) -> [Weighted] {
    let keys = RadixSort.sorted(
      places.lazy.filter { !column[$0].isNaN }.map {
        UInt64(RadixSort.key(column[$0])) << 32 | UInt64($0)
      })
    var values: [Weighted] = []
    for key in keys {
      let place = Int(key & 0xFFFF_FFFF)
      let weight = weights.map { $0[place] } ?? 1
      if values.last?.value == column[place] {
        values[values.count - 1].weight += weight
      } else {
        values.append((column[place], weight))
      }
    }
    return values
  }

  /// All different values of a column that a sample found few in, if they are few indeed.
  private static func few(
    _ column: UnsafeBufferPointer<Float>, most: Int, or sampled: [Float]
  ) -> [Float] {
    guard let start = column.baseAddress else { return sampled }
    var (values, row) = (sampled, 0)
    while let found = Coding.firstUnknown(start, in: row..<column.count, known: values) {
      guard values.count < most else { return sampled }
      values.insert(column[found], at: values.firstIndex { $0 > column[found] } ?? values.count)
      row = found + 1
    }
    return values
  }

  private static func between(_ values: [Float]) -> [Float] {
    zip(values, values.dropFirst()).map { middle($0, $1) }
  }

  /// A cut that the lower value does not pass and the upper one does, even where they are neighbours.
  private static func middle(_ low: Float, _ high: Float) -> Float {
    let middle = Float((Double(low) + Double(high)) / 2)
    return middle < high ? middle : low
  }

  /// Codes of about equal weight; a value heavier than its share has a code of its own.
  @inline(__always)
  private static func quantiles(_ count: Int, _ most: Int, _ value: (Int) -> Weighted) -> [Float] {
    var (left, codes) = ((0..<count).reduce(0) { $0 + value($1).weight }, most)
    var (share, held) = (left / Double(codes), 0.0)
    var cuts: [Float] = []
    var this = value(0)
    for place in 1..<count where cuts.count < most - 1 {
      let next = value(place)
      held += this.weight
      if held >= share || (next.weight >= share && held > 0.5 * share) {
        cuts.append(middle(this.value, next.value))
        left -= held
        codes -= 1
        share = left / Double(max(1, codes))
        held = 0
      }
      this = next
    }
    return cuts
  }
}

/// Sorting by digits: three passes over the upper half of each key, whatever the order was.
enum RadixSort {
  /// Bits that order like the numbers; −0 and 0 are one.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }

  /// Sorts by the upper 32 bits; equal ones keep their order.
  static func sorted(_ keys: some Sequence<UInt64>) -> [UInt64] {
    var from = Array(keys)
    var to = [UInt64](repeating: 0, count: from.count)
    for shift in [32, 43, 54] as [UInt64] {
      var starts = [Int](repeating: 0, count: 2_049)
      for key in from { starts[Int(key >> shift & 2_047) + 1] += 1 }
      for digit in 1...2_048 { starts[digit] += starts[digit - 1] }
      for key in from {
        let digit = Int(key >> shift & 2_047)
        to[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&from, &to)
    }
    return from
  }
}
