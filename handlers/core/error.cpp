#include "handlers/core/error.hpp"

#include <array>

namespace countersign {

namespace {

constexpr std::array<std::string_view, 18> names = {
    "ok",         "not_found",    "malformed",   "too_large",   "unsupported", "bad_signature",
    "stale",      "replayed",     "forbidden",   "refused",     "conflict",    "duplicate",
    "lease_lost", "rate_limited", "unreachable", "answer_lost", "unavailable", "corrupt"};

class Category final : public boost::system::error_category
{
public:
    const char* name() const noexcept override { return "countersign"; }
    std::string message(int code) const override { return std::string{name_of(static_cast<Errc>(code))}; }
};

}  // namespace

std::string_view name_of(Errc code) noexcept
{
    const auto index = static_cast<std::size_t>(code);
    return index < names.size() ? names[index] : "unknown";
}

const boost::system::error_category& countersign_category() noexcept
{
    static const Category category;
    return category;
}

void throw_exception_from_error(const Problem& problem, const boost::source_location&)
{
    throw boost::system::system_error{make_error_code(problem.code), problem.reason};
}

}  // namespace countersign
