public import Console
import Glibc

/// The folder that holds `config/`: where rules, recipes and settings are found.
public struct Home: Hashable, Sendable {
  public let folder: String

  public init(folder: String) {
    self.folder = folder
  }

  /// `$AUSPEX_HOME`, else the folder one is in, else where the program was built or installed.
  public static func find() throws(Failure) -> Home {
    var tried: [String] = []
    if let named = variable("AUSPEX_HOME") {
      guard isFolder(named + "/config") else {
        throw Failure(
          .usage, "AUSPEX_HOME is \(named), but there is no config folder in it",
          remedy: "Let it name the folder that holds config/, or unset it.")
      }
      return Home(folder: named)
    }
    for folder in ["."] + aboveTheProgram() {
      if isFolder(folder + "/config/markets") { return Home(folder: folder) }
      tried.append(folder)
    }
    throw Failure(
      .usage, "no config folder was found in: \(tried.joined(separator: ", "))",
      remedy: "Go to the folder that holds config/, or let AUSPEX_HOME name it.")
  }

  public func path(_ below: String) -> String {
    folder == "." ? below : "\(folder)/\(below)"
  }

  /// Names of the YAML files in a folder below, in order.
  public func yamlFiles(in below: String) -> [String] {
    Self.yamlFiles(path(below))
  }

  /// The same in a folder of the user's own: `$XDG_CONFIG_HOME/auspex`, else `~/.config/auspex`.
  static func userFiles(in below: String) -> [String] {
    let own = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { $0 + "/.config" }
    return own.map { yamlFiles("\($0)/auspex/\(below)") } ?? []
  }

  private static func yamlFiles(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml") { names.append(name) }
    }
    return names.sorted().map { "\(folder)/\($0)" }
  }

  /// The checkout of a program in `.build/…`, or `share/auspex` of an installed one.
  private static func aboveTheProgram() -> [String] {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, Int(PATH_MAX))
    guard count > 0 else { return [] }
    let program = String(
      decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var parts = program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var found: [String] = []
    for _ in 0..<5 where parts.count > 1 {
      found.append(parts.joined(separator: "/"))
      found.append(parts.joined(separator: "/") + "/share/auspex")
      parts = parts.dropLast()
    }
    return found
  }
}

/// A variable of the environment; an empty one counts as none.
func variable(_ name: String) -> String? {
  guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
  return value
}

/// The whole environment.
func environment() -> [String: String] {
  var found: [String: String] = [:]
  var next = environ
  while let entry = next.pointee {
    let text = String(cString: entry)
    if let equals = text.firstIndex(of: "=") {
      found[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    next += 1
  }
  return found
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

public func isFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}
