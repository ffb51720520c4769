import Bytes
import Market
import Numerics
import Testing

@testable import Archive

@Suite struct ChunkTests {
  func roundTrip(_ values: [Int64]) -> (ColumnCode, [Int64]) {
    values.withUnsafeBufferPointer { buffer in
      let code = ColumnCode(buffer)
      var bytes: [UInt8] = []
      code.encode(buffer, to: &bytes)
      var back = [Int64](repeating: 1, count: values.count)
      bytes.append(0)
      bytes.withUnsafeBytes { raw in
        back.withUnsafeMutableBufferPointer { target in
          if let start = raw.baseAddress, let into = target.baseAddress {
            code.decode(start, count: values.count, into: into)
          }
        }
      }
      return (code, back)
    }
  }

  @Test func aColumnTakesTheBytesItNeeds() {
    let (minutes, _) = roundTrip(
      (0..<4_096).map { 1_600_000_000_000_000_000 + $0 * 60_000_000_000 })
    #expect(minutes.width == 2 && minutes.step == 60_000_000_000)
    #expect(roundTrip([7, 7, 7]).0.width == 0)
    #expect(roundTrip([3_500, 3_505, 3_490]).0 == ColumnCode(base: 3_490, step: 5, width: 1))
  }

  @Test func extremesSurvive() {
    for values in [
      [.min, .max], [.max, .min, 0], [.min], [-1, 0, 1], [0, 6, 4], [.min, 0], [5, 5, 8],
    ] as [[Int64]] {
      #expect(roundTrip(values).1 == values)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func anyColumnSurvives(_ seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    let bits = UInt64(generator.int(below: 64))
    let step = Int64(1 + generator.int(below: 1_000))
    let values = (0..<(1 + generator.int(below: 300))).map { _ in
      Int64(bitPattern: generator.next() >> bits) &* step
    }
    #expect(roundTrip(values).1 == values, "seed \(seed)")
  }

  @Test func aChunkSurvives() {
    let bars = Sample.bars(days: 3)
    var encoder = ChunkEncoder()
    var table = ChunkTable()
    for rows in [0..<500, 500..<501, 501..<bars.count] {
      let chunk = encoder.encode(bars, rows)
      #expect(chunk.withUnsafeBytes { table.add($0) })
    }
    #expect(table.columns() == bars)
  }

  /// The bytes are part of the format: a change of them needs a new version of it.
  @Test func theBytesNeverChange() {
    var encoder = ChunkEncoder()
    let bars = Sample.bars(days: 3)
    let chunk = encoder.encode(bars, 0..<bars.count)
    #expect(
      Sha256.digest(chunk).hex
        == "7647f3f626e9060add18422730336d8416868e05c1037c26559efb1beea3f592")
  }

  @Test func nonsenseIsNoChunk() {
    let bars = Sample.bars(days: 1)
    var encoder = ChunkEncoder()
    let chunk = encoder.encode(bars, 0..<bars.count)
    for cut in [0, 1, 3, 4, ChunkEncoder.headerBytes(.bars) - 1, chunk.count - 1] {
      var table = ChunkTable()
      #expect(!chunk[..<cut].withUnsafeBytes { table.add($0) }, "\(cut) bytes")
    }
    var generator = Xoshiro256(seed: 5)
    for _ in 0..<2_000 {
      var damaged = chunk
      damaged[generator.int(below: ChunkEncoder.headerBytes(.bars))] = UInt8(
        generator.int(below: 256))
      var table = ChunkTable()
      if damaged.withUnsafeBytes({ table.add($0) }) {
        #expect(table.columns().count == bars.count)
      }
    }
  }

  @Test func bucketsPartTheDays() {
    for interval in BarInterval.allCases {
      let bucket = Bucket(interval)
      for day in -20_000..<20_000 as Range<Int32> {
        let start = bucket.start(day)
        #expect(start <= day && day < start + bucket.days && bucket.start(start) == start)
      }
    }
    #expect(TradingDay(days: Bucket(.minute).start(Sample.monday.days)).weekday == 0)
  }
}
