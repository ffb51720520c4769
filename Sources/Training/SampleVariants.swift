internal import Features
internal import Market
internal import Numerics

/// Samples that are wrong on purpose, by which an audit learns what wrong looks like.
extension Sample {
  /// The outcomes dealt anew among each instrument's rows, in blocks, so that neighbours keep what they
  /// share: nothing is left to foretell.
  public func dealingLabels(blockBars: Int, seed: UInt64) -> Sample {
    var sources = Array(0..<features.rows)
    for chain in timeline.chains {
      let rows = chain.map { Int($0) }.filter {
        labels.isLabelled($0) && labels.values[$0].isFinite
      }
      let order = Self.dealt(rows.count, blockBars, seed)
      for (place, row) in rows.enumerated() { sources[row] = rows[order[place]] }
    }
    return variant(features, labels.dealt(sources))
  }

  /// 0 ..< count with its blocks in another order.
  private static func dealt(_ count: Int, _ block: Int, _ seed: UInt64) -> [Int] {
    let chunks = Chunks(total: count, size: max(1, block))
    var random = Xoshiro256(seed: seed)
    return random.permutation(chunks.count).flatMap { Array(chunks.range($0)) }
  }

  /// With further features, a value per row.
  public func adding(_ columns: [(name: String, values: [Float])]) -> Sample {
    variant(
      features.with(
        names: features.names + columns.map(\.name), columns: columns.map(\.values)), labels)
  }

  /// With the label itself among the features: whoever finds nothing now cannot see.
  public var withItsLabel: Sample {
    adding([("label", labels.values.map { $0.isFinite ? Float($0) : .nan })])
  }

  /// With so many features of pure noise.
  public func addingNoise(_ count: Int, seed: UInt64) -> Sample {
    var random = Xoshiro256(seed: seed)
    return adding(
      (1...count).map { number in
        ("noise \(number)", (0..<features.rows).map { _ in Float(random.normal()) })
      })
  }

  /// With one feature told a bar early, as a stamp gone wrong would tell it.
  public func hastening(_ column: Int) -> Sample {
    var early = [Float](repeating: .nan, count: features.rows)
    for chain in timeline.chains {
      for (row, next) in zip(chain, chain.dropFirst()) {
        early[Int(row)] = features[Int(next), column]
      }
    }
    return variant(features.replacing(column, by: early), labels)
  }

  private func variant(_ features: FeatureMatrix, _ labels: Labels) -> Sample {
    Sample(
      features, labels, on: timeline, volatilities: volatilities,
      among: usableRows.filter { features.isWhole[$0] })
  }
}

extension FeatureMatrix {
  fileprivate func with(names: [String], columns: [[Float]]) -> FeatureMatrix {
    FeatureMatrix(
      names: names,
      values: FloatMatrix(
        rows: rows, columns: names.count,
        values: Array(values.values) + columns.flatMap { $0 }),
      instants: instants, tradingDays: tradingDays)
  }

  fileprivate func replacing(_ column: Int, by values: [Float]) -> FeatureMatrix {
    var matrix = self.values
    for row in 0..<rows { matrix[row, column] = values[row] }
    return FeatureMatrix(
      names: names, values: matrix, instants: instants, tradingDays: tradingDays)
  }
}
