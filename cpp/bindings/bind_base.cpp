#include <courtesy/base/base_builder.h>

#include "casters.h"

namespace courtesy::bindings {
namespace {

std::shared_ptr<const CustomerBase> build(const Table& customers, const std::optional<Table>& events,
                                          const std::optional<Table>& assets, std::string shop_zone,
                                          std::optional<std::string> naive_zone, bool skip_unknown) {
  const BuildOptions options{std::move(shop_zone), std::move(naive_zone), skip_unknown};
  const py::gil_scoped_release released;
  return build_base(customers, events, assets, options);
}

py::object customer_id(const CustomerBase& base, Index customer) {
  const Ids& ids = base.customer_ids();
  if (customer >= ids.size()) throw py::index_error("no such customer");
  if (ids.are_integers()) return py::int_(ids.number(customer));
  return py::str(std::string(ids.text_view(customer)));
}

std::optional<Index> found(Index customer) {
  return customer == no_index ? std::nullopt : std::optional<Index>(customer);
}

}  // namespace

void bind_base(py::module_& module) {
  py::class_<CustomerBase, std::shared_ptr<CustomerBase>>(module, "CustomerBase",
                                                          "Customers, assets and events in dense columns.")
      .def_property_readonly("customers", &CustomerBase::customers)
      .def_property_readonly("events", &CustomerBase::events)
      .def_property_readonly("assets", &CustomerBase::assets)
      .def_property_readonly("warnings", [](const CustomerBase& base) { return base.warnings(); })
      .def_property_readonly("skipped_events", &CustomerBase::skipped_events)
      .def(
          "find_customer",
          [](const CustomerBase& base, std::int64_t id) { return found(base.customer_ids().find(id)); }, py::arg("id"))
      .def(
          "find_customer",
          [](const CustomerBase& base, const std::string& id) { return found(base.customer_ids().find(id)); },
          py::arg("id"))
      .def("customer_id", &customer_id, py::arg("customer"));
  module.def("build_base", &build, py::arg("customers"), py::arg("events"), py::arg("assets"), py::arg("shop_zone"),
             py::arg("naive_zone"), py::arg("skip_unknown"),
             "Builds the customer base; raises with every problem found, each with its table, row and column.");
}

}  // namespace courtesy::bindings
