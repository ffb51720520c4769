import Features
import Testing

@testable import Models

@Suite("Networks as ONNX, read by a reader that shares nothing with the writer")
struct NetworkOnnxTests {
  private func network() throws -> Network {
    let shape = try smallShape(
      features: 3, window: 7, recurrent: [4, 2], dense: [.init(units: 5, activation: .tanh)])
    return try #require(Network(shape: shape, weights: shape.roughWeights(seed: 5), unit: 0.02))
  }

  private func graph(_ network: Network) throws -> ProtoReader {
    let ensemble = try #require(NetworkEnsemble([network, network]))
    let bytes = try Model.network(ensemble).onnx(
      names: ["a", "b", "c"], scaler: .identity(columns: 3))
    return try #require(ProtoReader(bytes)?.messages(7).first)
  }

  @Test("Scaler, bars first, recurrent layers, dense layers, unit, mean of the members")
  func nodes() throws {
    let kinds = try graph(network()).messages(1).flatMap { $0.texts(4) }
    let member = ["LSTM", "Squeeze", "LSTM", "Squeeze", "Gemm", "Tanh", "Gemm", "Mul"]
    let scaling = ["Cast", "Max", "Min", "Sub", "Div", "Cast", "Cast", "Cast", "Transpose"]
    #expect(kinds == scaling + member + member + ["Mean"])
  }

  @Test("Windows are as many as a call has; bars and columns are fixed")
  func input() throws {
    let input = try #require(try graph(network()).messages(11).first)
    let lengths = try #require(
      input.messages(2).first?.messages(1).first?.messages(2).first?.messages(1))
    #expect(lengths[0].texts(2) == ["windows"])
    #expect(lengths.dropFirst().map { $0.int(1) } == [7, 3])
  }

  @Test("Gates change their places from i, f, g, o to i, o, f, g; the second bias is nothing")
  func gates() throws {
    let network = try network()
    let layer = network.layers[0]
    let tensors = try graph(network).messages(5)
    func floats(_ name: String) throws -> [Float] {
      let tensor = try #require(tensors.first { $0.texts(8) == [name] })
      return ProtoReader.floats(try #require(tensor.runs(9).first))
    }
    let (input, bias) = (try floats("input"), try floats("bias"))
    for (place, gate) in [0, 3, 1, 2].enumerated() {
      #expect(input[place * 12..<(place + 1) * 12] == layer.input[gate * 12..<(gate + 1) * 12])
      #expect(bias[place * 4..<(place + 1) * 4] == layer.bias[gate * 4..<(gate + 1) * 4])
    }
    #expect(bias.count == 32 && bias[16...].allSatisfy { $0 == 0 })
  }
}
