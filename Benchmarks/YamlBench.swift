import YamlOracle

/// `bench yaml --mutations N --seed S`: no crash, and both readers agree on every document.
struct YamlBench {
  var mutations = 1_000_000
  var seed: UInt64 = 1

  init(_ arguments: ArraySlice<String>) {
    var rest = Array(arguments)
    while rest.count >= 2 {
      switch rest[0] {
      case "--mutations": mutations = Int(rest[1]) ?? mutations
      case "--seed": seed = UInt64(rest[1]) ?? seed
      default: break
      }
      rest.removeFirst(2)
    }
  }

  /// Whether all is well.
  func run() -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    let fuzz = YamlFuzz.run(mutations: mutations, seed: seed)
    for found in fuzz.disagreements {
      let text = String(decoding: found.bytes, as: UTF8.self).debugDescription.prefix(400)
      print("document \(found.number): \(text)")
      print("  strict reader: \(found.fast.prefix(400))")
      print("  slow reader:   \(found.slow.prefix(400))")
    }
    print(
        "document \(found.number): \(String(decoding: found.bytes, as: UTF8.self).debugDescription)"
      )
      print("  strict reader: \(found.fast)\n  slow reader:   \(found.slow)")
    }
    print(
      "\(fuzz.documents) documents, \(fuzz.accepted) accepted, "
        + "\(fuzz.disagreements.count) disagreements, seed \(seed), \(start.duration(to: clock.now))"
    )
    return fuzz.disagreements.isEmpty
  }
}
