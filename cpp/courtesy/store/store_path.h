// Where a store's files lie, and whether they may be used.
#pragma once

#include <string>

namespace courtesy {

// The whole path of a file whose folder exists, without symbolic links in the folders' part: SQLite, which follows
// none, is told where they lead. Throws Error{store} where the folder does not exist.
[[nodiscard]] std::string whole_path(const std::string& path);

// Makes an empty file that is its owner's alone where there is none and `create` is set. Throws Error{store} where
// there is none otherwise, for a folder, a symbolic link, a file with a second name (its WAL lies beside one of them
// alone), and where a file beside it that SQLite will use ("-wal", "-shm", "-journal") is a symbolic link.
void check_store_file(const std::string& whole_path, bool create);

// Makes an empty file that is its owner's alone; false where there is something of that name already.
[[nodiscard]] bool make_private_file(const std::string& path);

// So that the file's cells, or the folder's names, are on the disk.
void sync_to_disk(const std::string& path);

}  // namespace courtesy
