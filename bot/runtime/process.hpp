#pragma once

#include <chrono>

namespace countersign {

// No core dump, no reading of our memory by other processes of the same user: secrets stay in the process. All files
// that the process makes from now on are readable by its user alone. SIGPIPE is ignored. Failures are logged and end
// nothing.
void harden_process();

// Opens /dev/null for each of standard input, output and error that is closed. Otherwise the next file that is opened,
// perhaps the database, would take its number, and output would be written there. Call before anything else is opened.
void hold_standard_streams();

// Ends the process with `status` if it is still there after `limit`: an orderly end may wait for calls that cannot be
// interrupted, as a look-up of a name. Call once.
void end_within(std::chrono::milliseconds limit, int status);

}  // namespace countersign
