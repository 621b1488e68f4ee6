#include "fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace courtesy::testing_fault {

struct FaultVfs::State {
  std::int64_t steps = 0;
  std::int64_t chosen = 0;
  Fault fault = Fault::none;
  bool crash = false;
  bool happened = false;
};

namespace {

FaultVfs::State state;

// A file of ours: SQLite's own stands behind it in the same memory.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

// What the next step does. After a crash nothing happens any more.
enum class Verdict : std::uint8_t { well, refused, chosen };

Verdict next_step() {
  if (state.happened && state.crash) return Verdict::refused;
  ++state.steps;
  if (state.chosen == 0 || state.steps != state.chosen) return Verdict::well;
  state.happened = true;
  return Verdict::chosen;
}

int on_close(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }
int on_read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
  return real_of(file)->pMethods->xRead(real_of(file), to, bytes, at);
}

int on_write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  sqlite3_file* const real = real_of(file);
  const Verdict verdict = next_step();
  if (verdict == Verdict::well) return real->pMethods->xWrite(real, from, bytes, at);
  if (verdict == Verdict::refused) return SQLITE_IOERR_WRITE;
  switch (state.fault) {
    case Fault::full:
      return SQLITE_FULL;
    case Fault::part:
      if (bytes > 1) (void)real->pMethods->xWrite(real, from, bytes / 2, at);
      return SQLITE_IOERR_WRITE;
    case Fault::torn: {
      std::vector<char> noise(static_cast<std::size_t>(bytes));
      const auto* given = static_cast<const char*>(from);
      const int whole = std::min(512, bytes / 2);
      std::copy_n(given, whole, noise.begin());
      for (int i = whole; i < bytes; ++i) noise[static_cast<std::size_t>(i)] = static_cast<char>(i * 37 + 11);
      (void)real->pMethods->xWrite(real, noise.data(), bytes, at);
      return SQLITE_IOERR_WRITE;
    }
    default:
      return SQLITE_IOERR_WRITE;
  }
}

int on_truncate(sqlite3_file* file, sqlite3_int64 size) {
  sqlite3_file* const real = real_of(file);
  return next_step() == Verdict::well ? real->pMethods->xTruncate(real, size) : SQLITE_IOERR_TRUNCATE;
}

// No power goes in a test: that a sync was asked for is all that counts, and a real one takes most of a run's time.
int on_sync(sqlite3_file*, int) { return next_step() == Verdict::well ? SQLITE_OK : SQLITE_IOERR_FSYNC; }

int on_size(sqlite3_file* file, sqlite3_int64* size) { return real_of(file)->pMethods->xFileSize(real_of(file), size); }
int on_lock(sqlite3_file* file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
int on_unlock(sqlite3_file* file, int level) { return real_of(file)->pMethods->xUnlock(real_of(file), level); }
int on_check_lock(sqlite3_file* file, int* held) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}
int on_control(sqlite3_file* file, int what, void* with) {
  return real_of(file)->pMethods->xFileControl(real_of(file), what, with);
}
int on_sector(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int on_device(sqlite3_file* file) { return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)); }
int on_shm_map(sqlite3_file* file, int page, int bytes, int extend, void volatile** out) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, bytes, extend, out);
}
int on_shm_lock(sqlite3_file* file, int from, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), from, count, flags);
}
void on_shm_barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int on_shm_unmap(sqlite3_file* file, int remove) { return real_of(file)->pMethods->xShmUnmap(real_of(file), remove); }

// The second version: shared memory for the WAL, and no mapping of the file itself.
const sqlite3_io_methods methods = {2,         on_close,   on_read,     on_write,       on_truncate,  on_sync,
                                    on_size,   on_lock,    on_unlock,   on_check_lock,  on_control,   on_sector,
                                    on_device, on_shm_map, on_shm_lock, on_shm_barrier, on_shm_unmap, nullptr,
                                    nullptr};

sqlite3_vfs* real_vfs() { return sqlite3_vfs_find(nullptr); }

