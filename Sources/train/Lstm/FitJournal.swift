import Bytes
import Console
import Glibc
import Market
import Models
import Reporting
import Training
import Workbench

/// What is kept of models in training: of networks a checkpoint after every epoch, of these and of boosted
/// trees events for TensorBoard and in the end a page with the curve of costs.
///
/// Each fit has a checkpoint of its own, named for what it learns from, so that a walk that was killed goes on
/// in the fit where it stopped. A file that cannot be written ends no training; it is told at the end.
final class FitJournal {
  private let folder: String
  private let resumes: Bool
  private let mostEpochs: Int
  private let terminal: Terminal
  private let cancellation: Cancellation
  private var epochStartedAt = wallSeconds()
  private var toldAt = 0.0
  private var curve: [NetworkEpoch] = []
  /// The newest model that is not learned by epochs.
  private var fitted: Fitted?
  private var checkpoints: Set<String> = []
  private var trouble: Failure?

  init(
    folder: String, resumes: Bool, mostEpochs: Int, _ terminal: Terminal,
    _ cancellation: Cancellation
  ) {
    self.folder = folder
    self.resumes = resumes
    self.mostEpochs = mostEpochs
    self.terminal = terminal
    self.cancellation = cancellation
  }

  func watch(workers: Int) -> FitWatch {
    var watch = FitWatch(
      workers: workers, resuming: { [self] in checkpoint(of: $0) },
      epoch: { [self] in note($0, $1, $2) })
    watch.learned = { [self] in fitted = $0 }
    return watch
  }

  /// What a forest says of rows that its trees have not seen: 1 − Σ(y − p)² / Σ(y − ȳ)².
  var outOfBagR2: Double? { fitted?.outOfBagR2 }

  private func path(_ lesson: Digest) -> String { "\(folder)/checkpoint-\(lesson.hex.prefix(16))" }

  private func checkpoint(of lesson: Digest) -> NetworkTraining? {
    epochStartedAt = wallSeconds()
    guard resumes, let bytes = try? readFile(path(lesson)),
      let state = try? NetworkTraining(decoding: bytes, lesson: lesson)
    else { return nil }
    checkpoints.insert(path(lesson))
    curve = state.curve
    terminal.say("goes on after epoch \(state.epoch) of \(path(lesson))")
    return state
  }

  private func note(_ epoch: NetworkEpoch, _ state: NetworkTraining, _ lesson: Digest) -> Bool {
    let now = wallSeconds()
    tell(epoch, perSecond: Double(epoch.samples) / max(now - epochStartedAt, 1e-9), now)
    epochStartedAt = now
    curve = state.curve
    do {
      try writeFile(state.encoded(lesson: lesson), to: path(lesson))
      checkpoints.insert(path(lesson))
      try writeFile(Self.events(curve, now), to: "\(folder)/events.out.tfevents.auspex")
    } catch { trouble = error }
    return cancellation.exitCode == nil
  }

  /// A line every few seconds: where the costs are, how fast it goes, how long it may take at most.
  private func tell(_ epoch: NetworkEpoch, perSecond: Double, _ now: Double) {
    guard now - toldAt > 2 || epoch.epoch == 1 else { return }
    toldAt = now
    let left = Int(Double((mostEpochs - epoch.epoch) * epoch.samples) / perSecond) + 1
    let held = epoch.validation.map { ", held out \(text($0))" } ?? ""
    terminal.say(
      "epoch \(epoch.epoch): cost \(text(epoch.training))\(held), gradient "
        + "\(text(epoch.gradientNorm)), \(Int(perSecond)) windows/s, at most \(left) s left")
  }

  private static func events(_ curve: [NetworkEpoch], _ now: Double) -> [UInt8] {
    curve.enumerated().reduce(into: EventRecord.opening(wallTime: now)) { bytes, point in
      var values: [(tag: String, value: Float)] = [
        ("cost/learned-from", Float(point.element.training)),
        ("gradient/norm", Float(point.element.gradientNorm)), ("rate", Float(point.element.rate)),
      ]
      if let held = point.element.validation { values.append(("cost/held-out", Float(held))) }
      bytes += EventRecord.scalars(values, step: point.offset + 1, wallTime: now)
    }
  }

  /// Writes the page of costs and returns its path.
  func close() throws(Failure) -> String? {
    let learning =
      curve.isEmpty ? fitted.flatMap { LearningCurve($0.curve) } : LearningCurve(curve)
    guard let learning else { return nil }
    let path = "\(folder)/costs.html"
    if curve.isEmpty {
      try writeFile(
        learning.events(at: wallSeconds()), to: "\(folder)/events.out.tfevents.auspex")
    }
    let page = Page(
      "Training of the final model", subtitle: learning.told,
      sections: [Section(nil, [.lines(learning.chart)])])
    try writeFile(Array(page.html().utf8), to: path)
    try forget()
    return path
  }

  /// Removes the checkpoints of fits that ended; what could not be written on the way is told now.
  func forget() throws(Failure) {
    for checkpoint in checkpoints.sorted() { unlink(checkpoint) }
    if let trouble { throw trouble }
  }

  private func text(_ value: Double) -> String { DoubleText.fixed(value, decimals: 4) }
}

/// The wall clock in seconds, for pace and for stamps that people read.
private func wallSeconds() -> Double { Double(wallClock().nanoseconds) / 1e9 }
