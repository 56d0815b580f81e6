#include "bot/config/secrets.hpp"

#include "bot/config/values.hpp"
#include "bot/crypto/vault.hpp"
#include "handlers/core/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace countersign::config {

namespace {

constexpr std::string_view credential_prefix = "credential:";
constexpr std::string_view environment_prefix = "env:";
constexpr std::string_view descriptor_prefix = "fd:";

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string_view without_line_end(std::string_view text)
{
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
}

// Whether quotes were copied together with a secret. They are kept, and the service would refuse it with them.
bool is_quoted(std::string_view text)
{
    return text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
}

bool has_name(std::string_view text)
{
    const auto end = text.find('=');
    if (end == std::string_view::npos || end == 0 || end + 1 == text.size()) return false;
    const auto is_of_name = [](char c) { return ascii::is_alnum(c) || c == '_'; };
    return text.find('_') < end &&
        std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), is_of_name);
}

std::string reason(const boost::system::error_code& why, const std::filesystem::path& path)
{
    const std::string file = "the file " + path.string();
    if (why == Errc::not_found) return file + " does not exist";
    if (why == Errc::forbidden) return file + " may not be read by this user";
    if (why == Errc::too_large) return file + " is larger than 64 KiB";
    if (why == Errc::unsupported) return file + " is no regular file; hand a pipe over as a descriptor, and write fd:N";
    return file + " cannot be read";
}

std::string reason_of_descriptor(const boost::system::error_code& why, std::string_view number)
{
    const std::string descriptor = "the descriptor " + std::string{number};
    if (why == Errc::not_found) return descriptor + " is not open";
    if (why == Errc::too_large) return "from " + descriptor + " more than 64 KiB came";
    if (why == Errc::stale)
        return descriptor + " did not come to its end within " + std::to_string(descriptor_patience.count()) +
            " seconds";
    return descriptor + " cannot be read";
}

// 0, or 3 and more: standard output and standard error are ours to write to.
std::optional<int> descriptor_number(std::string_view text)
{
    int number = -1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = failure == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    if (!is_number || number == 1 || number == 2) return std::nullopt;
    return number;
}

files::Demand demand_of(std::string_view source)
{
    return starts_with(source, credential_prefix) ? files::Demand::credential : files::Demand::secret;
}

// A name is one path component: nothing leads out of the credentials' folder.
bool is_credential_name(std::string_view name)
{
    return is_token(name) && name.find('/') == name.npos && name != "." && name != "..";
}

}  // namespace

SecretReader::SecretReader(std::filesystem::path folder, const ProcessEnvironment& surroundings, ConfigReport& report)
    : folder_{std::move(folder)},
      surroundings_{surroundings},
      report_{report}
{}

void SecretReader::mistake(const SecretSource& from, std::string what)
{
    report_.mistake(from.source.line, from.section, from.key, std::move(what));
}

void SecretReader::read(const SecretSources& sources, Config& config)
{
    for (const SecretSource& from : sources.signing_secrets)
        if (auto secret = text_secret(from))
        {
            if (starts_with(secret->expose(), "xox"))
                report_.warning(
                    from.source.line, from.section, from.key,
                    "looks like a token: the signing secret, 32 digits and small letters, stands on the app's page "
                    "under Basic Information");
            config.slack.signing_secrets.push_back(std::move(*secret));
        }
    if (sources.bot_token)
        if (auto token = text_secret(*sources.bot_token))
        {
            if (!starts_with(token->expose(), "xoxb-"))
                mistake(*sources.bot_token, "holds no bot token: it must begin with xoxb-");
            config.slack.bot_token = std::move(*token);
        }
    if (sources.client_secret)
        if (auto secret = text_secret(*sources.client_secret)) config.auth0.client_secret = std::move(*secret);
    if (sources.vault_key)
        if (auto key = vault_key(*sources.vault_key)) config.vault_key = std::move(*key);
    if (sources.tls_certificate && sources.tls_key) tls(*sources.tls_certificate, *sources.tls_key, config.server);
}

// A credential that travels in headers and forms: one line of printable characters.
std::optional<Secret> SecretReader::text_secret(const SecretSource& from)
{
    const auto bytes = bytes_of(from);
    if (!bytes) return std::nullopt;
    const std::string_view text = without_line_end(bytes->expose());
    if (text.empty())
    {
        mistake(from, "holds an empty secret");
        return std::nullopt;
    }
    if (!is_token(text))
    {
        mistake(from, "must hold one line without spaces or control characters");
        return std::nullopt;
    }
    if (is_quoted(text))
        report_.warning(
            from.source.line, from.section, from.key, "is in quotes, which would be part of it: take them away");
    else if (has_name(text))
        report_.warning(
            from.source.line, from.section, from.key,
            "begins with a name and =, which would be part of it: leave nothing but the secret");
    return Secret{text};
}

