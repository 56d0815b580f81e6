#include "handlers/rules/freeze.hpp"

#include "handlers/model/freeze_document.hpp"
#include "handlers/model/stored.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace countersign::rules {

namespace json = boost::json;

namespace {

using What = FreezeNotice::What;

constexpr std::array<std::pair<What, std::string_view>, 3> what_names = {{
    {What::frozen, "frozen"},
    {What::half_released, "half_released"},
    {What::released, "released"},
}};

}  // namespace

std::string_view name_of(ReleaseFault fault) noexcept
{
    switch (fault)
    {
    case ReleaseFault::not_frozen: return "not_frozen";
    case ReleaseFault::other_freeze: return "other_freeze";
    case ReleaseFault::released_before: return "released_before";
    }
    return "corrupt";
}

std::optional<ReleaseFault> release_fault(const FreezeSwitch& held, std::int64_t pressed, const SlackUserId& who)
{
    if (!held.freeze) return ReleaseFault::not_frozen;
    const auto& releases = held.freeze->releases;
    // Each release raised the version by one.
    const std::int64_t began_with = held.version - static_cast<std::int64_t>(releases.size()) - held.freeze->lapsed;
    if (pressed < began_with || pressed > held.version) return ReleaseFault::other_freeze;
    const bool before =
        std::any_of(releases.begin(), releases.end(), [&who](const Decision& release) { return release.by == who; });
    if (before) return ReleaseFault::released_before;
    return std::nullopt;
}

FreezeSwitch frozen_by(const FreezeSwitch& held, Freeze freeze)
{
    FreezeSwitch next;
    next.version = held.version;
    next.freeze.emplace(std::move(freeze));
    return next;
}

Freeze with_release(Freeze freeze, const SlackUserId& who, TimePoint at, const std::set<SlackUserId>& lapsed)
{
    const auto gone =
        std::erase_if(freeze.releases, [&lapsed](const Decision& release) { return lapsed.contains(release.by); });
    freeze.lapsed += static_cast<int>(gone);
    freeze.releases.push_back(Decision{who, at});
    return freeze;
}

FreezeSwitch released_by(const FreezeSwitch& held, const Freeze& freeze)
{
    FreezeSwitch next;
    next.version = held.version;
    if (freeze.releases.size() < releases_needed) next.freeze = freeze;
    return next;
}

bool lacks_one_release(const Freeze& freeze) { return freeze.releases.size() + 1 >= releases_needed; }

FreezeNotice notice_of(const FreezeSwitch& held, const FreezeSwitch& next, const Freeze& freeze)
{
    What what = What::released;
    if (next.freeze) what = held.freeze ? What::half_released : What::frozen;
    return FreezeNotice{what, freeze, held.version + 1};
}

std::string to_payload(const FreezeNotice& notice)
{
    json::object out;
    out["what"] = stored::text_of(stored::stored_name(what_names, notice.what));
    out["version"] = notice.version;
    out["freeze"] = stored::text_of(to_document(notice.freeze));
    return json::serialize(out);
}

Result<FreezeNotice> notice_from(std::string_view payload)
{
    const auto parsed = stored::parse(payload);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed};
    const What what = fields.named("what", what_names, What::frozen);
    const std::int64_t version = fields.number("version");
    auto freeze = freeze_from_document(fields.text("freeze"));
    if (!fields.is_sound() || !freeze) return Errc::corrupt;
    return FreezeNotice{what, std::move(*freeze), version};
}

}  // namespace countersign::rules
