#include "tests/standins/slack/content.hpp"

#include "tests/standins/slack/block_kit.hpp"
#include "tests/standins/slack/text.hpp"

#include <boost/json/serialize.hpp>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr std::size_t attachments_max = 100;
constexpr std::size_t markdown_text_max = 12'000;
constexpr std::size_t view_bytes_max = 250'000;
// Slack says that there is a limit, not which: this is ours, far above what an id needs.
constexpr std::size_t metadata_bytes_max = 8'000;

std::optional<json::array> read_blocks(State& state, const Arguments& args)
{
    auto given = args.structure("blocks", "invalid_blocks_format");
    if (!given) return std::nullopt;
    if (!given->is_array()) throw Refusal{"invalid_blocks_format", {}, {}};
    auto& blocks = given->get_array();
    if (auto problems = check_blocks(blocks, Surface::message); !problems.empty())
        throw Refusal{"invalid_blocks", std::move(problems), {}};
    fill_ids(blocks, [&state] { return state.new_block_id(); });
    return std::move(blocks);
}

// Blocks in an attachment are blocks as any other.
void read_attachment(State& state, json::value& attachment)
{
    if (!attachment.is_object()) throw Refusal{"invalid_attachments", {}, {}};
    auto* blocks = attachment.get_object().if_contains("blocks");
    if (blocks == nullptr) return;
    if (!blocks->is_array()) throw Refusal{"invalid_attachments", {}, {}};
    if (auto problems = check_blocks(blocks->get_array(), Surface::message); !problems.empty())
        throw Refusal{"invalid_attachments", std::move(problems), {}};
    fill_ids(blocks->get_array(), [&state] { return state.new_block_id(); });
}

std::optional<json::array> read_attachments(State& state, const Arguments& args)
{
    auto given = args.structure("attachments", "invalid_attachments");
    if (!given) return std::nullopt;
    if (!given->is_array()) throw Refusal{"invalid_attachments", {}, {}};
    auto& attachments = given->get_array();
    if (attachments.size() > attachments_max) throw Refusal{"too_many_attachments", {}, {}};
    for (auto& each : attachments) read_attachment(state, each);
    return std::move(attachments);
}

std::optional<json::object> read_metadata(const Arguments& args)
{
    auto given = args.structure("metadata", "invalid_metadata_format");
    if (!given) return std::nullopt;
    if (!given->is_object()) throw Refusal{"invalid_metadata_format", {}, {}};
    auto& metadata = given->get_object();
    if (metadata.empty()) return std::move(metadata);
    const auto* type = metadata.if_contains("event_type");
    const auto* payload = metadata.if_contains("event_payload");
    if (type == nullptr || to_text(*type).empty() || payload == nullptr || !payload->is_object())
        throw Refusal{"invalid_metadata_schema", {}, {}};
    if (json::serialize(metadata).size() > metadata_bytes_max) throw Refusal{"metadata_too_large", {}, {}};
    return std::move(metadata);
}

}  // namespace

bool Content::says_something() const
{
    return (text && !text->empty()) || (blocks && !blocks->empty()) || (attachments && !attachments->empty());
}

Content read_content(State& state, const Arguments& args)
{
    Content content;
    content.text = args.text("text");
    content.blocks = read_blocks(state, args);
    content.attachments = read_attachments(state, args);
    content.metadata = read_metadata(args);
    if (const auto markdown = args.text("markdown_text"))
    {
        if (content.text || content.blocks) throw Refusal{"markdown_text_conflict", {}, {}};
        if (utf16_length(*markdown) > markdown_text_max)
            throw invalid_arguments("must be less than 12001 characters [json-pointer:/markdown_text]");
        content.text = *markdown;
    }
    return content;
}

json::object read_view(State& state, const json::value& given, const std::string& own_id)
{
    const auto* object = given.if_object();
    if (object == nullptr) throw invalid_arguments("must be an object [json-pointer:/view]");
    if (json::serialize(*object).size() > view_bytes_max) throw Refusal{"view_too_large", {}, {}};
    if (auto problems = check_view(*object); !problems.empty())
        throw Refusal{"invalid_arguments", std::move(problems), {}};
    auto view = *object;
    if (const auto* external_id = view.if_contains("external_id");
        external_id != nullptr && !to_text(*external_id).empty())
    {
        const auto* other = state.find_view({}, to_text(*external_id));
        if (other != nullptr && other->id != own_id) throw Refusal{"duplicate_external_id", {}, {}};
    }
    fill_ids(view.at("blocks").as_array(), [&state] { return state.new_block_id(); });
    return view;
}

}  // namespace standins::slack
