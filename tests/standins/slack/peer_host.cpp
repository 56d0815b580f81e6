// slack_peer_host: a Slack workspace over HTTP for Slack's own client. Prints where it is and what is in it; ends when
// standard input does. GET /control/trigger gives a fresh trigger_id.

#include "tests/standins/host/http_host.hpp"
#include "tests/standins/host/peer_program.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <exception>

namespace {

using namespace standins;

const std::string user = "U061F7AUR";
const std::string channel = "C062APPRV";
const std::string group = "S0614TZR7";

slack::WorkspaceOptions options()
{
    slack::WorkspaceOptions options;
    options.bot_token = "xoxb-fake-peer-token";
    options.signing_secret = "fake-peer-signing-secret";
    options.shortcuts = {{slack::ShortcutKind::global, "peer", "A peer's modal", ""}};
    return options;
}

void populate(slack::Workspace& workspace)
{
    workspace.add_user({user, "grace", "Grace", "grace@example.com", slack::Standing::member, {}, false});
    workspace.add_group({group, "support", {user}, false, false});
    const std::vector<std::string> members = {user, workspace.options().bot_user_id};
    workspace.add_channel({channel, "approvals", slack::ChannelKind::closed, members, false, false, false, false});
}

Exchange fresh_trigger(slack::Workspace& workspace)
{
    Exchange exchange;
    exchange.response.body = workspace.shortcut(user, "peer", wall_clock()).trigger_id;
    return exchange;
}

void serve()
{
    boost::asio::io_context context;
    slack::Workspace workspace{options()};
    populate(workspace);
    HttpHost host{context, [&workspace](const Request& request) {
                      return request.path() == "/control/trigger" ? fresh_trigger(workspace)
                                                                  : workspace.exchange(request, wall_clock());
                  }};
    workspace.options().api_base_url = host.base_url();
    print_fact("token", workspace.options().bot_token);
    print_fact("user", user);
    print_fact("channel", channel);
    print_fact("group", group);
    print_fact("url", host.base_url());
    run_until_input_ends(context);
}

}  // namespace

int main()
{
    try
    {
        serve();
        return 0;
    }
    catch (const std::exception& failure)
    {
        std::fprintf(stderr, "slack_peer_host: %s\n", failure.what());
        return 1;
    }
}
