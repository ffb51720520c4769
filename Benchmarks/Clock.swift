import Glibc

/// The machine's clocks, in seconds.
enum Clock {
  /// Processor time of this thread.
  static func cpuSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  static func wallSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
