#include "handlers/model/freeze_document.hpp"

#include "handlers/model/stored.hpp"

#include <boost/json/serialize.hpp>

namespace countersign {

namespace json = boost::json;
using stored::text_of;

namespace {

Freeze read_freeze(const JsonReader& fields)
{
    Freeze freeze{SlackUserId{fields.text("by")}, fields.time("since"), fields.text("reason"), {}};
    for (const JsonReader& release : fields.objects("releases"))
        freeze.releases.push_back(Decision{SlackUserId{release.text("by")}, release.time("at")});
    freeze.lapsed = static_cast<int>(fields.number_or("lapsed", 0));
    return freeze;
}

}  // namespace

std::string to_document(const Freeze& freeze)
{
    json::object out;
    out["by"] = text_of(freeze.by.str());
    out["since"] = to_unix_ms(freeze.since);
    out["reason"] = text_of(freeze.reason);
    json::array releases;
    for (const Decision& release : freeze.releases)
        releases.push_back(json::object{{"by", text_of(release.by.str())}, {"at", to_unix_ms(release.at)}});
    out["releases"] = std::move(releases);
    out["lapsed"] = freeze.lapsed;
    return json::serialize(out);
}

Result<Freeze> freeze_from_document(std::string_view document) { return stored::read(document, read_freeze); }

}  // namespace countersign
