/// The characters of a YAML file once they are known to be harmless.
///
/// Decoding is done here and not by libyaml, so that no guess about encodings is ever made and
/// each bad character is reported with its line and column.
struct YamlText {
  /// Without a leading byte-order mark; its indices are libyaml's mark indices.
  private(set) var scalars: [Unicode.Scalar] = []
  /// The same text in UTF-8.
  let bytes: ArraySlice<UInt8>
  private(set) var faults: [YamlFault] = []
  private var line = 1
  private var column = 1

  static let maximumBytes = 1 << 20
  /// A binary file has one fault on every line; a person needs to see only the first few.
  private static let maximumFaults = 10

  init(_ file: [UInt8]) {
    bytes = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file.dropFirst(3) : file[...]
    guard file.count <= Self.maximumBytes else {
      faults.append(YamlFault(.tooLarge, line: 1, column: 1))
      return
    }
    scalars.reserveCapacity(bytes.count)
    decode()
    if let last = scalars.last, last == "\r" { refuseLast() }
  }

  private mutating func decode() {
    var decoder = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    while faults.count < Self.maximumFaults {
      switch decoder.parseScalar(from: &source) {
      case .valid(let encoded):
        take(Unicode.UTF8.decode(encoded))
      case .error:
        faults.append(YamlFault(.notUtf8, line: line, column: column))
        return
      case .emptyInput:
        return
      }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if let last = scalars.last, last == "\r", scalar != "\n" { refuseLast() }
    if !Self.allows(scalar) {
      faults.append(YamlFault(.character(scalar), line: line, column: column))
    }
    scalars.append(scalar)
    if scalar == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }

  /// A carriage return that no line feed follows ends a line for some programs and not for others.
  private mutating func refuseLast() {
    faults.append(YamlFault(.character("\r"), line: line, column: column - 1))
  }

  /// Tabs, control characters and the rarer line breaks look like something they are not.
  private static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x0A, 0x0D: true
    case 0x2028, 0x2029, 0xFEFF: false
    case 0xA0...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
