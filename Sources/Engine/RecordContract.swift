import Bytes
import Market

/// The futures' part of an instrument's day, and what speaks against opening: a flag or a tag, then fields.
extension ByteWriter {
  mutating func contract(_ contract: ContractDay?) {
    bool(contract != nil)
    guard let contract else { return }
    int32(contract.product.position)
    bool(contract.paysLargerSide)
    bool(contract.openings != nil)
    if let openings = contract.openings {
      int64(openings.lots)
      uint8(openings.scope.rawValue)
    }
    int64(contract.deliveryLots)
  }

  mutating func stop(_ stop: OpeningStop?) {
    switch stop {
    case nil: uint8(0)
    case .calendar(let knownUntil):
      uint8(1)
      int32(knownUntil.days)
    case .delivery(let leaveBy):
      uint8(2)
      int32(leaveBy.days)
    case .listing(let listing):
      uint8(3)
      uint8(listing.rawValue)
    }
  }
}

extension ByteReader {
  mutating func contract() throws(BytesError) -> ContractDay? {
    guard try bool() else { return nil }
    let product = try instrument()
    let paysLargerSide = try bool()
    let openings = try bool() ? try openings() : nil
    return ContractDay(
      product: product, paysLargerSide: paysLargerSide, openings: openings,
      deliveryLots: try positive("a delivery's lots"))
  }

  private mutating func openings() throws(BytesError) -> OpeningLimit {
    let lots = try int64("lots")
    return OpeningLimit(lots: lots, scope: try choice("a scope of openings"))
  }

  mutating func stop() throws(BytesError) -> OpeningStop? {
    let start = offset
    switch try uint8("a stop's tag") {
    case 0: return nil
    case 1: return .calendar(knownUntil: try day())
    case 2: return .delivery(leaveBy: try day())
    case 3: return .listing(try choice("a listing"))
    default: throw .malformed(offset: start, expected: "a stop's tag from 0 to 3")
    }
  }
}
