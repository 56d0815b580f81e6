#include "bot/slack/bodies.hpp"

#include "bot/http/form.hpp"
#include "handlers/core/secret.hpp"

#include <utility>
#include <vector>

namespace countersign::slack {

namespace {

class WipedForm
{
public:
    explicit WipedForm(const std::string& body) : fields{http::parse_form(body)} {}
    WipedForm(const WipedForm&) = delete;
    WipedForm& operator=(const WipedForm&) = delete;
    ~WipedForm()
    {
        if (fields)
            for (auto& [name, value] : *fields) wipe(value);
    }

    Result<std::vector<std::pair<std::string, std::string>>> fields;
};

}  // namespace

Result<Interaction> command_in(const std::string& body)
{
    const WipedForm form{body};
    if (!form.fields) return form.fields.error();
    return parse_command(*form.fields);
}

Result<Interaction> interaction_in(const std::string& body)
{
    const WipedForm form{body};
    if (!form.fields) return form.fields.error();
    if (form.fields->size() != 1 || form.fields->front().first != "payload") return Errc::malformed;
    return parse_interaction(form.fields->front().second);
}

Result<Interaction> event_in(const std::string& body) { return parse_event(body); }

}  // namespace countersign::slack
