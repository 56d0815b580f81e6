#include "bot/http/header_policy.hpp"

#include "handlers/core/ascii.hpp"

#include <algorithm>
#include <array>

namespace countersign::http {

namespace {

// What a decision rests on: with two values, we and a proxy before us could each look at another one.
constexpr std::array<std::string_view, 2> proof_fields{"x-slack-signature", "x-slack-request-timestamp"};

bool is_known_method(std::string_view method) { return method == "GET" || method == "HEAD" || method == "POST"; }

bool is_origin_form(std::string_view target)
{
    return target.starts_with('/') && std::all_of(target.begin(), target.end(), ascii::is_visible);
}

bool is_well_framed(const ServerRequest& head)
{
    const auto count = head.header_count("content-length");
    if (count == 0) return head.method != "POST";
    return count == 1 && ascii::are_digits(head.header("content-length"));
}

bool expects_only_continue(const ServerRequest& head)
{
    return std::all_of(head.headers.begin(), head.headers.end(), [](const auto& field) {
        return field.first != "expect" || field.second == "100-continue";
    });
}

bool has_repeated_proof(const ServerRequest& head)
{
    return std::any_of(proof_fields.begin(), proof_fields.end(), [&head](std::string_view name) {
        return head.header_count(name) > 1;
    });
}

}  // namespace

std::string_view name_of(HeadFault fault) noexcept
{
    switch (fault)
    {
    case HeadFault::version: return "version";
    case HeadFault::method: return "method";
    case HeadFault::target: return "target";
    case HeadFault::fields: return "fields";
    case HeadFault::host: return "host";
    case HeadFault::transfer_encoding: return "transfer_encoding";
    case HeadFault::content_length: return "content_length";
    case HeadFault::upgrade: return "upgrade";
    case HeadFault::expectation: return "expectation";
    case HeadFault::repeated: return "repeated";
    case HeadFault::unprovable: return "unprovable";
    }
    return "corrupt";
}

int status_of(HeadFault fault) noexcept
{
    if (fault == HeadFault::method) return 405;
    return fault == HeadFault::unprovable ? 401 : 400;
}

std::optional<HeadFault> check_head(const ServerRequest& head, unsigned version, std::size_t fields_max)
{
    if (version != 11) return HeadFault::version;
    if (head.headers.size() > fields_max) return HeadFault::fields;
    if (head.header_count("transfer-encoding") != 0) return HeadFault::transfer_encoding;
    if (!is_well_framed(head)) return HeadFault::content_length;
    if (head.header_count("host") != 1) return HeadFault::host;
    if (!is_origin_form(head.target)) return HeadFault::target;
    if (head.header_count("upgrade") != 0) return HeadFault::upgrade;
    if (!expects_only_continue(head)) return HeadFault::expectation;
    if (head.header_count("content-type") > 1) return HeadFault::repeated;
    if (has_repeated_proof(head)) return HeadFault::unprovable;
    if (!is_known_method(head.method)) return HeadFault::method;
    return std::nullopt;
}

}  // namespace countersign::http
