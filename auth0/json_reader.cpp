#include "auth0/json_reader.hpp"

#include <boost/json/memory_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/string.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <new>

namespace countersign::auth0 {

namespace json = boost::json;

namespace {

// Boost 1.81 frees the text of a key with another alignment than it was allocated with, so what it says on freeing is
// not relied upon: each block has the widest alignment, and its own size in front.
class WipingResource final : public json::memory_resource
{
    static constexpr std::size_t front = alignof(std::max_align_t);
    static_assert(front >= sizeof(std::size_t));

    void* do_allocate(std::size_t size, std::size_t alignment) override
    {
        if (alignment > front) throw std::bad_alloc{};
        const std::size_t whole = front + size;
        char* block = static_cast<char*>(::operator new(whole));
        std::memcpy(block, &whole, sizeof whole);
        return block + front;
    }
    void do_deallocate(void* memory, std::size_t, std::size_t) override
    {
        char* block = static_cast<char*>(memory) - front;
        std::size_t whole = 0;
        std::memcpy(&whole, block, sizeof whole);
        OPENSSL_cleanse(block, whole);
        ::operator delete(block);
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
