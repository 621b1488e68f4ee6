#include <courtesy/error.h>
#include <courtesy/store/store_path.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace courtesy {
namespace {

[[noreturn]] void refuse(const std::string& path, std::string message) {
  Where where;
  where.file = path;
  throw Error(ErrorKind::store, std::move(message), std::move(where));
}

std::string system_words(int number) { return std::generic_category().message(number); }

// Closes it in the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

std::string whole_path(const std::string& path) {
  const std::filesystem::path given(path);
  if (given.filename().empty()) refuse(path, "it names no file; give the path of the store's file");
  std::error_code failure;
  const auto folder =
      std::filesystem::canonical(given.has_parent_path() ? given.parent_path() : std::filesystem::path("."), failure);
  if (failure) refuse(path, "its folder cannot be used (" + failure.message() + "); make it first");
  return (folder / given.filename()).string();
}

void check_store_file(const std::string& whole_path, bool create) {
  struct stat file{};
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    if (::lstat((whole_path + suffix).c_str(), &file) == 0 && !S_ISREG(file.st_mode)) {
      refuse(whole_path + suffix, "it lies beside a store and is no plain file; move it away");
    }
  }
  if (::lstat(whole_path.c_str(), &file) != 0) {
    const int number = errno;
    if (number != ENOENT) refuse(whole_path, "it cannot be read: " + system_words(number));
    if (!create) refuse(whole_path, "there is no such file");
    // Somebody else may make it in this instant; then it is looked at again.
    if (make_private_file(whole_path)) return;
    if (::lstat(whole_path.c_str(), &file) != 0) refuse(whole_path, "it cannot be read: " + system_words(errno));
  }
  if (S_ISDIR(file.st_mode)) refuse(whole_path, "it is a folder; give the path of a file in it");
  if (S_ISLNK(file.st_mode)) refuse(whole_path, "it is a symbolic link; give the path of the file itself");
  if (!S_ISREG(file.st_mode)) refuse(whole_path, "it is no plain file");
  if (file.st_nlink > 1) {
    refuse(whole_path,
           "the file has another name as well (a hard link), and a store's WAL lies beside one name alone; "
           "remove the other, or make a backup of it");
  }
}

bool make_private_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.number() >= 0) return true;
  const int number = errno;
  if (number == EEXIST) return false;
  refuse(path, "it cannot be made: " + system_words(number));
}

void sync_to_disk(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0 || ::fsync(file.number()) != 0) refuse(path, "it cannot be written: " + system_words(errno));
}

}  // namespace courtesy
