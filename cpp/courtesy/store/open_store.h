// A store's file, open and up to date.
#pragma once

#include <memory>
#include <string>

#include <courtesy/store/file_lock.h>
#include <courtesy/store/sqlite.h>

namespace courtesy {

struct OpenStore {
  std::unique_ptr<FileLock> lock;
  Database database;
};

// Opens the file, or makes it, while nobody else writes. What it refuses: see Database and migrate(). Of a read-only
// one the tables must be up to date.
[[nodiscard]] OpenStore open_store(const std::string& path, const DatabaseOptions& options);

}  // namespace courtesy
