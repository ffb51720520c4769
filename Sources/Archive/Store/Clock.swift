import Glibc
import Market

extension Instant {
  /// The wall clock: when something was imported. No load without an instant rests on it.
  static var now: Instant {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Instant(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
  }
}
