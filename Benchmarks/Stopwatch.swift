import Console
import Glibc

/// CPU seconds of this process: the figure that other work on the machine disturbs least.
func cpuSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

func wallSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// The largest resident size so far, in mebibytes.
func peakMebibytes() -> Double {
  var usage = rusage()
  getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1024
}

/// What a piece of work took.
struct Timing {
  let wall: Double
  let cpu: Double

  static func of<Value>(_ work: () throws -> Value) rethrows -> (value: Value, timing: Timing) {
    let (wall, cpu) = (wallSeconds(), cpuSeconds())
    let value = try work()
    return (value, Timing(wall: wallSeconds() - wall, cpu: cpuSeconds() - cpu))
  }
}

/// One line of a benchmark's output.
///
/// `Benchmarks/compare` pairs it with a peer's: `check` must be equal to the peer's, and `rounds` is
/// how often the work of `cpu_s` was done.
func result(_ task: String, _ timing: Timing, _ members: [(String, JSON)]) -> JSON {
  .object(
    [
      JSON.Member("task", .text(task)), JSON.Member("wall_s", .number(timing.wall)),
      JSON.Member("cpu_s", .number(timing.cpu)),
      JSON.Member("peak_rss_mb", .number(peakMebibytes())),
    ] + members.map { JSON.Member($0.0, $0.1) })
}
