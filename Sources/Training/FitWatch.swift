public import Bytes
public import Models

/// How a fit of many epochs is watched, stopped and taken up again. The digest names what is learned from
/// and how: a state goes on only with the lesson it began with.
public struct FitWatch {
  /// Hears of every epoch with the state after it; returns false to stop.
  public var epoch: (NetworkEpoch, NetworkTraining, _ lesson: Digest) -> Bool
  /// The state to go on from, if there is one.
  public var resuming: (_ lesson: Digest) -> NetworkTraining?
  /// Hears of every model that was fitted, with its curve and what its own rows told of it.
  public var learned: (Fitted) -> Void = { _ in }
  public var workers: Int

  public init(
    workers: Int = 1, resuming: @escaping (Digest) -> NetworkTraining? = { _ in nil },
    epoch: @escaping (NetworkEpoch, NetworkTraining, Digest) -> Bool = { _, _, _ in true }
  ) {
    self.epoch = epoch
    self.resuming = resuming
    self.workers = workers
  }
}

extension FitWatch {
  /// Fits networks, from others' weights if there are any, and tells what became of every epoch.
  func fit(
    _ parameters: NetworkParameters, _ training: WindowedRows, _ validation: WindowedRows?,
    from warm: NetworkEnsemble? = nil
  ) throws(ModelsError) -> FittedNetwork {
    let lesson = Self.digest(parameters, training, validation, warm)
    return try parameters.fit(
      training, validation: validation, from: warm, resuming: resuming(lesson), workers: workers
    ) { epoch($0, $1, lesson) }
  }

  private static func digest(
    _ parameters: NetworkParameters, _ training: WindowedRows, _ validation: WindowedRows?,
    _ warm: NetworkEnsemble?
  ) -> Digest {
    var writer = ByteWriter()
    writer.string("\(parameters)")
    for rows in [training, validation].compactMap({ $0 }) {
      writer.floats(rows.values)
      writer.int32s(rows.ends)
      writer.doubles(rows.labels)
      writer.doubles(rows.weights ?? [])
    }
    for member in warm?.members ?? [] { writer.floats(member.weights) }
    return Sha256.digest(writer.bytes)
  }
}
