import Market
import Testing
import Trials
import Workbench

/// Two readers and one writer at once; `bench archive --seconds 60` does it for a minute.
@Suite struct SharingTests {
  @Test func readersSeeWholeVersionsWhileAWriterWorks() throws {
    let place = Workplace()
    let outcome = try SharedArchive(place.path("shared.sqlite"), series: MinuteSeries.series)
      .run(MinuteSeries.bars(20_000), seconds: 3)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    #expect(outcome.torn == 0)
    #expect(outcome.reads > 0 && outcome.writes > 0)
  }
}
