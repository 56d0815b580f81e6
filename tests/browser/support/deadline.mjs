// Waiting for what has to become true.
import { setTimeout as pause } from "node:timers/promises";

// How long a thing may take that a person waits for. It is never reached unless something is wrong.
export const patience = 40_000;

// Asks `ask` until it answers something that is not empty, false or an empty list; gives that. An error of `ask` counts
// as a no.
export async function until(what, ask, limit = patience) {
  const end = Date.now() + limit;
  let why = "";
  for (;;) {
    try {
      const answer = await ask();
      if (Array.isArray(answer) ? answer.length : answer) return answer;
      why = "";
    } catch (problem) {
      why = `: ${problem.message}`;
    }
    if (Date.now() > end) throw new Error(`not within ${limit / 1000} s: ${what}${why}`);
    await pause(50);
  }
}
