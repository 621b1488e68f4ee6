#include <courtesy/error.h>
#include <courtesy/store/file_lock.h>
#include <courtesy/store/store_path.h>

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <set>
#include <system_error>

namespace courtesy {
namespace {

// Held for the moment in which a turn is taken.
constexpr std::int64_t queue_byte = 0;
constexpr std::int64_t writer_byte = 1;
constexpr std::int64_t refresher_byte = 2;
// That of turn 0, which nobody has.
constexpr std::int64_t turns = 1024;

std::int64_t byte_of(FileLock::Part part) { return part == FileLock::Part::writing ? writer_byte : refresher_byte; }

[[noreturn]] void refuse(const std::string& path, const char* what, int number) {
  Where where;
  where.file = path;
  throw Error(ErrorKind::store, std::string(what) + ": " + std::generic_category().message(number), std::move(where));
}

struct flock bytes(std::int64_t from, std::int64_t count, short type) {
  struct flock range{};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = from;
  range.l_len = count;
  return range;
}

// A child that is forked shares its parent's open file descriptions: as long as it lives, a parent that was killed
// would go on holding its locks. So the child closes them.
class OpenLocks {
 public:
  static OpenLocks& all() {
    // Never destroyed: the process may fork while it ends.
    static auto* const locks = new OpenLocks();
    return *locks;
  }
  void add(int* file) {
    const std::lock_guard guard(mutex_);
    files_.insert(file);
  }
  void remove(int* file) {
    const std::lock_guard guard(mutex_);
    files_.erase(file);
  }

 private:
  OpenLocks() {
    pthread_atfork([] { all().mutex_.lock(); }, [] { all().mutex_.unlock(); },
                   [] {
                     for (int* file : all().files_) {
                       ::close(*file);
                       *file = -1;
                     }
                     all().mutex_.unlock();
                   });
  }

  std::mutex mutex_;
  std::set<int*> files_;
};

}  // namespace

FileLock::FileLock(const std::string& store_path) : path_(whole_path(store_path) + "-lock") {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) {
    const int number = errno;
    if (number == ELOOP) refuse(path_, "it is a symbolic link, which the store's lock must not be", number);
    refuse(path_, "the store's lock cannot be made", number);
  }
  OpenLocks::all().add(&file_);
}

FileLock::~FileLock() {
  OpenLocks::all().remove(&file_);
  if (file_ >= 0) ::close(file_);
}

void FileLock::lock(std::int64_t byte) {
  struct flock range = bytes(byte, 1, F_WRLCK);
  while (::fcntl(file_, F_OFD_SETLKW, &range) != 0) {
    if (errno != EINTR) refuse(path_, "the store's lock cannot be taken", errno);
  }
}

bool FileLock::try_lock(std::int64_t byte) {
  struct flock range = bytes(byte, 1, F_WRLCK);
  if (::fcntl(file_, F_OFD_SETLK, &range) == 0) return true;
  if (errno != EAGAIN && errno != EACCES) refuse(path_, "the store's lock cannot be taken", errno);
  return false;
}

void FileLock::unlock(std::int64_t byte) noexcept {
  struct flock range = bytes(byte, 1, F_UNLCK);
  if (file_ >= 0) (void)::fcntl(file_, F_OFD_SETLK, &range);
}

bool FileLock::are_free(std::int64_t from, std::int64_t count) {
  struct flock range = bytes(from, count, F_WRLCK);
  if (::fcntl(file_, F_OFD_GETLK, &range) != 0) refuse(path_, "the store's lock cannot be read", errno);
  return range.l_type == F_UNLCK;
}

std::int64_t FileLock::take_turn() {
  // A file that was emptied begins anew: then two may wait for one turn, and no more than the order is lost.
  std::uint64_t last = 0;
  if (::pread(file_, &last, sizeof last, 0) < 0) refuse(path_, "the store's lock cannot be read", errno);
  constexpr std::uint64_t most = 1ULL << 60U;
  const std::uint64_t mine = last % most + 1;
  if (::pwrite(file_, &mine, sizeof mine, 0) < 0) refuse(path_, "the store's lock cannot be written", errno);
  const auto turn = static_cast<std::int64_t>(mine);
  lock(turns + turn);
  return turn;
}

void FileLock::wait_for_turn(std::int64_t turn) {
  lock(turns + turn - 1);
  unlock(turns + turn - 1);
  lock(writer_byte);
}

FileLock::Held FileLock::hold(Part part) {
  if (part == Part::refreshing) {
    lock(refresher_byte);
    return {*this, part};
  }
  std::int64_t turn = 0;
  lock(queue_byte);
  try {
    // Where nobody waits, and nobody writes, no turn is needed.
    const bool at_once = are_free(turns + 1, 0) && try_lock(writer_byte);
    if (!at_once) turn = take_turn();
    unlock(queue_byte);
    if (!at_once) wait_for_turn(turn);
  } catch (...) {
    unlock(queue_byte);
    unlock(turns + turn);
    throw;
  }
  if (turn != 0) unlock(turns + turn);
  return {*this, part};
}

bool FileLock::is_free(Part part) { return are_free(byte_of(part), 1); }
bool FileLock::somebody_waits() { return !are_free(turns + 1, 0); }

FileLock::Held::~Held() {
  if (lock_ != nullptr) lock_->unlock(byte_of(part_));
}

}  // namespace courtesy
