import Testing

@testable import Bytes

@Suite struct ChecksumTests {
  private let digits = Array("123456789".utf8)

  @Test func crcGivesItsKnownNumbers() {
    #expect(Crc32c.checksum(digits) == 0xE306_9283)
    #expect(Crc32c.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(Crc32c.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(Crc32c.checksum([]) == 0)
  }

  @Test func crcChainsAndDoesNotDependOnTheCut() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = Crc32c.checksum(bytes)
    for cut in [0, 1, 7, 8, 9, 500, 1000] {
      let first = Crc32c.checksum(Array(bytes[..<cut]))
      #expect(Crc32c.checksum(Array(bytes[cut...]), seed: first) == whole, "cut at \(cut)")
    }
  }

  @Test func shaGivesItsKnownNumbers() {
    #expect(
      Sha256.digest("").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Sha256.digest("abc").hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      Sha256.digest(million).hex
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    #expect(
      Sha256.digest(twoBlocks).hex
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test func shaDoesNotDependOnThePieces() {
    var dice = Dice(seed: 2)
    let bytes = (0..<5000).map { _ in dice.byte() }
    let whole = Sha256.digest(bytes)
    for _ in 0..<50 {
      var hash = Sha256()
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + dice.below(200))
        hash.update(Array(piece))
        rest = rest.dropFirst(piece.count)
        _ = hash.digest()
      }
      #expect(hash.digest() == whole)
    }
  }

  @Test func digestsReadBackFromHexAndBytes() {
    let digest = Sha256.digest("abc")
    #expect(Digest(hex: digest.hex) == digest && Digest(bytes: digest.bytes) == digest)
    #expect(Digest(hex: "ba78") == nil && Digest(bytes: []) == nil)
    #expect(digest != Sha256.digest("abd") && digest.description == digest.hex)
  }

  @Test func columnSumGivesTheKnownNumbersOfItsScheme() {
    func sum(_ text: String, seed: UInt64 = 0) -> UInt64 {
      let bytes = Array(text.utf8)
      return ColumnSum.checksum(bytes.span.bytes, seed: seed)
    }
    #expect(sum("") == 0xEF46_DB37_51D8_E999)
    #expect(sum("a") == 0xD24E_C4F1_A98C_6E5B)
    #expect(sum("abc") == 0x44BC_2CF5_AD77_0999)
    #expect(sum("abc", seed: 1) != sum("abc"))
    let long = "Nobody inspects the spammish repetition"
    #expect(sum(long) == 0xFBCE_A83C_8A37_8BF1)
  }

  @Test func columnSumSeesEveryFlippedBit() {
    let bytes = (0..<75).map { UInt8($0) }
    let whole = ColumnSum.checksum(bytes.span.bytes)
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        #expect(ColumnSum.checksum(damaged.span.bytes) != whole, "byte \(index), bit \(bit)")
      }
    }
  }

  @Test func hexReadsBothCasesAndRefusesTheRest() {
    #expect(HexText.text([0, 15, 255]) == "000fff" && HexText.parse("00Ff") == [0, 255])
    #expect(HexText.parse("0") == nil && HexText.parse("0g") == nil && HexText.parse("é") == nil)
  }
}
