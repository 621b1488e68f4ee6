// The store's tables and their versions.
#pragma once

#include <cstdint>

#include <courtesy/store/sqlite.h>

namespace courtesy {

inline constexpr std::int64_t store_application_id = 0x43727473;
[[nodiscard]] std::int64_t schema_version();  // the one that this version writes

// Makes the tables of an empty file, or brings those of an older version up to date, in one transaction; the writer's
// lock is held by the caller. Throws Error{store} for a file of another program, and for a newer version ("made by a
// newer courtesy (schema 3, this one knows 1): update courtesy").
void migrate(Database& database);

}  // namespace courtesy
