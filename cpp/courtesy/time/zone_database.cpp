#include <courtesy/time/zone_database.h>

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <courtesy/error.h>
#include <courtesy/time/civil.h>

namespace courtesy::zone_database {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::sys_seconds;

Error no_database() {
  return Error{ErrorKind::zone,
               "expected the system's time zone database in /usr/share/zoneinfo, found none (install the package "
               "tzdata, on Debian and Ubuntu with: apt-get install tzdata)"};
}

// Where `date` looks for the database, so that a zone's rule comes from the file its transitions come from.
fs::path folder() {
  std::error_code ignored;
  for (const char* place : {"/usr/share/zoneinfo/uclibc", "/usr/share/zoneinfo"}) {
    if (fs::is_directory(place, ignored)) return place;
  }
  throw no_database();
}

const date::tzdb& database() {
  try {
    return date::get_tzdb();
  } catch (const std::exception&) {
    throw no_database();
  }
}

bool is_zone_file(const fs::path& file) {
  std::array<char, 4> magic{};
  std::ifstream in{file, std::ios::binary};
  return in.read(magic.data(), magic.size()) && std::string_view{magic.data(), magic.size()} == "TZif";
}

// The text between the last two line ends of a TZif file (RFC 8536, section 3.3); version 1 has none.
std::string footer(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  constexpr std::size_t version_at = 4;
  if (bytes.size() <= version_at || bytes[version_at] < '2' || bytes.back() != '\n') return {};
  const std::size_t end = bytes.size() - 1;
  const std::size_t begin = bytes.rfind('\n', end - 1);
  return begin == std::string::npos ? std::string{} : bytes.substr(begin + 1, end - begin - 1);
}

std::vector<std::string> read_names() {
  const fs::path root = folder();
  std::vector<std::string> found;
  for (const date::time_zone& zone : database().zones) {
    // These two stand for whatever the machine is set to: a plan must not depend on that.
    if (zone.name() == "localtime" || zone.name() == "posixrules") continue;
    // The folder also holds tables and notes.
    if (is_zone_file(root / zone.name())) found.push_back(zone.name());
  }
  if (found.empty()) throw no_database();
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

const std::vector<std::string>& names() {
  static const std::vector<std::string> all = read_names();
  return all;
}

ZoneData read(const std::string& name) {
  ZoneData data;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    date::sys_info info = zone->get_info(sys_seconds{date::sys_days{date::year::min() / 1 / 1}});
    data.first = info.offset;
    constexpr sys_seconds forever = std::chrono::sys_days{last_year / std::chrono::December / 31};
    while (info.end < forever) {
      const date::sys_info next = zone->get_info(info.end);
      data.transitions.push_back({info.end, info.offset, next.offset});
      if (next.end <= info.end) break;
      info = next;
    }
  } catch (const std::exception&) {
    throw Error{ErrorKind::zone,
                "the time zone database's file of '" + name + "' cannot be read (install the package tzdata again)"};
  }
  // `date` stops at the last transition that the file lists, in 2037 or earlier; the rule in its footer goes on.
  const std::string text = footer(folder() / name);
  if (text.empty()) return data;
  data.rule = PosixRule::parse(text);
  if (!data.rule) {
    throw Error{ErrorKind::zone, "the time zone database's rule '" + text + "' of '" + name +
                                     "' cannot be read (install the package tzdata again)"};
  }
  return data;
}

std::string version() {
  const fs::path root = folder();
  constexpr std::string_view heading = "# version ";
  std::string line;
  if (std::ifstream source{root / "tzdata.zi"}; std::getline(source, line) && line.starts_with(heading)) {
    return line.substr(heading.size());
  }
  if (std::ifstream file{root / "+VERSION"}; std::getline(file, line) && !line.empty()) return line;
  return "unknown";
}

}  // namespace courtesy::zone_database
