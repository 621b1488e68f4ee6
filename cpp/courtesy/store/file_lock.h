// The store's advisory lock: who writes, and who refreshes, one at a time over all processes and threads.
#pragma once

#include <string>

namespace courtesy {

// Bytes of a file beside the store ("shop.db-lock"), locked as open file descriptions: the lock of a process that dies
// is free at once, and another connection of the same process is another owner.
//
// A writer waits in the queue's byte, then for the writer's byte, and leaves the queue when it has it. So whoever has
// just written does not get in front of those who wait.
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
    Held(Held&& other) noexcept : lock_(other.lock_), part_(other.part_) { other.lock_ = nullptr; }
    Held& operator=(Held&&) = delete;
    ~Held();

   private:
    friend class FileLock;
    Held(FileLock& lock, Part part) : lock_(&lock), part_(part) {}
    FileLock* lock_;
    Part part_;
  };

  [[nodiscard]] Held hold(Part part);

 private:
  void lock(int byte);
  void unlock(int byte);
  int file_ = -1;
};

}  // namespace courtesy
