public import Models
import Numerics

/// Stored models with bytes changed at random: each must be refused with an error, or forecast as an
/// independent reading of the same bytes does, and never ask for much more memory than there are bytes.
public struct ModelFuzz {
  public private(set) var files = 0
  public private(set) var accepted = 0
  /// What went wrong, with the number of the file.
  public private(set) var disagreements: [String] = []
  /// The largest piece of memory asked for at once, as a share of the file.
  public private(set) var largestShare = 0.0

  private static let columns = 5
  private let originals: [[UInt8]]
  private let rows: [[Float]]
  private var generator: Xoshiro256

  /// Pieces up to here are no measure of anything.
  private static let smallPiece = 4_096

  public init(seed: UInt64) throws(ModelsError) {
    var random = Xoshiro256(seed: seed)
    var values = FloatMatrix(rows: 240, columns: Self.columns)
    for place in values.values.indices {
      values.values[place] = Float((random.normal() * 4).rounded() / 4)
    }
    let labels = (0..<240).map { Double(values[$0, 0] * values[$0, 1]) + random.normal() }
    let training = try LabelledRows(values, labels)
    var growth = GrowthParameters()
    growth.leaves = 8
    growth.leastLeafRows = 5
    let boosted = ModelParameters.boosted(try BoostParameters(growth: growth, rounds: 6, rate: 0.3))
    growth.leaves = 100
    growth.categories = [0]
    let forest = ModelParameters.forest(try ForestParameters(growth: growth, trees: 2))
    let sampled = ModelParameters.forest(
      try ForestParameters(growth: growth, trees: 3, keepsLabels: true))
    let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
    let members = [ridge, boosted, forest]
    let kinds: [ModelParameters] = [
      .zero, .lastValue(column: 2), ridge, boosted, forest, sampled,
      .committee(try CommitteeParameters(members, weights: [1, 2, 5])),
      .committee(try CommitteeParameters(members, joining: .ranks)),
    ]
    var originals: [[UInt8]] = []
    for kind in kinds { originals.append(try kind.fit(training).model.encoded()) }
    self.originals = originals
    generator = random
    rows = (0..<8).map { row in
      (0..<Self.columns).map { column in
        row == 7 || (row == 6 && column == 0) ? .nan : values[row * 20, column]
      }
    }
  }

  /// Changes and reads so many files; `meter` tells the largest piece of memory since it was last asked.
  public mutating func run(files count: Int, meter: () -> Int = { 0 }) {
    for _ in 0..<count where disagreements.count < 20 {
      let bytes = changed(originals[files % originals.count])
      files += 1
      _ = meter()
      let model = try? Model(decoding: bytes, columns: Self.columns)
      let largest = meter()
      if largest > Self.smallPiece {
        largestShare = max(largestShare, Double(largest) / Double(max(1, bytes.count)))
      }
      guard let model else { continue }
      accepted += 1
      guard let slow = SlowModel(bytes) else {
        disagreements.append("file \(files): read here, refused by the slow reader")
        continue
      }
      for row in rows {
        let (ours, theirs) = (model.predict(row), slow.forecast(row))
        guard ours.bitPattern == theirs.bitPattern || (ours.isNaN && theirs.isNaN) else {
          disagreements.append("file \(files): \(ours), the slow reader says \(theirs)")
          break
        }
        guard model.quantiles(row, [0, 1]) == slow.extremes(row) else {
          disagreements.append("file \(files): other labels than the slow reader")
          break
        }
      }
    }
  }

  /// Some bytes other than they were, a number turned into an extreme one, or a piece cut out or doubled.
  private mutating func changed(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    switch generator.int(below: 8) {
    case 0: bytes.removeLast(generator.int(below: bytes.count))
    case 1:
      let start = generator.int(below: bytes.count)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + generator.int(below: 16)))
    case 2:
      let start = generator.int(below: bytes.count)
      let end = min(bytes.count, start + 1 + generator.int(below: 64))
      bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 3:
      let extremes: [UInt32] = [0, 1, 0x7FFF_FFFF, 0x8000_0000, .max, 0x7F80_0000, 0x7FC0_0000]
      let number = extremes[generator.int(below: extremes.count)]
      let start = generator.int(below: bytes.count)
      for shift in 0..<4 where start + shift < bytes.count {
        bytes[start + shift] = UInt8(truncatingIfNeeded: number >> UInt32(8 * shift))
      }
    default:
      for _ in 0...generator.int(below: 3) {
        bytes[generator.int(below: bytes.count)] = UInt8(generator.int(below: 256))
      }
    }
    return bytes
  }
}
