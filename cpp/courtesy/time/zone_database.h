// The system's IANA time zone database.
#pragma once

#include <string>
#include <vector>

#include <courtesy/time/zone_table.h>

namespace courtesy::zone_database {

// The names of all zones and links, sorted; read once. Throws Error{zone} where the system has no database.
[[nodiscard]] const std::vector<std::string>& names();

// What the database says of the zone of that name, which is one of names().
[[nodiscard]] ZoneData read(const std::string& name);

// Its release, "2025b"; "unknown" where it does not tell.
[[nodiscard]] std::string version();

}  // namespace courtesy::zone_database
