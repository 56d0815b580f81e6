#include "bot/runtime/line_fold.hpp"

#include <utility>

namespace countersign {

namespace {

// The line with its number, before the brace that ends it.
LogLine numbered(const LogLine& line, std::uint64_t times)
{
    LogLine told = line;
    told.body.pop_back();
    told.body += R"(,"repeated":")" + std::to_string(times) + "\"}";
    return told;
}

}  // namespace

LineFold::LineFold(std::chrono::milliseconds folded_for, std::size_t known_max)
    : folded_for_{folded_for},
      known_max_{known_max}
{}

std::vector<LogLine> LineFold::take(LogLine line, Time now)
{
    std::vector<LogLine> written = lapse(now);
    if (const auto known = by_body_.find(line.body); known != by_body_.end())
    {
        ++known->second->times;
        known->second->line.stamp = std::move(line.stamp);
        return written;
    }
    if (known_.size() >= known_max_)
    {
        const Known& oldest = known_.front();
        if (oldest.times > 0) written.push_back(numbered(oldest.line, oldest.times));
        by_body_.erase(oldest.line.body);
        known_.pop_front();
    }
    known_.push_back(Known{line, now + folded_for_, 0});
    by_body_.emplace(known_.back().line.body, std::prev(known_.end()));
    written.push_back(std::move(line));
    return written;
}

std::vector<LogLine> LineFold::lapse(Time now)
{
    std::vector<LogLine> written;
    while (!known_.empty() && known_.front().until <= now)
    {
        Known& oldest = known_.front();
        if (oldest.times == 0)
        {
            by_body_.erase(oldest.line.body);
            known_.pop_front();
            continue;
        }
        // It goes on being folded: what repeats without end is written once in that time.
        written.push_back(numbered(oldest.line, std::exchange(oldest.times, 0)));
        oldest.until = now + folded_for_;
        known_.splice(known_.end(), known_, known_.begin());
    }
    return written;
}

std::vector<LogLine> LineFold::flush()
{
    std::vector<LogLine> written;
    for (const Known& known : known_)
        if (known.times > 0) written.push_back(numbered(known.line, known.times));
    by_body_.clear();
    known_.clear();
    return written;
}

std::optional<LineFold::Time> LineFold::next() const
{
    if (known_.empty()) return std::nullopt;
    return known_.front().until;
}

}  // namespace countersign
