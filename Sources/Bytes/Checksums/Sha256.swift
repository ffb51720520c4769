/// SHA-256 (FIPS 180-4) over a stream of pieces; the digest does not depend on how it is cut.
public struct Sha256: Sendable {
  private var state: State = State()
  private var pending: [UInt8] = []
  private var lengthBytes: UInt64 = 0

  public init() { pending.reserveCapacity(64) }

  public static func digest(_ bytes: [UInt8]) -> Digest { digest(bytes.span.bytes) }

  public static func digest(_ span: RawSpan) -> Digest {
    var hash = Sha256()
    hash.update(span)
    return hash.digest()
  }

  public static func digest(_ text: String) -> Digest { digest(Array(text.utf8)) }

  public mutating func update(_ bytes: [UInt8]) { update(bytes.span.bytes) }

  public mutating func update(_ span: RawSpan) {
    lengthBytes += UInt64(span.byteCount)
    span.withUnsafeBytes { bytes in
      var rest = bytes[...]
      if !pending.isEmpty {
        let taken = rest.prefix(64 - pending.count)
        pending.append(contentsOf: taken)
        rest = rest.dropFirst(taken.count)
        guard pending.count == 64 else { return }
        pending.withUnsafeBytes { state.absorb($0) }
        pending.removeAll(keepingCapacity: true)
      }
      let whole = rest.count / 64 * 64
      state.absorb(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
      pending.append(contentsOf: rest.dropFirst(whole))
    }
  }

  /// The digest of everything so far; more may follow.
  public func digest() -> Digest {
    var last = pending
    last.append(0x80)
    while last.count % 64 != 56 { last.append(0) }
    withUnsafeBytes(of: (lengthBytes &* 8).bigEndian) { last.append(contentsOf: $0) }
    var final = state
    last.withUnsafeBytes { final.absorb($0) }
    return final.digest
  }
}

/// The eight working words, named as in the standard.
private struct State: Sendable {
  var a: UInt32 = 0x6a09_e667
  var b: UInt32 = 0xbb67_ae85
  var c: UInt32 = 0x3c6e_f372
  var d: UInt32 = 0xa54f_f53a
  var e: UInt32 = 0x510e_527f
  var f: UInt32 = 0x9b05_688c
  var g: UInt32 = 0x1f83_d9ab
  var h: UInt32 = 0x5be0_cd19

  var digest: Digest {
    func pair(_ high: UInt32, _ low: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }
    return Digest(words: (pair(a, b), pair(c, d), pair(e, f), pair(g, h)))
  }

  /// Absorbs whole blocks of 64 bytes.
  mutating func absorb(_ blocks: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      roundConstants.withUnsafeBufferPointer { constants in
        var start = 0
        while start < blocks.count {
          Self.expand(blocks, from: start, into: schedule, adding: constants)
          compress(schedule)
          start += 64
        }
      }
    }
  }

  /// The message schedule W₀…W₆₃, with the round constants already added.
  private static func expand(
    _ blocks: UnsafeRawBufferPointer, from start: Int,
    into schedule: UnsafeMutableBufferPointer<UInt32>,
    adding constants: UnsafeBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      schedule[t] = UInt32(
        bigEndian: blocks.loadUnaligned(fromByteOffset: start &+ t &* 4, as: UInt32.self))
    }
    for t in 16..<64 {
      let w2 = schedule[t &- 2]
      let w15 = schedule[t &- 15]
      let late = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 >> 10)
      let early = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 >> 3)
      schedule[t] = late &+ schedule[t &- 7] &+ early &+ schedule[t &- 16]
    }
    for t in 0..<64 { schedule[t] &+= constants[t] }
  }

  /// Sixty-four rounds; eight are unrolled so that the words rotate by name instead of by copy.
  private mutating func compress(_ w: UnsafeMutableBufferPointer<UInt32>) {
    var (a, b, c, d, e, f, g, h) = (a, b, c, d, e, f, g, h)
    var t = 0
    while t < 64 {
      Self.round(a, b, c, &d, e, f, g, &h, w[t])
      Self.round(h, a, b, &c, d, e, f, &g, w[t &+ 1])
      Self.round(g, h, a, &b, c, d, e, &f, w[t &+ 2])
      Self.round(f, g, h, &a, b, c, d, &e, w[t &+ 3])
      Self.round(e, f, g, &h, a, b, c, &d, w[t &+ 4])
      Self.round(d, e, f, &g, h, a, b, &c, w[t &+ 5])
      Self.round(c, d, e, &f, g, h, a, &b, w[t &+ 6])
      Self.round(b, c, d, &e, f, g, h, &a, w[t &+ 7])
      t &+= 8
    }
    self.a &+= a
    self.b &+= b
    self.c &+= c
    self.d &+= d
    self.e &+= e
    self.f &+= f
    self.g &+= g
    self.h &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let mixE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let sum = h &+ mixE &+ (((f ^ g) & e) ^ g) &+ word
    let mixA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    d &+= sum
    h = sum &+ mixA &+ ((a & b) | ((a | b) & c))
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 {
    word >> by | word << (32 &- by)
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
