import Market
import Testing

@Suite struct SymbolTests {
  @Test(arguments: [
    "rb2105.SHFE", "600519.SSE", "00700.HKEX", "AAPL.US", "BRK-B.US", "BF.B.US",
    "a.LOCAL", "SHFE.US",
  ])
  func survivesItsText(text: String) {
    #expect(Symbol(text)?.description == text)
  }

  @Test(arguments: [
    "", "rb2105", "rb2105.", ".SHFE", "rb2105.shfe", "r b.SHFE", "rb/2105.SHFE", "../x.SHFE",
    "螺纹.SHFE", "BF..B.US", ".B.US", "BF..US", "..US",
    "abcdefghijklmnopqrstuvwxyz0123456.US",
  ])
  func isRefused(text: String) {
    #expect(Symbol(text) == nil)
  }

  @Test func theLastDotParts() {
    #expect(Symbol("BF.B.US") == Symbol(code: "BF.B", exchange: .us))
    #expect(Symbol("rb.SHFE.US")?.exchange == .us)
  }

  @Test func productsAreTheLetters() {
    #expect(Symbol("rb2105.SHFE")?.product == "rb")
    #expect(Symbol("600519.SSE")?.product == "600519")
  }
}

@Suite struct OrderStateTests {
  @Test func statesOnlyMoveForward() {
    for from in OrderState.allCases {
      for to in OrderState.allCases where from.canBecome(to) {
        #expect(!from.isFinal, "\(from) is an end")
        #expect(to > from || (from == .partlyFilled && to == .partlyFilled), "\(from) → \(to)")
      }
    }
    #expect(!OrderState.working.canBecome(.refused))
    #expect(!OrderState.partlyFilled.canBecome(.working))
  }
}
