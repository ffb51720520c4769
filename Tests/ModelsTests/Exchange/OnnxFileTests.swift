import Testing

@testable import Models

@Suite("ONNX files, read by a reader that shares nothing with the writer")
struct OnnxFileTests {
  /// y = x · w + b on any number of rows.
  private var line: OnnxFile {
    var graph = OnnxGraph("line")
    graph.inputs = [OnnxValue(name: "x", element: .float, shape: [.named("rows"), .fixed(2)])]
    graph.outputs = [OnnxValue(name: "y", element: .float, shape: [.named("rows"), .fixed(1)])]
    graph.tensors = [
      OnnxTensor("w", shape: [2, 1], floats: [0.5, -3]),
      OnnxTensor("axes", shape: [2], ints: [-1, 7]),
    ]
    graph.nodes = [
      OnnxNode(
        kind: "Gemm", inputs: ["x", "w"], outputs: ["y"], domain: "some.domain",
        attributes: [
          ("alpha", .float(2)), ("transA", .int(-1)), ("mode", .text("plain")),
          ("many", .floats([1, 2])), ("counts", .ints([300, -1])), ("words", .texts(["a", "b"])),
        ])
    ]
    return OnnxFile(
      graph: graph, operators: [("", 17), ("ai.onnx.ml", 3)], notes: [("made by", "a test")])
  }

  @Test("The file names its form, its operators and its notes")
  func heading() throws {
    let file = try #require(ProtoReader(line.encoded()))
    #expect(file.int(1) == 8)
    #expect(file.texts(2) == ["auspex"])
    #expect(file.messages(8).map { $0.texts(1) } == [[""], ["ai.onnx.ml"]])
    #expect(file.messages(8).map { $0.int(2) } == [17, 3])
    #expect(file.messages(14).map { $0.texts(1) + $0.texts(2) } == [["made by", "a test"]])
  }

  @Test("Rows are a length that each call chooses, columns are fixed")
  func values() throws {
    let graph = try #require(ProtoReader(line.encoded())?.messages(7).first)
    let input = try #require(graph.messages(11).first)
    #expect(input.texts(1) == ["x"])
    let tensor = try #require(input.messages(2).first?.messages(1).first)
    #expect(tensor.int(1) == 1)
    let lengths = try #require(tensor.messages(2).first?.messages(1))
    #expect(lengths[0].texts(2) == ["rows"])
    #expect(lengths[1].int(1) == 2)
    #expect(graph.messages(12).first?.texts(1) == ["y"])
  }

  @Test("Constants keep shape and numbers")
  func tensors() throws {
    let graph = try #require(ProtoReader(line.encoded())?.messages(7).first)
    let tensors = graph.messages(5)
    #expect(tensors.map { $0.ints(1) } == [[2, 1], [2]])
    #expect(tensors.map { $0.int(2) } == [1, 7])
    #expect(tensors.map { $0.texts(8) } == [["w"], ["axes"]])
    #expect(ProtoReader.floats(try #require(tensors[0].runs(9).first)) == [0.5, -3])
    #expect(
      tensors[1].runs(9).first
        == [UInt8](repeating: 0xFF, count: 8) + [7, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("Attributes say their kind")
  func attributes() throws {
    let graph = try #require(ProtoReader(line.encoded())?.messages(7).first)
    let node = try #require(graph.messages(1).first)
    #expect(node.texts(1) == ["x", "w"])
    #expect(node.texts(2) == ["y"])
    #expect(node.texts(4) == ["Gemm"])
    #expect(node.texts(7) == ["some.domain"])
    let all = node.messages(5)
    #expect(all.map { $0.int(20) } == [1, 2, 3, 6, 7, 8])
    #expect(all[0].all(2) == [.fixed32(Float(2).bitPattern)])
    #expect(all[1].int(3) == -1)
    #expect(all[2].texts(4) == ["plain"])
    #expect(all[3].floats(7) == [1, 2])
    #expect(all[4].ints(8) == [300, -1])
    #expect(all[5].texts(9) == ["a", "b"])
  }
}
