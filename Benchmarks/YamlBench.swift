import Glibc
import YamlOracle

/// `bench yaml --mutations N --seed S`: no crash, and both readers agree on every document.
struct YamlBench {
  var mutations = 1_000_000
  var seed: UInt64 = 1

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let name = rest.popFirst(), let text = rest.popFirst() {
      if name == "--mutations", let count = Int(text) { mutations = count }
      if name == "--seed", let number = UInt64(text) { seed = number }
    }
  }

  /// Whether all is well.
  func run() -> Bool {
    let start = clock()
    let fuzz = YamlFuzz.run(mutations: mutations, seed: seed)
    let cpuSeconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    for found in fuzz.disagreements {
      let text = String(decoding: found.bytes, as: UTF8.self).debugDescription
      print("document \(found.number): \(text.prefix(400))")
      print("  strict reader: \(found.fast.prefix(400))")
      print("  slow reader:   \(found.slow.prefix(400))")
    }
    print("\(fuzz.documents) documents from seed \(seed) in \(cpuSeconds) CPU seconds")
    print("\(fuzz.accepted) accepted, \(fuzz.disagreements.count) disagreements")
    return fuzz.disagreements.isEmpty
  }
}
