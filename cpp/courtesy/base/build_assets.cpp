#include <courtesy/base/builder.h>
#include <courtesy/base/event_content.h>

namespace courtesy {

void BaseBuilder::take_assets(Table table) {
  have_assets_ = true;
  if (!required_columns(table, {"id", "customer"})) return;
  const std::vector<Index> customer = find_customers(table, *table.find("customer"));
  std::vector<bool> left_out;
  std::size_t skipped = 0;
  std::string name;
  for (std::size_t row = 0; row < customer.size(); ++row) {
    if (customer[row] != no_index) continue;
    name.clear();
    if (!append_id_cell(table.find("customer")->cell(row), name)) continue;
    if (options_.skip_unknown) {
      if (left_out.empty()) left_out.assign(customer.size(), false);
      left_out[row] = true;
      ++skipped;
    } else {
      problems_.add(table, row, "customer",
                    "there is no customer '" + name + "'; add it to customers, or give unknown=\"skip\"");
    }
  }
  if (skipped > 0) {
    base_->warnings_.push_back(table.name + ": " + std::to_string(skipped) + " of unknown customers left out");
  }
  take_ids(table, *table.find("id"), left_out, base_->asset_ids_);
  if (const Column* since = table.find("since")) (void)read_days(table, *since, problems_);
  for (std::size_t row = 0; row < customer.size(); ++row) {
    if (!left_out.empty() && left_out[row]) continue;
    base_->asset_customer_.push_back(customer[row]);
    if (!left_out.empty()) base_->asset_row_.push_back(static_cast<Index>(row));
  }
  base_->asset_table_ = std::move(table);
}

}  // namespace courtesy
