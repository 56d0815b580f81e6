#include "tests/standins/slack/block_kit_rules.hpp"

namespace json = boost::json;

namespace standins::slack::rules {
namespace {

void text_style(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{
        {"bold", false, boolean},   {"italic", false, boolean},           {"strike", false, boolean},
        {"code", false, boolean},   {"underline", false, boolean},        {"highlight", false, boolean},
        {"unlink", false, boolean}, {"client_highlight", false, boolean},
    };
    check_untyped(found, value, at, fields);
}

void range(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"here", "channel", "everyone"});
}

void list_style(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"bullet", "ordered"});
}

void run(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes{
        {"text", {{"text", true, string<1, 3000>}, {"style", false, text_style}}},
        {"link",
         {{"url", true, string<1, 3000>},
          {"text", false, string<1, 3000>},
          {"unsafe", false, boolean},
          {"style", false, text_style}}},
        {"user", {{"user_id", true, string<1, 255>}, {"style", false, text_style}}},
        {"channel", {{"channel_id", true, string<1, 255>}, {"style", false, text_style}}},
        {"usergroup", {{"usergroup_id", true, string<1, 255>}, {"style", false, text_style}}},
        {"broadcast", {{"range", true, range}, {"style", false, text_style}}},
        {"emoji",
         {{"name", true, string<1, 255>},
          {"unicode", false, string<1, 255>},
          {"skin_tone", false, integer<1, 6>},
          {"style", false, text_style}}},
        {"date",
         {{"timestamp", true, integer<0, 99'999'999'999>},
          {"format", true, string<1, 255>},
          {"url", false, string<1, 3000>},
          {"fallback", false, string<1, 255>},
          {"style", false, text_style}}},
        {"color", {{"value", true, string<1, 255>}, {"style", false, text_style}}},
    };
    check_one_of(found, value, at, shapes);
}

void preformatted_run(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes{
        {"text", {{"text", true, string<1, 3000>}, {"style", false, text_style}}},
        {"link",
         {{"url", true, string<1, 3000>},
          {"text", false, string<1, 3000>},
          {"unsafe", false, boolean},
          {"style", false, text_style}}},
    };
    check_one_of(found, value, at, shapes);
}

void list_item(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes{{"rich_text_section", {{"elements", true, array<0, 1000, run>}}}};
    check_one_of(found, value, at, shapes);
}

}  // namespace

void rich_text_element(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes{
        {"rich_text_section", {{"elements", true, array<0, 1000, run>}}},
        {"rich_text_list",
         {{"elements", true, array<1, 1000, list_item>},
          {"style", true, list_style},
          {"indent", false, integer<0, 8>},
          {"offset", false, integer<0, 1000>},
          {"border", false, integer<0, 1>}}},
        {"rich_text_preformatted",
         {{"elements", true, array<0, 1000, preformatted_run>},
          {"border", false, integer<0, 1>},
          {"language", false, string<1, 255>}}},
        {"rich_text_quote", {{"elements", true, array<0, 1000, run>}, {"border", false, integer<0, 1>}}},
    };
    check_one_of(found, value, at, shapes);
}

}  // namespace standins::slack::rules
