#include "auth0/json_reader.hpp"

#include <boost/json/memory_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/string.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

class WipingResource final : public json::memory_resource
{
    void* do_allocate(std::size_t size, std::size_t alignment) override
    {
        return ::operator new (size, std::align_val_t{alignment});
    }
    void do_deallocate(void* memory, std::size_t size, std::size_t alignment) override
    {
        OPENSSL_cleanse(memory, size);
        ::operator delete (memory, size, std::align_val_t{alignment});
    }
    bool do_is_equal(const json::memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

std::optional<json::value> parse_json(std::string_view body)
{
    if (body.size() > json_bytes_max) return std::nullopt;
    const json::storage_ptr storage = json::make_shared_resource<WipingResource>();
    json::parse_options options;
    options.max_depth = json_depth_max;
    json::parser parser{storage, options};
    parser.reset(storage);
    json::error_code failure;
    parser.write(body.data(), body.size(), failure);
    if (failure) return std::nullopt;
    return parser.release();
}

const json::value* member(const json::value& parent, std::string_view key)
{
    const json::object* object = parent.if_object();
    if (object == nullptr) return nullptr;
    return object->if_contains(json::string_view{key.data(), key.size()});
}

std::string_view text_at(const json::value& parent, std::string_view key)
{
    const json::value* found = member(parent, key);
    const json::string* text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string_view{text->data(), text->size()} : std::string_view{};
}

std::optional<std::int64_t> integer_at(const json::value& parent, std::string_view key)
{
    const json::value* found = member(parent, key);
    if (found == nullptr) return std::nullopt;
    if (const std::int64_t* number = found->if_int64()) return *number;
    // 86400.0 is how some JSON writers say 86400. Beyond 2^53 a double is no integer any more.
    if (const double* number = found->if_double())
        if (std::isfinite(*number) && std::abs(*number) < 9e15) return static_cast<std::int64_t>(*number);
    return std::nullopt;
}

std::string cut(std::string_view text)
{
    std::size_t size = std::min(text.size(), text_bytes_max);
    const auto continues = [&text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
    while (size > 0 && size < text.size() && continues(size)) --size;
    return std::string{text.substr(0, size)};
}

std::string word(std::string_view code)
{
    std::string out{code.substr(0, 64)};
    for (char& c : out)
    {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = '_';
    }
    return out;
}

}  // namespace countersign::auth0
