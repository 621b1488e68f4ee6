// The store's advisory lock: who writes, and who refreshes, one at a time over all processes and threads.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace courtesy {

// Bytes of a file beside the store ("shop.db-lock"), locked as open file descriptions: the lock of a process that dies
// is free at once, and another connection of the same process is another owner.
//
// Who wants to write while somebody does takes a turn: a number, counted in the file, and the byte of that number,
// which he keeps until he has the writer's byte. He waits for the turn before his, then for the writer's byte. So
// writers come one after the other in the order in which they asked, and one that is killed while he waits stops
// nobody.
//
// A child that was forked has no part in its parent's locks, and cannot use this one.
class FileLock {
 public:
  explicit FileLock(const std::string& store_path);  // throws Error{store} where the file cannot be made
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  enum class Part : std::uint8_t { writing, refreshing };

  // Held as long as it lives.
  class Held {
   public:
    Held(Held&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)), part_(other.part_) {}
    Held& operator=(Held&&) = delete;
    ~Held();

   private:
    friend class FileLock;
    Held(FileLock& lock, Part part) : lock_(&lock), part_(part) {}
    FileLock* lock_;
    Part part_;
  };

  // Waits as long as it takes. Of one lock each part may be held but once at a time.
  [[nodiscard]] Held hold(Part part);
  // As others see it at this moment, to look at alone: whether another owner holds it, and whether one queues to write.
  [[nodiscard]] bool is_free(Part part);
  [[nodiscard]] bool somebody_waits();

 private:
  void lock(std::int64_t byte);
  [[nodiscard]] bool try_lock(std::int64_t byte);
  void unlock(std::int64_t byte) noexcept;
  // Of `count` bytes; of all from there on where it is 0.
  [[nodiscard]] bool are_free(std::int64_t from, std::int64_t count);
  [[nodiscard]] std::int64_t take_turn();
  void wait_for_turn(std::int64_t turn);

  std::string path_;
  int file_ = -1;
};

}  // namespace courtesy
