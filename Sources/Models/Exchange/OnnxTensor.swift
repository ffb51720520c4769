internal import Bytes

/// The kinds of number that our graphs calculate with, as ONNX counts them.
enum OnnxElement: Int {
  case float = 1
  case int64 = 7
  case bool = 9
  case double = 11
}

/// A constant of a graph: numbers in the order of rows, the last dimension running fastest.
struct OnnxTensor {
  private enum Content {
    case floats([Float])
    case doubles([Double])
    case ints([Int])
  }

  let name: String
  let shape: [Int]
  private let content: Content

  init(_ name: String, shape: [Int], floats: [Float]) {
    self.init(name, shape, .floats(floats), count: floats.count)
  }

  init(_ name: String, shape: [Int], doubles: [Double]) {
    self.init(name, shape, .doubles(doubles), count: doubles.count)
  }

  init(_ name: String, shape: [Int], ints: [Int]) {
    self.init(name, shape, .ints(ints), count: ints.count)
  }

  private init(_ name: String, _ shape: [Int], _ content: Content, count: Int) {
    precondition(shape.reduce(1, *) == count, "a shape holds as many numbers as there are")
    self.name = name
    self.shape = shape
    self.content = content
  }

  func write(to writer: inout ProtoWriter) {
    writer.packed(1, integers: shape)
    var raw = ByteWriter()
    let element: OnnxElement
    switch content {
    case .floats(let values):
      raw.raw(values.span.bytes)
      element = .float
    case .doubles(let values):
      raw.raw(values.span.bytes)
      element = .double
    case .ints(let values):
      for value in values { raw.int(value) }
      element = .int64
    }
    writer.integer(2, element.rawValue)
    writer.string(8, name)
    writer.run(9, raw.bytes)
  }
}

/// What goes into a graph or comes out of it, with its shape.
struct OnnxValue {
  /// A length that is fixed, or a name for one that each call may choose, as the number of rows.
  enum Length {
    case fixed(Int)
    case named(String)
  }

  let name: String
  let element: OnnxElement
  let shape: [Length]

  func write(to writer: inout ProtoWriter) {
    writer.string(1, name)
    writer.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, element.rawValue)
        tensor.message(2) { all in
          for length in shape {
            all.message(1) {
              switch length {
              case .fixed(let count): $0.integer(1, count)
              case .named(let name): $0.string(2, name)
              }
            }
          }
        }
      }
    }
  }
}
