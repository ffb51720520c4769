import Numerics
import Testing

@Suite struct ParallelTests {
  @Test func noResultDependsOnTheNumberOfWorkers() {
    var generator = Xoshiro256(seed: 5)
    let values = (0..<100_003).map { _ in generator.normal() }
    let chunks = Chunks(total: values.count, size: 1024)
    func total(_ workers: Int) -> Double {
      parallelMap(chunks: chunks.count, workers: workers) { chunk in
        values[chunks.range(chunk)].reduce(0, +)
      }.reduce(0, +)
    }
    let alone = total(1)
    for workers in 2...9 { #expect(total(workers) == alone, "\(workers) workers") }
  }

  @Test func everyChunkRunsOnce() {
    for (chunks, workers) in [(0, 4), (1, 4), (3, 8), (1000, 3), (1000, 1), (5, 0)] {
      var counts = [Int](repeating: 0, count: chunks)
      counts.withUnsafeMutableBufferPointer { counts in
        parallel(chunks: chunks, workers: workers) { counts[$0] += 1 }
      }
      #expect(counts.allSatisfy { $0 == 1 }, "\(chunks) chunks, \(workers) workers")
    }
  }

  @Test func chunksCoverTheWholeInOrder() {
    for total in [0, 1, 99, 100, 101] {
      let chunks = Chunks(total: total, size: 10)
      #expect((0..<chunks.count).flatMap { chunks.range($0) } == Array(0..<total))
    }
  }
}
