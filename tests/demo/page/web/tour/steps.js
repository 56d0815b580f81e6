// The story that the tour tells, as a list of steps. A step says what to see, shows where, can do what is to be done,
// and knows from the state whether it is done: the visitor may as well do it by hand.
//   look     the tab and what the two windows show: [person, place]
//   text     one or two plain sentences
//   type     what one would type
//   act      does it; absent where there is nothing to do but look
//   can      whether it can still be done
//   done     whether it has happened
//   waiting  what is being waited for, when nothing is left to do

import { store } from '../store.js';
import { lost_answer, outage } from './failures.js';
import { main_story } from './main_story.js';
import { at_once, own_request } from './refusals.js';
import { customers } from './scene.js';

const chapters = [
  ['The main story', main_story],
  ['Not by yourself', own_request],
  ['Two press at once', at_once],
  ['Auth0 is down, and the bot is killed', outage],
  ['A lost answer', lost_answer],
];

// The first step of a chapter starts a story about another customer.
export const steps = chapters.flatMap(([chapter, told], number) =>
  told.map((step, at) => ({
    act: null,
    can: () => true,
    type: null,
    last: false,
    done: () => true,
    waiting: () => '',
    ...step,
    chapter,
    number,
    starts: at === 0,
    is_awaited: Boolean(step.done),
  })),
);

// About whom a chapter is, and since when.
export function story_for(number, told) {
  const all = customers();
  const unused = all.filter((user) => !told.includes(user.email));
  const user = unused.length ? unused[0] : all[number % Math.max(1, all.length)];
  return {
    email: user?.email ?? 'ada.lovelace@example.com',
    name: user?.name ?? 'Ada Lovelace',
    since: Date.now(),
    starts: store.ledger?.process.starts ?? null,
  };
}
