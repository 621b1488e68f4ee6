// The store's tables and their versions.
#pragma once

#include <cstdint>

#include <courtesy/store/sqlite.h>

namespace courtesy {

inline constexpr std::int64_t store_application_id = 0x43727473;
[[nodiscard]] std::int64_t schema_version();  // the one that this version writes

// Throws Error{store} for a database of another program, and for a newer version ("made by a newer courtesy (schema 3,
// this one knows 1)"). The version that the file has; 0 where it is empty.
std::int64_t check_schema(Database& database);

// Makes the tables of an empty file, or brings those of an older version up to date, in one transaction, and turns WAL
// mode on; the writer's lock is held by the caller. Throws as check_schema() does.
void migrate(Database& database);

}  // namespace courtesy
