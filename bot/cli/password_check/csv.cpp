#include "bot/cli/password_check/csv.hpp"

#include "handlers/core/secret_text.hpp"
#include "handlers/core/text.hpp"

#include <algorithm>
#include <utility>

namespace countersign {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_{text}
{
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
}

std::optional<CsvRecord> CsvReader::next()
{
    while (take_line_end())
    {}
    if (fault_ || at_ == text_.size()) return std::nullopt;
    CsvRecord record{line_, {}};
    while (true)
    {
        auto read = field();
        if (!read) return std::nullopt;
        record.fields.push_back(std::move(*read));
        if (at_ == text_.size() || take_line_end()) return record;
        if (text_[at_] != ',')
        {
            fail("a field in quotes ends before the next comma");
            return std::nullopt;
        }
        ++at_;
    }
}

std::optional<Secret> CsvReader::field()
{
    const std::size_t line = line_;
    auto read = at_ < text_.size() && text_[at_] == '"' ? quoted_field() : plain_field();
    if (read && !is_valid_utf8(read->expose()))
    {
        fault_ = CsvFault{line, "is not UTF-8: save the file as UTF-8"};
        return std::nullopt;
    }
    return read;
}

std::optional<Secret> CsvReader::quoted_field()
{
    const std::size_t opened_on = line_;
    const std::size_t begin = ++at_;
    std::size_t quotes = 0;
    for (; at_ < text_.size(); ++at_)
    {
        if (text_[at_] == '\n') ++line_;
        if (text_[at_] != '"') continue;
        if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
        ++quotes;
    }
    if (at_ == text_.size())
    {
        fault_ = CsvFault{opened_on, "a field in quotes has no end"};
        return std::nullopt;
    }
    const std::string_view inside = text_.substr(begin, at_ - begin);
    ++at_;
    SecretText plain{inside.size() - quotes};
    for (std::size_t i = 0; i < inside.size(); ++i)
    {
        plain.put(inside[i]);
        if (inside[i] == '"') ++i;
    }
    return plain.secret();
}

std::optional<Secret> CsvReader::plain_field()
{
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
    if (at_ < text_.size() && text_[at_] == '"')
    {
        fail("a quote within a field: a field with quotes is put into quotes, and its own are doubled");
        return std::nullopt;
    }
    if (at_ < text_.size() && text_[at_] == '\r' && text_.substr(at_, 2) != "\r\n")
    {
        fail("a carriage return without a line feed");
        return std::nullopt;
    }
    return Secret{text_.substr(begin, at_ - begin)};
}

bool CsvReader::take_line_end()
{
    if (text_.substr(at_, 2) == "\r\n") ++at_;
    if (at_ == text_.size() || text_[at_] != '\n') return false;
    ++at_;
    ++line_;
    return true;
}

void CsvReader::fail(std::string text) { fault_ = CsvFault{line_, std::move(text)}; }

}  // namespace countersign
