public import Engine
public import Market
public import Trading

/// A run found on disk and locked, to be gone on with.
public struct RecordedRun: ~Copyable {
  /// What the run said about itself when it began: what its loop is rebuilt from.
  public let description: [UInt8]
  private let reader: JournalReader

  public init(_ path: String) throws(JournalError) {
    let found = try JournalReader(JournalFile(path, for: .writing))
    // Old records can be read, but not mixed with new ones, nor would today's desk tell the same of them.
    guard found.codec == RecordCodec.version else {
      throw .unsupported(path: path, format: JournalFormat.version, codec: found.codec)
    }
    reader = found
    description = reader.description
  }

  /// Takes all recorded inputs through a fresh loop and holds what it tells against the records.
  ///
  /// Where they end, because the crash came between inputs and outcomes, the missing outcomes are added.
  /// The loop then stands where it stood; doing this twice changes nothing the second time. The loop's
  /// venue must answer by itself or not at all: commands are performed again.
  public consuming func resume<V: Venue, F: Forecasting, R: Recording>(
    through fresh: consuming TradingLoop<V, F, R>,
    witness: (@Sendable (CommitMoment) -> Void)? = nil
  ) throws(JournalError) -> ResumedRun<V, F> {
    let retelling = Retelling(reader)
    var loop = fresh.recording(into: retelling)
    while let event = try retelling.nextInput() { loop.take(event) }
    let past = retelling.finish()
    let events = past.admitted
    let writer = try JournalWriter(continuing: past, witness: witness)
    for record in retelling.missing { writer.append(record) }
    writer.secure()
    try writer.throwIfBroken()
    return ResumedRun(loop: loop.recording(into: writer), events: events)
  }
}

/// A loop that stands where its journal ends.
public struct ResumedRun<V: Venue, F: Forecasting> {
  public var loop: TradingLoop<V, F, JournalWriter>
  /// How many events from outside it has taken: a feed goes on behind them.
  public let events: Int
}
