#include "handlers/model/freeze_document.hpp"

#include "handlers/model/stored.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace countersign {

namespace json = boost::json;
using stored::Fields;
using stored::text_of;

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

Result<Freeze> freeze_from_document(std::string_view document)
{
    json::error_code failed;
    const json::value parsed = json::parse(json::string_view{document.data(), document.size()}, failed);
    if (failed || !parsed.is_object()) return Errc::corrupt;
    bool sound = true;
    const Fields fields{&parsed.get_object(), sound};
    Freeze freeze{SlackUserId{fields.text("by")}, fields.time("since"), fields.text("reason"), {}};
    for (const Fields& release : fields.objects("releases"))
        freeze.releases.push_back(Decision{SlackUserId{release.text("by")}, release.time("at")});
    freeze.lapsed = static_cast<int>(fields.number_or("lapsed", 0));
    if (!sound) return Errc::corrupt;
    return freeze;
}

}  // namespace countersign
