import Bytes
import Console
import Glibc
public import Market

/// What made a version: the release and the hash of the executable itself.
public func buildName() -> String { ownBuild }

private let ownBuild: String = {
  guard let file = fopen("/proc/self/exe", "rb") else { return Program.release }
  defer { fclose(file) }
  var hash = Sha256()
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { break }
    hash.update(Array(buffer[..<count]))
  }
  return "\(Program.release) \(hash.digest().hex.prefix(16))"
}()

/// The wall clock, for stamps that people read; no decision rests on it.
public func wallClock() -> Instant {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Instant(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
}

/// An instant on an exchange's clock, to the minute.
public func clockText(_ instant: Instant, _ zone: Zone) -> String {
  let local = instant.nanoseconds + zone.offsetSeconds(at: instant) * TimeText.nanosPerSecond
  return String(TimeText.text(nanos: local).prefix(16))
}

/// An instant for programs: UTC, to the nanosecond.
public func utcText(_ instant: Instant) -> String {
  TimeText.text(nanos: instant.nanoseconds)
}

/// Who is at the keyboard, for the audit trail.
public func userName() -> String {
  if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
    return String(cString: name)
  }
  return "uid \(getuid())"
}
