#pragma once

#include "tests/standins/auth0/tenant.hpp"

#include <memory>

namespace standins::auth0 {

// The machine-to-machine applications of the demo tenant; the secrets protect nothing.
inline constexpr std::string_view demo_client_id = "CountersignDemoClient0000000001";
inline constexpr std::string_view demo_client_secret = "demo-secret-of-the-acme-stand-in-tenant";
inline constexpr std::string_view demo_reader_id = "CountersignDemoReader0000000001";  // read:users only
inline constexpr std::string_view demo_reader_secret = "demo-secret-of-the-acme-stand-in-reader";

// Options with those two applications.
Options demo_options();

// The connections and the thirteen made-up customers of "acme": an ordinary one, blocked, unverified, social only,
// enterprise only, one address in two places (with Google; in two databases), never logged in, without names, accents
// and apostrophes, a very long name, a plus address. Time stamps count back from `now`.
void add_demo_customers(Tenant& tenant, TimeMs now);

std::unique_ptr<Tenant> make_demo_tenant(Options options, TimeMs now);

}  // namespace standins::auth0
