#pragma once

#include <chrono>

namespace countersign {

// No core dump, no reading of our memory by other processes of the same user: secrets stay in the process. Files that
// are made from now on, whoever makes them, are their owner's alone. A reader that has gone ends no process: SIGPIPE is
// ignored. Failures are logged; they end nothing.
void harden_process();

// Opens what is closed of standard input, output and error as /dev/null. Else the next file, the database among them,
// would take its place, and what is written to standard output would go there. Before anything else is opened.
void hold_standard_streams();

// Should the process still be there after `limit`, it ends with `status`: an orderly end may wait for what nobody can
// interrupt, as a look-up of a name. Once.
void end_within(std::chrono::milliseconds limit, int status);

}  // namespace countersign
