// A column of ids to give away.
#pragma once

#include <string>
#include <vector>

#include <courtesy/base/arrow_out.h>
#include <courtesy/base/ids.h>

namespace courtesy {

// The ids of these rows, whole numbers or texts as they are; no_index is an empty cell.
[[nodiscard]] OutColumn id_column(std::string name, const Ids& ids, const std::vector<Index>& rows);

}  // namespace courtesy
