#include "tests/demo/page/preview.hpp"

#include "tests/demo/page/answers.hpp"
#include "tests/standins/slack/block_kit.hpp"
#include "tests/standins/slack/call.hpp"

#include <boost/json/array.hpp>

#include <string>

namespace json = boost::json;

namespace demo::page {

namespace {

json::object verdict(json::array blocks, const std::vector<std::string>& errors)
{
    if (!errors.empty())
    {
        json::array sentences;
        for (const std::string& error : errors) sentences.emplace_back(error);
        return {{"ok", false}, {"errors", std::move(sentences)}};
    }
    int number = 0;
    slack::fill_ids(blocks, [&number] { return "preview" + std::to_string(++number); });
    return {{"ok", true}, {"blocks", std::move(blocks)}};
}

slack::Surface surface_in(const json::object& what)
{
    const json::value* surface = what.if_contains("surface");
    const std::string name = surface == nullptr ? std::string{} : slack::to_text(*surface);
    if (name == "message") return slack::Surface::message;
    if (name == "modal") return slack::Surface::modal;
    if (name == "home") return slack::Surface::home;
    throw Refused{400, "\"surface\" must be \"message\", \"modal\" or \"home\"."};
}

}  // namespace

json::object preview(const json::object& what)
{
    if (const json::value* view = what.if_contains("view"))
    {
        if (!view->is_object()) throw Refused{400, "\"view\" must be an object."};
        const std::vector<std::string> errors = slack::check_view(view->get_object());
        return verdict(errors.empty() ? view->get_object().at("blocks").as_array() : json::array{}, errors);
    }
    const json::value* blocks = what.if_contains("blocks");
    if (blocks == nullptr || !blocks->is_array())
        throw Refused{400, "\"blocks\" must be an array, or give a \"view\"."};
    const slack::Surface surface = surface_in(what);
    return verdict(blocks->get_array(), slack::check_blocks(blocks->get_array(), surface));
}

}  // namespace demo::page
