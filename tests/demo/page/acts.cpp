#include "tests/demo/page/acts.hpp"

#include "tests/demo/page/answers.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace json = boost::json;

namespace demo::page {

namespace {

using Sent = std::optional<slack::Delivery>;

// The words of one act.
class Words
{
public:
    explicit Words(const json::object& words) : words_{words} {}

    std::string text(const char* name)
    {
        const json::value& value = needed(name);
        if (!value.is_string()) throw Refused{400, std::string{"\""} + name + "\" must be a string."};
        return std::string{value.get_string().data(), value.get_string().size()};
    }
    const json::value& any(const char* name) { return needed(name); }
    json::object object(const char* name)
    {
        const json::value& value = needed(name);
        if (!value.is_object()) throw Refused{400, std::string{"\""} + name + "\" must be an object."};
        return value.get_object();
    }
    bool flag(const char* name)
    {
        const json::value& value = needed(name);
        if (!value.is_bool()) throw Refused{400, std::string{"\""} + name + "\" must be true or false."};
        return value.get_bool();
    }

    slack::Place place()
    {
        const std::string where = text("where");
        if (where == "modal") return slack::Place::modal;
        if (where == "home") return slack::Place::home;
        throw Refused{400, "\"where\" must be \"modal\" or \"home\"."};
    }

private:
    const json::value& needed(const char* name)
    {
        const json::value* value = words_.if_contains(name);
        if (value == nullptr) throw Refused{400, std::string{"\""} + name + "\" is missing."};
        return *value;
    }

    const json::object& words_;
};

Sent command(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.command(user, words.text("channel"), words.text("command"), words.text("text"), now);
}

Sent say(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    slack.say(user, words.text("channel"), words.text("text"), now);
    return std::nullopt;
}

Sent press(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.click(user, words.text("channel"), words.text("ts"), words.text("action_id"), now);
}

Sent choose(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.choose(
        user, words.text("channel"), words.text("ts"), words.text("action_id"), words.any("value"), now);
}

Sent view_press(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.click_in_view(user, words.place(), words.text("action_id"), now);
}

Sent view_choose(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.choose_in_view(
        user, words.place(), words.text("block_id"), words.text("action_id"), words.any("value"), now);
}

Sent enter(slack::Workspace& slack, const std::string& user, Words words, TimeMs)
{
    slack.enter(user, words.text("block_id"), words.any("value"));
    return std::nullopt;
}

Sent submit(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.submit_view(user, words.object("entries"), now);
}

Sent close(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.close_view(user, now, words.flag("whole_stack"));
}

Sent shortcut(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.shortcut(user, words.text("callback_id"), now);
}

Sent message_shortcut(slack::Workspace& slack, const std::string& user, Words words, TimeMs now)
{
    return slack.message_shortcut(user, words.text("channel"), words.text("ts"), words.text("callback_id"), now);
}

Sent open_home(slack::Workspace& slack, const std::string& user, Words, TimeMs now)
{
    return slack.open_home(user, now);
}

Sent open_dm(slack::Workspace& slack, const std::string& user, Words, TimeMs)
{
    slack.open_conversation(user);
    return std::nullopt;
}

struct Act
{
    std::string_view name;
    Sent (*perform)(slack::Workspace&, const std::string& user, Words, TimeMs);
};

constexpr std::array acts{
    Act{"command", command},
    Act{"say", say},
    Act{"press", press},
    Act{"choose", choose},
    Act{"view_press", view_press},
    Act{"view_choose", view_choose},
    Act{"enter", enter},
    Act{"submit", submit},
    Act{"close", close},
    Act{"shortcut", shortcut},
    Act{"message_shortcut", message_shortcut},
    Act{"open_home", open_home},
    Act{"open_dm", open_dm},
};

}  // namespace

Sent act(slack::Workspace& slack, const json::object& what, TimeMs now)
{
    Words words{what};
    const std::string user = words.text("as");
    const std::string verb = words.text("do");
    const auto found = std::find_if(acts.begin(), acts.end(), [&](const Act& each) { return each.name == verb; });
    if (found == acts.end()) throw Refused{400, "There is no act \"" + verb + "\"."};
    return found->perform(slack, user, words, now);
}

}  // namespace demo::page
