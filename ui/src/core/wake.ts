// A computer that slept: its sockets may look open and be dead, for nobody could tell this page.

const LOOK = 5_000;
/** A page in the background is woken once a minute, so a shorter gap says nothing. */
const SLEPT = 180_000;

const listeners = new Set<() => void>();
let timer = 0;
let last = 0;

function look(): void {
  const now = Date.now();
  const gap = now - last;
  last = now;
  if (gap > SLEPT) {
    [...listeners].forEach(listener => listener());
  }
}

/** Call `woke` when the computer wakes up; returns how to stop. */
export function onWake(woke: () => void): () => void {
  if (listeners.size === 0) {
    last = Date.now();
    timer = window.setInterval(look, LOOK);
  }
  listeners.add(woke);
  return () => {
    listeners.delete(woke);
    if (listeners.size === 0) {
      clearInterval(timer);
    }
  };
}
