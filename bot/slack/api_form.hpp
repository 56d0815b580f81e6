#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::slack {

// The fields of a call, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

using FieldList = std::initializer_list<std::pair<std::string_view, std::string_view>>;

inline void add(Fields& fields, FieldList more) { fields.insert(fields.end(), more.begin(), more.end()); }

inline Fields form(FieldList fields) { return {fields.begin(), fields.end()}; }

}  // namespace countersign::slack
