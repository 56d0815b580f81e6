#pragma once

#include "tests/demo/company/company.hpp"
#include "tests/demo/page/bot_control.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace demo::page {

// What can be made to go wrong around the bot, by a button.
class Troubles
{
public:
    explicit Troubles(Company& company);

    // Every trouble that can be made: [{"kind","area","title","description","needs":[...]}].
    static boost::json::array kinds();

    // {"kind":..., "user_id"?}: makes it; what happens now, as a sentence. Throws Refused: 400 for an unknown kind or a
    // missing user_id, 404 for a user that the tenant does not have, 409 for what cannot be done now.
    std::string make(const boost::json::object& what);

    // [{"kind","area","title","pending":N}]: those that still act. `pending` counts the calls, or people, that they
    // will yet befall; a standing trouble has 1.
    boost::json::array in_force() const;
    // Grows when that changes.
    std::uint64_t revision();

private:
    struct Kind;
    static const std::vector<Kind>& table();

    std::string clear();
    std::string change_password(const std::string& user_id);
    std::string block(const std::string& user_id);
    std::string demand_strict_policy();
    std::string start_bot();
    std::string stop_bot();

    Company& company_;
    BotControl bot_;
    std::set<std::string> blocked_;  // users of the tenant, by us
    int passwords_ = 0;
    bool is_strict_ = false;
    boost::json::array seen_;
    std::uint64_t revision_ = 0;
};

}  // namespace demo::page
