import Market
import Reporting
import Testing

@Suite struct NumberTextTests {
  @Test func numbersReadWell() {
    #expect(NumberText.money(Money(minor: -123_456_789)) == "−1,234,567.89")
    #expect(NumberText.money(Money(minor: 99)) == "0.99")
    #expect(NumberText.money(nil) == "–" && NumberText.percent(.nan) == "–")
    #expect(NumberText.fixed(1_000, decimals: 0) == "1,000")
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.percent(0.1234) == "12.34\u{202F}%")
    #expect(NumberText.basisPoints(0.00015) == "1.50\u{202F}bp")
    #expect(NumberText.moment(Instant(seconds: 1_609_722_300), .shanghai) == "2021-01-04 09:05")
  }
}
