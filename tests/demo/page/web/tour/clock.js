// A clock for what counts down. It runs only while somebody looks at it.

export const clock = window.Vue.observable({ now: Date.now() });

let timer = 0;

export function run_clock(on) {
  clearInterval(timer);
  clock.now = Date.now();
  if (on)
    timer = setInterval(() => {
      clock.now = Date.now();
    }, 1000);
}
