import Bytes
import Engine
import Fixtures
import Market
import Testing
import Trading

@Suite struct RecordCodecTests {
  private func bytes(_ record: Record) -> [UInt8] {
    var writer = ByteWriter()
    RecordCodec.write(record, to: &writer)
    return writer.bytes
  }

  @Test func everyShapeComesBackAsItWas() throws {
    for seed in UInt64(0)..<500 {
      var dice = Dice(seed: seed)
      for shape in 0..<AnyRecord.shapes {
        let record = AnyRecord.make(shape: shape, &dice)
        var reader = ByteReader(bytes(record))
        let back = try RecordCodec.read(&reader)
        #expect(back == record, "seed \(seed), shape \(shape)")
        #expect(reader.isAtEnd, "seed \(seed), shape \(shape)")
      }
    }
  }

  /// Version 2 had five risk rules; an order's size was by its lots or by its money.
  @Test func denialsOfOldRecordsKeepTheirRule() throws {
    let cases: [(UInt8, Int64, RiskRule)] = [
      (0, 3_700, .priceBand), (1, 12, .orderLots), (1, 9_999, .orderMoney), (2, 5, .dailyLoss),
      (3, 5, .position), (4, 5, .margin),
    ]
    for (number, measured, rule) in cases {
      var writer = ByteWriter()
      writer.uint8(4)
      writer.int64(77)
      writer.int32(1)
      for byte: UInt8 in [number, 0, 0] { writer.uint8(byte) }
      for word in [12, 3_600, measured, 4] { writer.int64(word) }
      var reader = ByteReader(writer.bytes)
      let record = try RecordCodec.read(&reader, version: 2)
      guard case .denial(let denial, _) = record else {
        Issue.record("not a denial: \(record)")
        continue
      }
      #expect(denial.rule == rule && denial.lots == 12 && denial.measured == measured)
      #expect(reader.isAtEnd)
    }
  }

  @Test func recordsFollowEachOtherWithoutAGap() throws {
    var dice = Dice(seed: 5)
    let records = (0..<200).map { AnyRecord.make(shape: $0 % AnyRecord.shapes, &dice) }
    var writer = ByteWriter()
    for record in records { RecordCodec.write(record, to: &writer) }
    var reader = ByteReader(writer.bytes)
    for record in records { #expect(try RecordCodec.read(&reader) == record) }
    #expect(reader.isAtEnd)
  }

  /// Rotten bytes are refused, or are the bytes of another record: nothing traps, nothing is half read.
  @Test func mutatedBytesAreRefusedOrMeanWhatTheySay() {
    var dice = Dice(seed: 11)
    var refused = 0
    for round in 0..<100_000 {
      let record = AnyRecord.make(shape: round % AnyRecord.shapes, &dice)
      let mutated = mutate(bytes(record), &dice)
      var reader = ByteReader(mutated)
      do throws(BytesError) {
        let read = try RecordCodec.read(&reader)
        #expect(bytes(read) == Array(mutated[..<reader.offset]), "round \(round)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 10_000 && refused < 90_000)
  }

  private func mutate(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    switch dice.roll(0...3) {
    case 0:
      bytes.removeLast(Int(dice.roll(0...Int64(bytes.count))))
    case 1:
      let start = Int(dice.roll(0...Int64(bytes.count - 1)))
      for index in start..<min(start + 8, bytes.count) {
        bytes[index] = UInt8.random(in: 0...255, using: &dice)
      }
    default:
      let index = Int(dice.roll(0...Int64(bytes.count - 1)))
      bytes[index] ^= 1 << UInt8(dice.roll(0...7))
    }
    return bytes
  }

  @Test func aRunHasOneDigestAndAnyChangeAnother() {
    var dice = Dice(seed: 3)
    var records = (0..<50).map { AnyRecord.make(shape: $0 % AnyRecord.shapes, &dice) }
    let digest = Record.digest(records)
    #expect(Record.digest(records) == digest)
    records.swapAt(10, 11)
    #expect(Record.digest(records) != digest)
  }
}
