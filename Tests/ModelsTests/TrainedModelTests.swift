import Bytes
import Features
import Numerics
import Testing

@testable import Models

@Suite struct TrainedModelTests {
  private func expectEqual(_ left: TrainedModel, _ right: TrainedModel) {
    #expect(left.recipe.name == right.recipe.name)
    #expect(left.recipe.canonicalText == right.recipe.canonicalText)
    #expect(left.scaler == right.scaler)
    #expect(left.label == right.label && left.interval == right.interval)
    #expect(left.symbols == right.symbols && left.model == right.model)
    #expect(left.residualDeviation == right.residualDeviation)
  }

  @Test func everyKindIsReadBackAsItWas() throws {
    let trees = try ensemble()
    let kinds: [Model?] = [nil, .zero, .lastValue(column: 2), .boosted(trees), .forest(trees)]
    for kind in kinds {
      let model = try trained(kind)
      let bytes = model.encoded()
      let copy = try TrainedModel(decoding: bytes)
      expectEqual(copy, model)
      #expect(copy.encoded() == bytes)
    }
  }

  /// Trees of the small recipe's four columns, one of them of categories.
  private func ensemble() throws -> TreeEnsemble {
    var growth = bareGrowth(leaves: 5, leastLeafRows: 5)
    growth.categories = [2]
    return try BoostParameters(growth: growth, rounds: 4).fit(lesson(200, 4, seed: 1)).ensemble
  }

  @Test func everyChangedByteBreaksTheSeal() throws {
    let bytes = try trained().encoded()
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      #expect(throws: ModelsError.brokenSeal, "byte \(place)") {
        try TrainedModel(decoding: damaged)
      }
    }
  }

  @Test func everyLengthButTheWholeIsRefused() throws {
    let bytes = try trained().encoded()
    for length in 0..<bytes.count {
      #expect(throws: ModelsError.self, "cut at \(length)") {
        try TrainedModel(decoding: Array(bytes.prefix(length)))
      }
    }
  }

  /// Sealed anew, a mutation reaches the reader behind the seal: an error, or a model whose own bytes
  /// say exactly what was read.
  @Test func resealedMutationsNeverTrap() throws {
    try mutate(trained(), seeds: 1...4_000)
    try mutate(trained(.boosted(ensemble())), seeds: 1...20_000)
  }

  private func mutate(_ model: TrainedModel, seeds: ClosedRange<UInt64>) throws {
    let body = Array(model.encoded().dropLast(32))
    var readable = 0
    for seed in seeds {
      var generator = Xoshiro256(seed: seed)
      var damaged = body
      for _ in 0...generator.int(below: 3) {
        let place = generator.int(below: damaged.count)
        switch generator.int(below: 4) {
        case 0: damaged[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: damaged[place] ^= 1 << UInt8(generator.int(below: 8))
        case 2:
          damaged.removeSubrange(place..<min(damaged.count, place + 1 + generator.int(below: 8)))
        default: damaged.insert(contentsOf: damaged.prefix(generator.int(below: 9)), at: place)
        }
        if damaged.isEmpty { damaged = [0] }
      }
      let sealed = damaged + Sha256.digest(damaged).bytes
      guard let model = try? TrainedModel(decoding: sealed) else { continue }
      readable += 1
      #expect(model.encoded() == sealed, "seed \(seed)")
      // Whatever was read can be asked, and answers.
      _ = model.model.predict([0.5, -1, 3, .nan])
    }
    #expect(readable > 0)
  }

  @Test func aLaterFormIsNamed() throws {
    var body = Array(try trained().encoded().dropLast(32))
    body[4] = 9
    #expect(throws: ModelsError.unknownForm(found: 9, known: 2)) {
      try TrainedModel(decoding: body + Sha256.digest(body).bytes)
    }
    body[4] = 2
    body[6] = 7
    #expect(throws: ModelsError.otherDialect(found: 7, known: Recipe.dialect)) {
      try TrainedModel(decoding: body + Sha256.digest(body).bytes)
    }
  }

  @Test func aProbeTellsModelsApart() throws {
    let model = try trained()
    let probe = Probe(model, rows: normals(7, 4, seed: 3))
    #expect(probe.difference(from: model) == nil)
    #expect(try Probe(decoding: probe.encoded()) == probe)
    #expect(probe.difference(from: try trained(.zero)) != nil)
    let bytes = probe.encoded()
    for length in 0..<bytes.count {
      #expect(throws: ModelsError.self) { try Probe(decoding: Array(bytes.prefix(length))) }
    }
  }
}
