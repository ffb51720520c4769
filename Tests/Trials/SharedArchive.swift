public import Archive
import Foundation
public import Market
import Synchronization

/// Two readers and one writer of one archive at the same time, for some seconds.
///
/// The writer restates the whole series again and again, every bar with the version's number as its
/// volume: a reader that saw two versions at once would see two numbers.
public final class SharedArchive: Sendable {
  private let path: String
  private let series: Series
  private let isOver = Atomic(false)
  private let counts = Mutex(Outcome())

  public struct Outcome: Sendable {
    public var writes = 0
    public var reads = 0
    /// Loads that held bars of two versions, or an older one than the load before.
    public var torn = 0
    public var failures: [String] = []
    public var slowestReadMillis = 0.0
    public var slowestWriteMillis = 0.0
    /// The longest that a load took beside the time it takes alone.
    public var aloneMillis = 0.0
  }

  public init(_ path: String, series: Series) {
    self.path = path
    self.series = series
  }

  public func run(_ bars: BarColumns, seconds: Double) throws -> Outcome {
    var first = bars
    for row in 0..<first.count { first.volume[row] = 0 }
    let start = first
    do {
      let store = try BarStore(path: path)
      _ = try store.write(start, to: series)
      _ = try store.load(series.key)
      let took = try millis { _ = try store.load(series.key) }
      counts.withLock { $0.aloneMillis = took }
    }
    let threads = DispatchGroup()
    let work: [@Sendable () throws -> Void] = [
      { try self.write(start) }, { try self.read() }, { try self.read() },
    ]
    for body in work {
      threads.enter()
      Thread {
        do { try body() } catch { self.counts.withLock { $0.failures.append("\(error)") } }
        threads.leave()
      }.start()
    }
    Thread.sleep(forTimeInterval: seconds)
    isOver.store(true, ordering: .relaxed)
    threads.wait()
    return counts.withLock { $0 }
  }

  private func write(_ bars: BarColumns) throws {
    let store = try BarStore(path: path)
    var bars = bars
    while !isOver.load(ordering: .relaxed) {
      for row in 0..<bars.count { bars.volume[row] += 1 }
      let took = try millis { _ = try store.write(bars, to: series) }
      counts.withLock {
        $0.writes += 1
        $0.slowestWriteMillis = max($0.slowestWriteMillis, took)
      }
    }
  }

  private func read() throws {
    let store = try BarStore(reading: path)
    var last: Int64 = 0
    while !isOver.load(ordering: .relaxed) {
      var volumes: [Int64] = []
      let took = try millis { volumes = try store.load(series.key).columns.volume }
      let isWhole = volumes.allSatisfy { $0 == volumes[0] } && volumes[0] >= last
      last = volumes[0]
      counts.withLock {
        $0.reads += 1
        $0.torn += isWhole ? 0 : 1
        $0.slowestReadMillis = max($0.slowestReadMillis, took)
      }
    }
  }

  private func millis(_ work: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
  }
}