int on_open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* ours = reinterpret_cast<File*>(file);
  ours->base.pMethods = nullptr;
  ours->real = reinterpret_cast<sqlite3_file*>(ours + 1);
  const bool makes = (flags & SQLITE_OPEN_CREATE) != 0;
  if (makes && next_step() != Verdict::well) return SQLITE_CANTOPEN;
  const int code = real_vfs()->xOpen(real_vfs(), path, ours->real, flags, out_flags);
  if (ours->real->pMethods != nullptr) ours->base.pMethods = &methods;
  return code;
}

int on_delete(sqlite3_vfs*, const char* path, int) {
  return next_step() == Verdict::well ? real_vfs()->xDelete(real_vfs(), path, 0) : SQLITE_IOERR_DELETE;
}

int on_access(sqlite3_vfs*, const char* path, int flags, int* out) {
  return real_vfs()->xAccess(real_vfs(), path, flags, out);
}
int on_whole_path(sqlite3_vfs*, const char* path, int bytes, char* out) {
  return real_vfs()->xFullPathname(real_vfs(), path, bytes, out);
}
int on_randomness(sqlite3_vfs*, int bytes, char* out) { return real_vfs()->xRandomness(real_vfs(), bytes, out); }
int on_sleep(sqlite3_vfs*, int microseconds) { return real_vfs()->xSleep(real_vfs(), microseconds); }
int on_time(sqlite3_vfs*, double* out) { return real_vfs()->xCurrentTime(real_vfs(), out); }
int on_last_error(sqlite3_vfs*, int bytes, char* out) { return real_vfs()->xGetLastError(real_vfs(), bytes, out); }

sqlite3_vfs& vfs() {
  static sqlite3_vfs ours = [] {
    sqlite3_vfs made{};
    made.iVersion = 1;
    made.szOsFile = static_cast<int>(sizeof(File)) + real_vfs()->szOsFile;
    made.mxPathname = real_vfs()->mxPathname;
    made.zName = "courtesy-fault";
    made.xOpen = on_open;
    made.xDelete = on_delete;
    made.xAccess = on_access;
    made.xFullPathname = on_whole_path;
    made.xRandomness = on_randomness;
    made.xSleep = on_sleep;
    made.xCurrentTime = on_time;
    made.xGetLastError = on_last_error;
    return made;
  }();
  return ours;
}

struct Memory {
  sqlite3_mem_methods real{};
  bool active = false;
  std::int64_t count = 0;
  std::int64_t chosen = 0;
  bool from_then_on = false;
  bool happened = false;
};
Memory memory;

bool fails() {
  ++memory.count;
  if (memory.chosen == 0) return false;
  const bool now = memory.count == memory.chosen || (memory.from_then_on && memory.count > memory.chosen);
  memory.happened = memory.happened || now;
  return now;
}

void* on_malloc(int bytes) { return fails() ? nullptr : memory.real.xMalloc(bytes); }
void* on_realloc(void* at, int bytes) { return fails() ? nullptr : memory.real.xRealloc(at, bytes); }

}  // namespace

FaultVfs::FaultVfs() : state_(&state) {
  no_faults();
  sqlite3_vfs_register(&vfs(), 0);
}

FaultVfs::~FaultVfs() {
  no_faults();
  sqlite3_vfs_unregister(&vfs());
}

void FaultVfs::plan(std::int64_t step, Fault fault, bool crash) { *state_ = {0, step, fault, crash, false}; }
std::int64_t FaultVfs::steps() const { return state_->steps; }
bool FaultVfs::happened() const { return state_->happened; }

bool FaultMemory::install() {
  if (memory.active) return true;
  // SQLite takes it only before it is at work, and it may have begun for another test.
  if (sqlite3_shutdown() != SQLITE_OK) return false;
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory.real) != SQLITE_OK || memory.real.xMalloc == nullptr)
    return false;
  sqlite3_mem_methods ours = memory.real;
  ours.xMalloc = on_malloc;
  ours.xRealloc = on_realloc;
  memory.active = sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
  return memory.active;
}

bool FaultMemory::is_active() { return memory.active; }
void FaultMemory::plan(std::int64_t allocation, bool from_then_on) {
  memory.count = 0;
  memory.chosen = allocation;
  memory.from_then_on = from_then_on;
  memory.happened = false;
}
std::int64_t FaultMemory::allocations() { return memory.count; }
bool FaultMemory::happened() { return memory.happened; }

}  // namespace courtesy::testing_fault
