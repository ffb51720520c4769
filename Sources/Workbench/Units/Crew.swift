public import Console
internal import Glibc

/// Further processes of this program, set to the same work; they stop when this one is gone.
public struct Crew: ~Copyable {
  private var members: [pid_t] = []
  /// Whoever holds its other end hears when this process ends.
  private var tie: Int32 = -1

  /// Starts so many, each with the words after the program's name.
  public init(_ count: Int, _ words: [String]) throws(Failure) {
    guard count > 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Self.failure("a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    tie = ends[1]
    defer { close(ends[0]) }
    for _ in 0..<count { members.append(try Self.start(words, input: ends[0])) }
  }

  deinit {
    if tie >= 0 { close(tie) }
    for member in members { waitpid(member, nil, 0) }
  }

  /// Waits for all of them and tells which exit codes were none of `ok`.
  public mutating func finish() -> [Int32] {
    var codes: [Int32] = []
    for member in members {
      var status: Int32 = 0
      while waitpid(member, &status, 0) < 0, errno == EINTR {}
      let code = status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
      if code != 0 { codes.append(code) }
    }
    members = []
    return codes
  }

  private static func start(_ words: [String], input: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var arguments = ([program()] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, "/proc/self/exe", &actions, nil, &arguments, environ)
    guard status == 0 else { throw failure("another process") }
    return child
  }

  private static func program() -> String {
    CommandLine.arguments.first ?? "train"
  }

  private static func failure(_ what: String) -> Failure {
    Failure(.failed, "\(what) cannot be made: \(String(cString: strerror(errno)))")
  }
}

/// Whether the other end of standard input is gone: for members of a crew, whoever started them.
public func isForsaken() -> Bool {
  var look = pollfd(fd: 0, events: 0, revents: 0)
  return poll(&look, 1, 0) > 0 && look.revents & Int16(POLLHUP) != 0
}
