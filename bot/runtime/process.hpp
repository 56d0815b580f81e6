#pragma once

namespace countersign {

// No core dump, no reading of our memory by other processes of the same user: secrets stay in the process
// (reliability.md section 3). Files that are made from now on, whoever makes them, are their owner's alone. Failures
// are logged; they end nothing.
void harden_process();

}  // namespace countersign
