// Copies of a store, and whether its file is whole.
#pragma once

#include <string>
#include <vector>

#include <courtesy/store/sqlite.h>

namespace courtesy {

// Writes the store as it is now to a file of its own, which is there whole or not at all, and its owner's alone. One
// that is there is replaced. Nobody is kept waiting.
void backup_store(Database& database, const std::string& path);

// Makes a store of a backup, where there is none yet. It is held back: it sends nothing until it is reconciled with
// what went out after the backup was made. Throws Error{store} for what is no store, is damaged or of a newer version,
// and where there is a file already.
void restore_store(const std::string& backup, const std::string& path);

// What is wrong with the file, in plain words; nothing where it is whole: SQLite's own check, and whether the tables
// agree with each other.
[[nodiscard]] std::vector<std::string> check_store(Database& database);

}  // namespace courtesy
