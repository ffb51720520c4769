import Fixtures
import Foundation
import Testing

/// scripts/export_network.py on arrays made by hand, as Keras lays them out, and what becomes of them here.
@Suite struct ForeignNetworkTests {
  /// One unit and one input, so that a person can follow: gates i, f, c, o are the columns.
  private static let script = """
    import json, struct, sys
    sys.path.insert(0, sys.argv[1])
    import export_network as network
    names = sys.argv[2].split(",")
    wave = lambda rows, columns, turn: [
      [((37 * r + 91 * c + turn) % 101) / 100 - 0.5 for c in range(columns)] for r in range(rows)]
    arrays = [wave(len(names), 12, 3), wave(3, 12, 5), wave(1, 12, 7)[0], wave(3, 8, 2), wave(2, 8, 4),
              wave(1, 8, 6)[0], wave(2, 1, 8), [0.25]]
    layers = network.of_arrays(arrays)
    network.write(layers, names, 20, "network.txt", centre=[0.001] * len(names),
                  spread=[0.5] * len(names), unit=0.002, offset=0.0001)
    rows = wave(40, len(names), 9)
    scaled = [[(x - 0.001) / 0.5 for x in row] for row in rows]
    open("rows.f32", "wb").write(b"".join(struct.pack("<f", x) for row in rows for x in row))
    says = [0.0001 + 0.002 * network.forecast(layers, scaled[i:i + 20]) for i in range(21)]
    json.dump(says, open("theirs.json", "w"))
    one = network.of_arrays([[[1, 2, 3, 4]], [[5, 6, 7, 8]], [9, 10, 11, 12], [[13]], [14]])
    network.write(one, ["close"], 2, "one.txt")
    """

  private func export(_ place: borrowing Workplace, names: [String]) throws {
    FileBytes.write(Array(Self.script.utf8), to: place.path("make.py"))
    let process = Spawned(
      "/usr/bin/env",
      [
        "-C", place.folder, "PYTHONDONTWRITEBYTECODE=1", "python3", "make.py",
        "\(Workplace.home)/scripts", names.joined(separator: ","),
      ])
    let code = process.wait()
    try #require(code == 0, "\(process.talkText)")
  }

  @Test func arraysOfKerasBecomeAVersion() throws {
    let place = Workplace()
    try place.run("data make --until 2020-03-31")
    let features = try #require(
      try place.run("train features --json").object()["features"] as? [[String: Any]])
    let names = features.prefix(4).compactMap { $0["name"] as? String }
    try #require(names.count == 4)
    try export(place, names: names)

    // Columns become rows; the gates keep their places.
    let one = String(decoding: FileBytes.read(place.path("one.txt")), as: UTF8.self)
    let lines = one.split(separator: "\n").map(String.init)
    #expect(
      lines.suffix(7) == [
        "lstm 1", "bias 9.0 10.0 11.0 12.0", "input 1.0 2.0 3.0 4.0", "hidden 5.0 6.0 7.0 8.0",
        "dense 1 linear", "bias 14.0", "input 13.0",
      ])

    // What the text says, reckoned slowly by the script and by the kernels.
    try place.run("bench lstm-foreign --model network.txt --rows rows.f32 --out ours.f64")
    let theirs = try JSONDecoder().decode(
      [Double].self, from: Data(FileBytes.read(place.path("theirs.json"))))
    let ours = FileBytes.read(place.path("ours.f64")).withUnsafeBytes { raw in
      (0..<raw.count / 8).map { raw.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
    #expect(ours.count == 21 && theirs.count == 21)
    for (one, other) in zip(ours, theirs) { #expect(abs(one - other) < 0.002 * 1e-5) }

    let adopted = try place.run(
      "train adopt network.txt --format network --until 2020-02-28 --json"
    ).object()
    #expect(adopted["made_elsewhere"] as? Bool == true)
    try place.run("evaluate promote 1 --reason theirs")
    let traded = try place.run("evaluate backtest --forecasts model --json").object()
    #expect(traded["figures"] is [String: Any])
    let told = try place.run("evaluate explain 1 --json").object()
    #expect((told["shares"] as? [String: Any])?.count == 4)
    try place.run("evaluate export 1 --out network.onnx")
  }

  @Test func otherFilesAreRefusedWithTheLine() throws {
    let place = Workplace()
    try place.run("data make --until 2020-01-31")
    try export(place, names: ["no", "such", "feature", "here"])
    let strange = place.answer("train adopt network.txt --format network")
    #expect(strange.exitCode == 2 && strange.talk.contains("no, such, feature, here"), "\(strange)")
    let text = String(decoding: FileBytes.read(place.path("network.txt")), as: UTF8.self)
    FileBytes.write(
      Array(text.replacing("window 20", with: "window twenty").utf8), to: place.path("bad.txt"))
    let bad = place.answer("train adopt bad.txt --format network")
    #expect(bad.exitCode == 3 && bad.talk.contains("bad.txt: line 3"), "\(bad)")
  }
}
