#pragma once

#include <boost/json/array.hpp>

#include <cstdint>
#include <optional>

namespace demo::page {

struct ChainCheck
{
    std::size_t rows = 0;
    std::optional<std::int64_t> broken_at;  // the first sequence number at which the log is not what was written
};

// Recomputes the bot's audit log from its rows {"sequence","at","request_id","hash","text"}, oldest first. Of its own:
// the format is stated in bot/audit/chain.hpp, no code is shared. A row must follow the one before (numbers from 1, the
// hash before it in its text), its hash must be that of its text, and what stands in columns must stand in the text.
ChainCheck check_chain(const boost::json::array& rows);

}  // namespace demo::page
