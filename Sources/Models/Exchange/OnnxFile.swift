internal import Bytes

/// A model as ONNX keeps it: one graph and the operator sets its nodes are words of.
///
/// The numbers of fields are those of onnx.proto; IR version 8 is read by onnxruntime from 1.10 on.
struct OnnxFile {
  var graph: OnnxGraph
  /// By domain; the empty one is ONNX's own.
  var operators: [(domain: String, version: Int)]
  var notes: [(key: String, value: String)] = []

  static let producer = "auspex"
  private static let form = 8

  func encoded() -> [UInt8] {
    var writer = ProtoWriter()
    writer.integer(1, Self.form)
    writer.string(2, Self.producer)
    writer.message(7) { graph.write(to: &$0) }
    for set in operators {
      writer.message(8) {
        $0.string(1, set.domain)
        $0.integer(2, set.version)
      }
    }
    for note in notes {
      writer.message(14) {
        $0.string(1, note.key)
        $0.string(2, note.value)
      }
    }
    return writer.bytes
  }
}

/// Nodes in an order in which each finds its inputs made, the constants they use, and what goes in and out.
struct OnnxGraph {
  let name: String
  var inputs: [OnnxValue] = []
  var outputs: [OnnxValue] = []
  var nodes: [OnnxNode] = []
  var tensors: [OnnxTensor] = []

  init(_ name: String) { self.name = name }

  /// Adds a node with one output and tells the output's name.
  mutating func add(
    _ kind: String, _ inputs: [String], domain: String = "",
    _ attributes: [(name: String, value: OnnxAttribute)] = []
  ) -> String {
    let output = "\(kind.lowercased())_\(nodes.count + 1)"
    nodes.append(
      OnnxNode(
        kind: kind, inputs: inputs, outputs: [output], domain: domain, attributes: attributes))
    return output
  }

  /// Adds a constant and tells its name, which no other has.
  mutating func constant(_ wanted: String, shape: [Int], doubles: [Double]) -> String {
    keep(OnnxTensor(free(wanted), shape: shape, doubles: doubles))
  }

  mutating func constant(_ wanted: String, shape: [Int], floats: [Float]) -> String {
    keep(OnnxTensor(free(wanted), shape: shape, floats: floats))
  }

  mutating func constant(_ wanted: String, shape: [Int], ints: [Int]) -> String {
    keep(OnnxTensor(free(wanted), shape: shape, ints: ints))
  }

  private func free(_ wanted: String) -> String {
    tensors.contains { $0.name == wanted } ? "\(wanted)_\(tensors.count + 1)" : wanted
  }

  private mutating func keep(_ tensor: OnnxTensor) -> String {
    tensors.append(tensor)
    return tensor.name
  }

  mutating func cast(_ value: String, to element: OnnxElement) -> String {
    add("Cast", [value], [("to", .int(element.rawValue))])
  }

  fileprivate func write(to writer: inout ProtoWriter) {
    for node in nodes { writer.message(1) { node.write(to: &$0) } }
    writer.string(2, name)
    for tensor in tensors { writer.message(5) { tensor.write(to: &$0) } }
    for input in inputs { writer.message(11) { input.write(to: &$0) } }
    for output in outputs { writer.message(12) { output.write(to: &$0) } }
  }
}

/// A word of an operator set applied to named values; names tie nodes together.
struct OnnxNode {
  let kind: String
  let inputs: [String]
  let outputs: [String]
  var domain = ""
  var attributes: [(name: String, value: OnnxAttribute)] = []

  fileprivate func write(to writer: inout ProtoWriter) {
    for input in inputs { writer.string(1, input) }
    for output in outputs { writer.string(2, output) }
    writer.string(3, outputs.first ?? kind)
    writer.string(4, kind)
    for (name, value) in attributes {
      writer.message(5) {
        $0.string(1, name)
        value.write(to: &$0)
      }
    }
    if !domain.isEmpty { writer.string(7, domain) }
  }
}

/// A setting of a node, fixed when the graph is made.
enum OnnxAttribute {
  case float(Float)
  case int(Int)
  case text(String)
  case tensor(OnnxTensor)
  case floats([Float])
  case ints([Int])
  case texts([String])

  fileprivate func write(to writer: inout ProtoWriter) {
    let kind: Int
    switch self {
    case .float(let value):
      writer.float(2, value)
      kind = 1
    case .int(let value):
      writer.integer(3, value)
      kind = 2
    case .text(let value):
      writer.string(4, value)
      kind = 3
    case .tensor(let value):
      writer.message(5) { value.write(to: &$0) }
      kind = 4
    case .floats(let values):
      writer.packed(7, floats: values)
      kind = 6
    case .ints(let values):
      writer.packed(8, integers: values)
      kind = 7
    case .texts(let values):
      for value in values { writer.string(9, value) }
      kind = 8
    }
    writer.integer(20, kind)
  }
}
