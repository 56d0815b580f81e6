#include "bot/runtime/process.hpp"

#include "handlers/core/locked_memory.hpp"
#include "handlers/core/log.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace countersign {

void harden_process()
{
    const rlimit none{0, 0};
    ::umask(S_IRWXG | S_IRWXO);
    if (::setrlimit(RLIMIT_CORE, &none) != 0) log::warn("core_limit_not_set");
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) log::warn("dumpable_not_cleared");
    if (locked_memory::state() != locked_memory::State::locked) log::warn("secrets_not_locked_in_memory");
}

}  // namespace countersign
