import Testing

@testable import Numerics

/// Both machine codes, held against plain sums.
@Suite struct RecurrentTests {
  private static let codes = [RecurrentKernels.chosen, .portable]

  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = Xoshiro256(seed: seed)
    return (0..<count).map { _ in Float(generator.uniform(in: -1...1)) }
  }

  @Test func productsAreSums() {
    let (inner, blocks) = (13, 3)
    let (weights, values) = (numbers(4 * inner * blocks, seed: 1), numbers(16 * inner, seed: 2))
    for code in Self.codes {
      var out = [Float](repeating: 9, count: blocks * 96)
      code.tileProduct(weights, values, inner: inner, blocks: blocks, into: &out, pitch: 96)
      for block in 0..<blocks {
        for row in 0..<4 {
          for lane in 0..<16 {
            let sum = (0..<inner).reduce(0.0) {
              $0 + Double(weights[4 * (inner * block + $1) + row]) * Double(values[16 * $1 + lane])
            }
            #expect(abs(Double(out[96 * block + 16 * row + lane]) - sum) < 1e-5, "\(code.name)")
          }
        }
        #expect(out[96 * block + 64] == 9, "\(code.name) wrote beyond a block")
      }
    }
  }

  @Test(arguments: [8, 16, 24]) func outerProductsAreSums(columns: Int) {
    let rows = 8
    let (left, right) = (numbers(16 * rows, seed: 3), numbers(16 * columns, seed: 4))
    for code in Self.codes {
      var turned = [Float](repeating: 0, count: 16 * columns)
      code.tileTurn(right, rowCount: columns, into: &turned)
      for lane in 0..<16 {
        for row in 0..<columns { #expect(turned[lane * columns + row] == right[16 * row + lane]) }
      }
      var sum = [Float](repeating: 1, count: rows * columns)
      code.tileOuter(left, turned, rowCount: rows, columns: columns, addingTo: &sum)
      for row in 0..<rows {
        for column in 0..<columns {
          let expected = (0..<16).reduce(1.0) {
            $0 + Double(left[16 * row + $1]) * Double(right[16 * column + $1])
          }
          #expect(abs(Double(sum[row * columns + column]) - expected) < 1e-5, "\(code.name)")
        }
      }
    }
  }

  @Test func bentNumbersAreHyperbolicTangents() {
    let values = stride(from: Float(-12), to: 12, by: 0.0017).map { $0 } + [1e-6, -1e-6, 100, -100]
    let padded = values + [Float](repeating: 0, count: (8 - values.count % 8) % 8)
    for code in Self.codes {
      var out = padded
      code.bend(padded, into: &out, count: padded.count)
      for (value, found) in zip(padded, out) {
        #expect(abs(Double(found) - tanh(Double(value))) < 2.5e-7, "\(code.name) of \(value)")
      }
      var odd: [Float] = [.nan, .infinity, -.infinity, 0, 0, 0, 0, 0]
      code.bend(odd, into: &odd, count: 8)
      #expect(odd[0].isNaN && odd[1] == 1 && odd[2] == -1)
    }
  }

  @Test func masksDropTheShareAndComeAgain() {
    let ones = [Float](repeating: 1, count: 1 << 16)
    for code in Self.codes {
      var (first, again, other) = (ones, ones, ones)
      code.drop(ones, into: &first, count: ones.count, share: 0.2, key: 77)
      code.drop(ones, into: &again, count: ones.count, share: 0.2, key: 77)
      code.drop(ones, into: &other, count: ones.count, share: 0.2, key: 78)
      #expect(first == again && first != other)
      #expect(Set(first) == [0, 1.25])
      let dropped = Double(first.count { $0 == 0 }) / Double(ones.count)
      #expect(abs(dropped - 0.2) < 0.008, "\(dropped)")
      let both = Double(zip(first, other).count { $0 == 0 && $1 == 0 }) / Double(ones.count)
      #expect(abs(both - 0.04) < 0.005, "masks of two keys know nothing of each other: \(both)")
    }
    var (one, two) = (ones, ones)
    Self.codes[0].drop(ones, into: &one, count: ones.count, share: 0.5, key: 3)
    Self.codes[1].drop(ones, into: &two, count: ones.count, share: 0.5, key: 3)
    #expect(one == two, "chance is the same on every CPU")
  }
}
