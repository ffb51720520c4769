import Glibc

/// A lock and the bell that goes with it.
final class Gate: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let bell = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    let hasLock = pthread_mutex_init(mutex, nil) == 0
    let hasBell = pthread_cond_init(bell, nil) == 0
    precondition(hasLock && hasBell, "the system has a lock to give")
  }

  deinit {
    pthread_cond_destroy(bell)
    pthread_mutex_destroy(mutex)
    bell.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }

  func unlock() { pthread_mutex_unlock(mutex) }

  /// Lets others in until the bell rings; holds the lock again afterwards.
  func wait() { pthread_cond_wait(bell, mutex) }

  func wakeAll() { pthread_cond_broadcast(bell) }
}
