import Console
import Market
import Testing
import Workbench

@Suite struct FileNameTests {
  /// Programs that know their exchange read its file alone, which they find by its name.
  @Test func everyShippedFileIsNamedForItsExchange() throws {
    for file in ShippedBook.book.files {
      let name = "/\(file.exchange.rawValue.lowercased()).yaml"
      #expect(file.path.hasSuffix(name), "\(file.path) holds \(file.exchange.rawValue)")
      let alone = try MarketBook.read(Home.find(), of: [file.exchange])
      #expect(alone.files.map(\.exchange) == [file.exchange])
    }
    #expect(try MarketBook.read(Home.find(), naming: "600519.SSE").files.count == 1)
    #expect(try MarketBook.read(Home.find(), naming: "none such").files.count > 5)
  }
}
