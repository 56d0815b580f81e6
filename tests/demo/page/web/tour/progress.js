// How far the visitor has come on the tour. Kept for this tab; that it was skipped or finished, for this browser.

import { address } from '../address.js';
import { store, choose_person, go, open_pane, show_tab, watch_people } from '../store.js';
import { watch_cast } from './scene.js';
import { steps, story_for } from './steps.js';

const seen_key = 'countersign-tour-seen';
const place_key = 'countersign-tour-place';
const dock_key = 'countersign-tour-dock';

function kept_place() {
  try {
    const place = JSON.parse(sessionStorage.getItem(place_key));
    return Number.isInteger(place?.at) && steps[place.at] ? place : null;
  } catch {
    return null;
  }
}

function opens_by_itself() {
  if (address.tour !== null) return address.tour !== 'off' && address.tour !== 'no';
  return localStorage.getItem(seen_key) === null;
}

export const tour = window.Vue.observable({
  open: opens_by_itself(),
  dock: localStorage.getItem(dock_key) === 'side' ? 'side' : 'bottom',
  at: 0,
  story: null,
  told: [],
  doing: false,
  did: false, // what this step does was done for the visitor
  problem: '',
});

function keep() {
  sessionStorage.setItem(place_key, JSON.stringify({ at: tour.at, story: tour.story, told: tour.told }));
}

function show(step) {
  const look = step.look();
  show_tab(look.tab);
  for (const side of ['left', 'right']) {
    if (!look[side]) continue;
    if (!store.panes[side].open) open_pane(side, true);
    choose_person(side, look[side][0]);
    go(side, look[side][1]);
  }
}

function enter(at) {
  const step = steps[at];
  tour.at = at;
  tour.problem = '';
  tour.did = false;
  if (step.starts || !tour.story) {
    tour.story = story_for(step.number, tour.told);
    tour.told = [...tour.told, tour.story.email];
  }
  keep();
  show(step);
}

// Begins, or goes on where this tab was.
export function begin_tour() {
  watch_cast();
  const place = kept_place();
  if (!place || place.at === 0 || !place.story) return enter(0);
  Object.assign(tour, { at: place.at, story: place.story, told: place.told ?? [] });
  return undefined;
}

export function start_tour() {
  sessionStorage.removeItem(place_key);
  Object.assign(tour, { open: true, story: null, told: [], at: 0 });
}

export function end_tour() {
  tour.open = false;
  watch_people('tour', []);
  sessionStorage.removeItem(place_key);
  localStorage.setItem(seen_key, new Date().toISOString());
}

export function next_step() {
  if (tour.at + 1 < steps.length) enter(tour.at + 1);
  else end_tour();
}

export function previous_step() {
  if (tour.at > 0) {
    tour.at -= 1;
    tour.did = false;
    keep();
    show(steps[tour.at]);
  }
}

export function turn_dock() {
  tour.dock = tour.dock === 'side' ? 'bottom' : 'side';
  localStorage.setItem(dock_key, tour.dock);
}

export async function do_step() {
  const step = steps[tour.at];
  const at = tour.at;
  tour.doing = true;
  tour.problem = '';
  show(step);
  try {
    await step.act(tour.story);
    if (tour.at === at) tour.did = true;
  } catch (problem) {
    if (tour.at === at) tour.problem = problem.message;
  } finally {
    tour.doing = false;
  }
}
