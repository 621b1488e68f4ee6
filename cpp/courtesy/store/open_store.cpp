#include <courtesy/error.h>
#include <courtesy/store/open_store.h>
#include <courtesy/store/schema.h>
#include <courtesy/store/store_path.h>

#include <utility>

namespace courtesy {

OpenStore open_store(const std::string& path, const DatabaseOptions& options) {
  const std::string whole = whole_path(path);
  // Before a lock is made beside something that is no store.
  check_store_file(whole, options.create && !options.read_only);
  auto lock = std::make_unique<FileLock>(whole);
  const FileLock::Held held = lock->hold(FileLock::Part::writing);
  Database database(whole, options);
  if (!options.read_only) {
    migrate(database);
  } else if (check_schema(database) != schema_version()) {
    Where where;
    where.file = whole;
    throw Error(ErrorKind::store, "its tables are of an older version; open it once to write", std::move(where));
  }
  return {std::move(lock), std::move(database)};
}

}  // namespace courtesy
