// The demo tenant on a socket, for tests in other languages. Prints lines "NAME VALUE" on stdout (url, and with --tls
// also authority: the CA file to trust), then serves until its stdin closes.
// Besides the tenant: POST /control/fault {"call","fault","delay_ms"} spoils the next call that matches.
#include "tests/standins/auth0/demo_tenant.hpp"
#include "tests/standins/host/http_host.hpp"
#include "tests/standins/host/peer_program.hpp"
#include "tests/standins/host/test_certificates.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace standins;

Fault fault_named(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, Fault>, 8> names{{
        {"delay", Fault::delay},
        {"rate_limit", Fault::rate_limit},
        {"error_before", Fault::error_before},
        {"error_after", Fault::error_after},
        {"reset_before", Fault::reset_before},
        {"reset_after", Fault::reset_after},
        {"garbage", Fault::garbage},
        {"truncate", Fault::truncate},
    }};
    for (const auto& entry : names)
        if (entry.first == name) return entry.second;
    return Fault::none;
}

Exchange plan_fault(auth0::Tenant& tenant, const Request& request)
{
    Exchange exchange;
    exchange.response.status = 204;
    json::error_code failure;
    json::value order = json::parse(request.body, failure);
    if (failure || !order.is_object())
    {
        exchange.response.status = 400;
        return exchange;
    }
    const auto text = [&order](const char* key) {
        const auto* value = order.get_object().if_contains(key);
        return value != nullptr && value->is_string() ? json::value_to<std::string>(*value) : std::string{};
    };
    const auto* delay = order.get_object().if_contains("delay_ms");
    PlannedFault planned;
    planned.fault = fault_named(text("fault"));
    planned.delay_ms = delay != nullptr && delay->is_int64() ? static_cast<int>(delay->get_int64()) : 0;
    tenant.faults().add(text("call"), planned);
    return exchange;
}

class TemporaryDirectory
{
public:
    TemporaryDirectory()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "auth0-peer-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
        path_ = pattern;
    }
    ~TemporaryDirectory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::unique_ptr<auth0::Tenant> make_tenant(const HttpHost& host)
{
    // The SDK derives issuer and audience from host and port.
    auth0::Options options = auth0::demo_options();
    options.domain = "localhost:" + std::to_string(host.port());
    for (auto& client : options.clients)
        if (client.client_id == auth0::demo_client_id) client.scopes.emplace_back("delete:users");
    return auth0::make_demo_tenant(std::move(options), wall_clock());
}

void serve(bool with_tls)
{
    asio::io_context context;
    const TemporaryDirectory directory;
    HttpHost::Options options;
    options.chunked = true;
    std::string authority;
    if (with_tls)
    {
        const CertificateFiles files = make_test_certificates(directory.path());
        options.tls_certificate_file = files.certificate;
        options.tls_key_file = files.key;
        authority = files.authority;
    }
    std::unique_ptr<auth0::Tenant> tenant;
    const auto handle = [&tenant](const Request& request) {
        return request.path() == "/control/fault" ? plan_fault(*tenant, request)
                                                  : tenant->exchange(request, wall_clock());
    };
    HttpHost host{context, handle, options};
    tenant = make_tenant(host);
    if (with_tls) print_fact("authority", authority);
    print_fact("url", host.base_url());

    run_until_input_ends(context);
}

}  // namespace

int main(int argc, char** argv)
{
    try
    {
        serve(argc > 1 && std::string_view{argv[1]} == "--tls");
        return 0;
    }
    catch (const std::exception& failure)
    {
        std::fprintf(stderr, "auth0_peer_host: %s\n", failure.what());
        return 1;
    }
}
