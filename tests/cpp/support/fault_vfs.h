// A disk that fails: an SQLite VFS over the default one, which lets the n-th step go wrong.
#pragma once

#include <cstdint>
#include <string>

namespace courtesy::testing_fault {

// What goes wrong at the chosen step.
enum class Fault : std::uint8_t {
  none,
  error,  // the step is refused with an I/O error, and all is well afterwards
  full,   // a write is refused for want of room; another step as `error`
  part,   // of a write the first half is on the disk, and the step says that it failed
  torn,   // of a write the first 512 bytes, or those of a page's first half, are on the disk and the rest is noise, as
          // when the power goes; the step says that it failed
};

// Steps are writes, syncs, truncations, deletions and openings for writing of any file that is opened through it, in
// the order in which they happen. One disk at a time; to be used by one thread.
class FaultVfs {
 public:
  FaultVfs();  // registers it
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;
  ~FaultVfs();

  [[nodiscard]] static std::string name() { return "courtesy-fault"; }  // for DatabaseOptions::vfs

  // Counts anew, and lets step number `step` (from 1) go wrong. `crash`: from there on every step is refused, and
  // nothing reaches the disk, as if the process had ended there.
  void plan(std::int64_t step, Fault fault, bool crash);
  void no_faults() { plan(0, Fault::none, false); }
  [[nodiscard]] std::int64_t steps() const;  // since then
  [[nodiscard]] bool happened() const;       // whether the chosen step was reached

  struct State;

 private:
  State* state_;
};

// Memory that runs out: SQLite's allocations, of which the n-th fails, and with `from_then_on` all later ones too. It
// must be made before SQLite is used first; where it comes too late, is_active() says so.
class FaultMemory {
 public:
  static bool install();
  [[nodiscard]] static bool is_active();
  static void plan(std::int64_t allocation, bool from_then_on);
  static void no_faults() { plan(0, false); }
  [[nodiscard]] static std::int64_t allocations();  // since then
  [[nodiscard]] static bool happened();
};

}  // namespace courtesy::testing_fault
