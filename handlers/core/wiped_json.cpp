#include "handlers/core/wiped_json.hpp"

#include <boost/json/memory_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <openssl/crypto.h>

#include <cstring>
#include <new>

namespace countersign {

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

Result<json::value> parse_wiped(std::string_view text, std::size_t bytes_max)
{
    if (text.size() > bytes_max) return Errc::too_large;
    const json::storage_ptr storage = json::make_shared_resource<WipingResource>();
    json::parse_options options;
    options.max_depth = json_depth_max;
    json::parser parser{storage, options};
    parser.reset(storage);
    json::error_code failure;
    parser.write(text.data(), text.size(), failure);
    if (failure) return Errc::malformed;
    return parser.release();
}

}  // namespace countersign
