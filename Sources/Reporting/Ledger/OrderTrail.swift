import Market
import Trading

/// The orders at work, as far as money depends on them: charges are of an order, not of its fills.
struct OrderTrail: Sendable {
  /// One working order.
  struct Entry: Sendable {
    let order: Order
    /// The last close when it was sent; fills are measured against it.
    let decision: Price?
    var remaining: Int64
    var charge = OrderCharge()
  }

  private(set) var working: [Entry] = []

  mutating func send(_ order: Order, decision: Price?) {
    working.append(Entry(order: order, decision: decision, remaining: order.lots))
  }

  /// Takes a finished order out.
  mutating func finish(_ id: OrderID) {
    working.removeAll { $0.order.id == id }
  }

  func decision(of id: OrderID) -> Price? {
    working.first { $0.order.id == id }?.decision
  }

  /// What the account owes for a fill; one of an order that is not at work stands for itself.
  mutating func owe(_ fill: Fill, to book: Book) -> Money {
    guard let index = working.firstIndex(where: { $0.order.id == fill.order }) else {
      var stray = OrderCharge()
      return book.owed(fill, of: &stray)
    }
    let owed = book.owed(fill, of: &working[index].charge)
    working[index].remaining -= fill.lots
    if working[index].remaining <= 0 { working.remove(at: index) }
    return owed
  }
}