// Taken whole: the vault itself leaves a line end at its end out of account.
std::optional<Secret> SecretReader::vault_key(const SecretSource& from)
{
    auto bytes = bytes_of(from);
    if (!bytes || !FileVault::material_of(bytes->expose()).empty()) return bytes;
    mistake(from, "holds fewer than 32 bytes; make a key with: openssl rand -base64 32");
    return std::nullopt;
}

std::optional<Secret> SecretReader::bytes_of(const SecretSource& from)
{
    const std::string_view source = from.source.value;
    if (starts_with(source, environment_prefix)) return environment(from, source.substr(environment_prefix.size()));
    if (starts_with(source, descriptor_prefix)) return descriptor(from, source.substr(descriptor_prefix.size()));
    const auto path = path_of(from);
    if (!path) return std::nullopt;
    auto content = file(from, *path, demand_of(source));
    if (!content) return std::nullopt;
    return std::move(content->bytes);
}

// Once: what a pipe has given it does not give again, and two secrets that are one are a mistake.
std::optional<Secret> SecretReader::descriptor(const SecretSource& from, std::string_view number)
{
    const auto descriptor = number.empty() ? std::nullopt : descriptor_number(number);
    if (!descriptor)
        mistake(from, "names no descriptor; write fd: and its number, for example fd:3");
    else if (!descriptors_read_.insert(*descriptor).second)
        mistake(from, "the descriptor " + std::string{number} + " was read already; give each secret one of its own");
    else
    {
        auto bytes = surroundings_.read_descriptor(*descriptor);
        if (bytes && !bytes->empty()) return std::move(*bytes);
        mistake(
            from,
            bytes ? "from the descriptor " + std::string{number} + " nothing came"
                  : reason_of_descriptor(bytes.error(), number));
    }
    return std::nullopt;
}

std::optional<Secret> SecretReader::environment(const SecretSource& from, std::string_view name)
{
    if (!is_token(name))
    {
        mistake(from, "names no environment variable; write env:NAME, or better the path of a file");
        return std::nullopt;
    }
    auto value = surroundings_.environment(std::string{name});
    if (!value)
    {
        mistake(from, "the environment variable " + std::string{name} + " is not set");
        return std::nullopt;
    }
    report_.warning(
        from.source.line, from.section, from.key,
        "the environment of a process can be read by others on this machine; use a file or a systemd credential");
    return value;
}

std::optional<std::filesystem::path> SecretReader::path_of(const SecretSource& from)
{
    const std::string_view source = from.source.value;
    if (source.empty() || source.find('\0') != source.npos)
    {
        mistake(from, "must be the path of a file, credential:NAME or fd:N");
        return std::nullopt;
    }
    if (!starts_with(source, credential_prefix)) return folder_ / std::filesystem::path{source};

    const std::string_view name = source.substr(credential_prefix.size());
    const auto directory = surroundings_.environment("CREDENTIALS_DIRECTORY");
    if (!is_credential_name(name))
        mistake(from, "names no credential; write credential:NAME without a slash");
    else if (!directory)
        mistake(from, "CREDENTIALS_DIRECTORY is not set: start under systemd with LoadCredential=");
    else
        return std::filesystem::path{directory->expose()} / std::filesystem::path{name};
    return std::nullopt;
}

std::optional<FileContent> SecretReader::file(
    const SecretSource& from, const std::filesystem::path& path, files::Demand demand)
{
    auto content = surroundings_.read_file(path);
    if (!content)
    {
        mistake(from, reason(content.error(), path));
        return std::nullopt;
    }
    if (content->bytes.empty())
    {
        mistake(from, "the file " + path.string() + " is empty");
        return std::nullopt;
    }
    std::string fault = files::fault_of(content->way, surroundings_.user, demand);
    if (!fault.empty()) mistake(from, std::move(fault));
    return std::move(*content);
}

// OpenSSL reads these two itself; here it is only made sure that it can.
void SecretReader::tls(const SecretSource& certificate, const SecretSource& key, ServerConfig& server)
{
    const auto certificate_path = path_of(certificate);
    const auto key_path = path_of(key);
    if (!certificate_path || !key_path) return;
    const auto chain = file(certificate, *certificate_path, files::Demand::public_text);
    const auto secret = file(key, *key_path, demand_of(key.source.value));
    if (!chain || !secret) return;
    if (chain->bytes.expose().find("-----BEGIN CERTIFICATE-----") == std::string_view::npos)
        mistake(certificate, "holds no PEM certificate");
    if (secret->bytes.expose().find("PRIVATE KEY-----") == std::string_view::npos)
        mistake(key, "holds no PEM private key");
    server.tls = TlsFiles{*certificate_path, *key_path};
}

}  // namespace countersign::config
