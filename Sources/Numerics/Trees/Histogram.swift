internal import CKernels

/// The kernels under boosted trees: sums per code, their best cut, and the parting of rows.
///
/// A cell sums what rows carry in its upper 32 bits and counts them in its lower 32; both are whole
/// numbers, so that subtraction is exact and no order of work can change a bit. Code 0 means absent.
public enum Histogram {
  public static let featuresPerBlock = 16
  public static let codesPerFeature = 256
  public static let cellsPerBlock = featuresPerBlock * codesPerFeature

  /// A row's value or a cell.
  @inlinable
  public static func packed(sum: Int64, count: Int64) -> Int64 { sum << 32 &+ count }
  @inlinable
  public static func sum(_ cell: Int64) -> Int64 { cell >> 32 }
  @inlinable
  public static func count(_ cell: Int64) -> Int64 { cell & 0xFFFF_FFFF }

  /// So many blocks at most are added together.
  public static let blocksPerGroup = 8

  /// Adds the values of the rows to the cells of features whose codes stand side by side, `stride` bytes
  /// from row to row.
  public static func add(
    _ codes: UnsafePointer<UInt8>, stride: Int, features: Int, rows: UnsafePointer<Int32>,
    values: UnsafePointer<Int64>, count: Int, to cells: UnsafeMutablePointer<Int64>
  ) {
    precondition(features <= blocksPerGroup * featuresPerBlock, "a group has so many features")
    unsafe kernels_histogram_rows(codes, stride, features, rows, values, count, cells)
  }

  /// Takes `shift` from the sum of every row that a leaf's cells count.
  public static func shift(
    _ cells: UnsafeMutablePointer<Int64>, by shift: Int32, where leaf: UnsafePointer<Int64>,
    count: Int
  ) {
    unsafe kernels_histogram_shift(cells, leaf, count, shift)
  }

  /// Copies the 16 codes of a block of every row, side by side; `codes` are those of row 0.
  public static func gather(
    block codes: UnsafePointer<UInt8>, stride: Int, rows: UnsafePointer<Int32>, count: Int,
    into tile: UnsafeMutablePointer<UInt8>
  ) {
    unsafe kernels_gather_block(codes, stride, rows, count, tile)
  }

  /// Copies one feature's code of every row from its column.
  public static func gather(
    column codes: UnsafePointer<UInt8>, rows: UnsafePointer<Int32>, count: Int,
    into tile: UnsafeMutablePointer<UInt8>
  ) {
    unsafe kernels_gather_column(codes, rows, count, tile)
  }

  /// Counts few rows of one feature, whose gathered codes lie `stride` bytes apart, into cells without gaps,
  /// that of the absent first; `used` tells their codes. `sparse` holds 256 zeros before and after; there is
  /// room for one cell more than 256. Returns how many cells there are.
  public static func addFew(
    _ codes: UnsafePointer<UInt8>, stride: Int, values: UnsafePointer<Int64>, count: Int,
    sparse: UnsafeMutablePointer<Int64>, to cells: UnsafeMutablePointer<Int64>,
    used: UnsafeMutablePointer<UInt8>
  ) -> Int {
    unsafe kernels_histogram_few(codes, stride, values, count, sparse, cells, used)
  }

  public static func subtract(
    _ other: UnsafePointer<Int64>, from cells: UnsafeMutablePointer<Int64>, count: Int
  ) {
    unsafe kernels_histogram_subtract(cells, other, count)
  }

  /// So few rows are parted sooner by one worker.
  private static let partedRows = 16_384

  /// Parts rows and their values in place, those with codes in the set first; each side keeps its order. Returns how
  /// many go first.
  public static func partition(
    _ codes: UnsafePointer<UInt8>, left: UnsafePointer<UInt8>, rows: UnsafeMutablePointer<Int32>,
    values: UnsafeMutablePointer<Int64>, count: Int, spareRows: UnsafeMutablePointer<Int32>,
    spareValues: UnsafeMutablePointer<Int64>, workers: borrowing Workers
  ) -> Int {
    let pieces = max(1, min(workers.count, count / partedRows))
    let chunks = Chunks(total: count, size: max(1, (count + pieces - 1) / pieces))
    // Each worker parts a piece by itself; then all that goes first closes up, and the others follow.
    var kept = [Int](repeating: 0, count: chunks.count)
    unsafe kept.withUnsafeMutableBufferPointer { kept in
      workers.run(chunks: chunks.count) { chunk in
        let piece = chunks.range(chunk)
        let first = piece.lowerBound
        unsafe kept[chunk] = kernels_part(
          codes, left, rows + first, values + first, piece.count, spareRows + first,
          spareValues + first)
      }
    }
    var whole = kept.first ?? 0
    for chunk in 1..<max(1, chunks.count) {
      let first = chunks.range(chunk).lowerBound
      unsafe (rows + whole).update(from: rows + first, count: kept[chunk])
      unsafe (values + whole).update(from: values + first, count: kept[chunk])
      whole += kept[chunk]
    }
    var next = whole
    for chunk in 0..<chunks.count {
      let piece = chunks.range(chunk)
      let moved = piece.count - kept[chunk]
      unsafe (rows + next).update(from: spareRows + piece.lowerBound, count: moved)
      unsafe (values + next).update(from: spareValues + piece.lowerBound, count: moved)
      next += moved
    }
    return whole
  }
}

/// The search for the best cut of one feature; it keeps what is best so far.
public struct CutScan {
  private var scan: kernels_scan

  /// `total` is the leaf's cell; penalties are in the cells' units; `gain` is to be beaten.
  public init(total: Int64, l1: Double, l2: Double, leastRows: Int, gain: Double) {
    scan = kernels_scan(
      total: total, l1: l1, l2: l2, least_rows: Int32(leastRows), gain: gain, cut: 0,
      missing_left: 0, left: 0)
  }

  /// The least gain, then the best one found, in the cells' units squared.
  public var gain: Double { scan.gain }
  /// The codes 1...cut go left.
  public var cut: Int { Int(scan.cut) }
  public var isMissingLeft: Bool { scan.missing_left != 0 }
  /// What goes left, as a cell.
  public var left: Int64 { scan.left }

  /// Whether one of the cuts between this feature's codes is better than the best so far.
  public mutating func improve(_ cells: UnsafePointer<Int64>, codes: Int) -> Bool {
    unsafe kernels_scan_cuts(cells, codes, &scan) != 0
  }
}
