import Console
import Glibc

/// One run of a command that fetches, its output kept in a file.
struct FetchProcess {
  let command: String
  let arguments: [String]
  /// `NAME=value`, beside the variables of this process.
  let environment: [String]
  let timeoutNanos: Int64

  enum Ending: Equatable {
    case ended(Int32)
    case tooSlow
    case notStarted(String)
    /// A person asked to stop.
    case cancelled
  }

  /// Runs the command to its end; what it says beside its output goes into `talk`.
  func run(output: String, talk: String, _ cancellation: Cancellation) -> Ending {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, talk, flags, 0o644)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that what the command starts ends with it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var words = ([command] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + Self.inherited(without: environment) + [nil]
    defer { (words + variables).forEach { free($0) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, command, &actions, &attributes, &words, &variables)
    guard status == 0 else { return .notStarted(String(cString: strerror(status))) }
    return wait(for: child, cancellation)
  }

  private func wait(for child: pid_t, _ cancellation: Cancellation) -> Ending {
    let deadline = Self.nanos() + timeoutNanos
    var status: Int32 = 0
    while waitpid(child, &status, WNOHANG) == 0 {
      let isLate = Self.nanos() > deadline
      if isLate || cancellation.isRequested {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return isLate ? .tooSlow : .cancelled
      }
      usleep(5_000)
    }
    // Whatever the command left running has nothing to write for any more.
    kill(-child, SIGKILL)
    let signal = status & 0x7F
    return .ended(signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
  }

  private static func inherited(
    without own: [String]
  ) -> [UnsafeMutablePointer<CChar>?] {
    var kept: [UnsafeMutablePointer<CChar>?] = []
    var next = environ
    while let entry = next.pointee {
      let name = String(cString: entry).prefix { $0 != "=" }
      if !own.contains(where: { $0.hasPrefix(name + "=") }) { kept.append(strdup(entry)) }
      next += 1
    }
    return kept
  }

  static func nanos() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}
