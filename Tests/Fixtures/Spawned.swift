import Glibc

/// A real process, its output kept in files so that no pipe can fill up.
public final class Spawned {
  private let pid: pid_t
  private let output = Spawned.scratchFile()
  private let talk = Spawned.scratchFile()

  /// - Parameter arguments: raw bytes, because a command line need not be UTF-8.
  public init(_ path: String, _ arguments: [[UInt8]], environment: [String] = []) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, talk, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var defaults = sigset_t()
    for number in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // The thread that runs a test blocks signals, and a child would inherit that.
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var argv = ([Array(path.utf8)] + arguments).map { strdup(bytes: $0) } + [nil]
    var envp = (environment + Self.inherited).map { strdup($0) } + [nil]
    var child: pid_t = 0
    let status = posix_spawn(&child, path, &actions, &attributes, &argv, &envp)
    precondition(status == 0, "cannot start \(path): \(String(cString: strerror(status)))")
    pid = child
    (argv + envp).forEach { free($0) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }

  public convenience init(_ path: String, _ arguments: [String], environment: [String] = []) {
    self.init(path, arguments.map { Array($0.utf8) }, environment: environment)
  }

  deinit {
    close(output)
    close(talk)
  }

  /// The exit code, or the signal that killed the process as a negative number; a process that
  /// hangs is killed, so that the tests go on.
  public func wait() -> Int32 {
    var patienceMillis = 120_000
    while !hasEnded, patienceMillis > 0 {
      usleep(1000)
      patienceMillis -= 1
    }
    if !hasEnded { send(SIGKILL) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  /// Whether the process has ended; it can still be waited for.
  public var hasEnded: Bool {
    var info = siginfo_t()
    waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT)
    return info.si_signo != 0
  }

  public func send(_ signal: Int32) { kill(pid, signal) }

  /// Returns once the process has printed something.
  public func waitForOutput() {
    while outputText.isEmpty, !hasEnded { usleep(1000) }
  }

  public var outputText: String { Spawned.text(of: output) }
  public var talkText: String { Spawned.text(of: talk) }

  /// Where the programs lie that were built with these tests: beside the test bundle.
  public static let programs: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = max(readlink("/proc/self/exe", &buffer, Int(PATH_MAX)), 0)
    let executable = String(
      decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? executable
    return bundle.lastIndex(of: "/").map { String(bundle[..<$0]) } ?? "."
  }()

  /// The program built for tests alone.
  public static var specimen: String { "\(programs)/specimen" }

  private static var inherited: [String] {
    var found: [String] = []
    var next = environ
    while let entry = next.pointee {
      found.append(String(cString: entry))
      next += 1
    }
    return found
  }

  private static func scratchFile() -> Int32 {
    var template = Array("/tmp/spawned-\(String(repeating: "X", count: 6))".utf8CString)
    let descriptor = mkstemp(&template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }

  private static func text(of descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(bytes.count))
      guard count > 0 else { break }
      bytes += chunk.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

private func strdup(bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
  (bytes + [0]).withUnsafeBytes { strdup($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
}
