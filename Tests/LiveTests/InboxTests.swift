import Live
import Market
import Testing
import Trading

@Suite struct InboxTests {
  private func event(_ number: Int) -> Event {
    Event(at: Instant(nanoseconds: Int64(number)), .instantClosed)
  }

  @Test func aFullInboxRefusesRatherThanForgets() throws {
    let inbox = Inbox(limit: 3)
    for number in 0..<3 { try inbox.put(event(number)) }
    #expect(throws: InboxError.full(limit: 3)) { try inbox.put(event(3)) }
    var batch: [Event] = []
    #expect(inbox.drain(into: &batch) == nil)
    #expect(batch == (0..<3).map(event))
    try inbox.put(event(3))
    #expect(inbox.drain(into: &batch) == nil)
    #expect(batch == [event(3)])
  }

  @Test func whatIsQueuedWhenItClosesIsStillTaken() throws {
    let inbox = Inbox(limit: 3)
    try inbox.put(event(0))
    inbox.close(.finished)
    inbox.close(.failed("too late to matter"))
    #expect(throws: InboxError.closed(.finished)) { try inbox.put(event(1)) }
    #expect(throws: InboxError.closed(.finished)) { try inbox.wait(toPut: event(1)) }
    var batch: [Event] = []
    #expect(inbox.drain(into: &batch) == nil)
    #expect(batch == [event(0)])
    #expect(inbox.drain(into: &batch) == .finished)
    #expect(batch.isEmpty)
  }

  @Test func aStopDropsWhatIsQueued() throws {
    let inbox = Inbox(limit: 3)
    try inbox.put(event(0))
    inbox.close(.finished)
    inbox.close(.stopped)
    var batch: [Event] = []
    #expect(inbox.drain(into: &batch) == .stopped)
    #expect(batch.isEmpty)
  }

  @Test func aFeedThatWaitsLosesNothingAndKeepsOrder() throws {
    let inbox = Inbox(limit: 7)
    let count = 20_000
    let feed = try Lane(named: "feed") { [inbox] in
      for number in 0..<count {
        do throws(InboxError) {
          try inbox.wait(toPut: Event(at: Instant(nanoseconds: Int64(number)), .instantClosed))
        } catch { return number }
      }
      inbox.close(.finished)
      return count
    }
    var taken: [Int64] = []
    var batch: [Event] = []
    while inbox.drain(into: &batch) == nil {
      #expect(batch.count <= 7)
      taken += batch.map(\.at.nanoseconds)
    }
    let sent = feed.join()
    #expect(sent == count)
    #expect(taken == (0..<Int64(count)).map { $0 })
  }

  @Test func manySendersAreHeardOnceEach() throws {
    let inbox = Inbox(limit: 16)
    let first = try sender(inbox, from: 0)
    let second = try sender(inbox, from: 1_000_000)
    var taken: [Int64] = []
    var batch: [Event] = []
    while taken.count < 10_000 {
      _ = inbox.drain(into: &batch)
      taken += batch.map(\.at.nanoseconds)
    }
    let (all, others) = (first.join(), second.join())
    #expect(all && others)
    #expect(taken.filter { $0 < 1_000_000 } == (0..<5_000).map { $0 })
    #expect(taken.filter { $0 >= 1_000_000 } == (1_000_000..<1_005_000).map { $0 })
  }

  private func sender(_ inbox: Inbox, from start: Int64) throws -> Lane<Bool> {
    try Lane(named: "sender") {
      for number in start..<start + 5_000 {
        let event = Event(at: Instant(nanoseconds: number), .instantClosed)
        do throws(InboxError) { try inbox.wait(toPut: event) } catch { return false }
      }
      return true
    }
  }

  @Test func aFeedThatIsHeldUpIsLetGoWhenTheInboxCloses() throws {
    let inbox = Inbox(limit: 1)
    try inbox.put(event(0))
    let feed = try Lane(named: "feed") { () -> InboxError? in
      let event = Event(at: Instant(nanoseconds: 1), .instantClosed)
      do throws(InboxError) { try inbox.wait(toPut: event) } catch { return error }
      return nil
    }
    inbox.close(.stopped)
    let refused = feed.join()
    #expect(refused == .closed(.stopped))
  }
}
