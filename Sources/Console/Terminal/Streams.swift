@preconcurrency internal import Glibc

/// The world a command talks to: two streams, what is known of them, the environment and a clock.
public struct Streams: Sendable {
  public var output: @Sendable (String) -> Void
  public var talk: @Sendable (String) -> Void
  public var outputIsTerminal: Bool
  public var talkIsTerminal: Bool
  public var columns: Int
  public var environment: [String: String]
  /// A clock that never goes back, for progress.
  public var nanos: @Sendable () -> Int64

  public init(
    output: @escaping @Sendable (String) -> Void, talk: @escaping @Sendable (String) -> Void,
    outputIsTerminal: Bool = false, talkIsTerminal: Bool = false, columns: Int = 80,
    environment: [String: String] = [:],
    nanos: @escaping @Sendable () -> Int64 = { 0 }
  ) {
    self.output = output
    self.talk = talk
    self.outputIsTerminal = outputIsTerminal
    self.talkIsTerminal = talkIsTerminal
    self.columns = columns
    self.environment = environment
    self.nanos = nanos
  }

  /// Standard output and standard error of this process.
  public static var standard: Streams {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return Streams(
      output: { write($0, to: STDOUT_FILENO) },
      talk: { write($0, to: STDERR_FILENO) },
      outputIsTerminal: isTerminal,
      talkIsTerminal: isatty(STDERR_FILENO) == 1,
      columns: isTerminal ? terminalColumns() : 80,
      environment: variables(),
      nanos: {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
      })
  }

  /// Writes at once, so that nothing is left behind when a process dies.
  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EAGAIN {
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
        } else if errno != EINTR {
          return  // A closed or full stream has nobody left to tell.
        }
      }
    }
  }

  private static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      // Of two variables with one name the first counts, as for `getenv`.
      if let cut = text.firstIndex(of: "="), variables[String(text[..<cut])] == nil {
        variables[String(text[..<cut])] = String(text[cut...].dropFirst())
      }
      next += 1
    }
    return variables
  }

  private static func terminalColumns() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return max(40, Int(size.ws_col))
  }
}
