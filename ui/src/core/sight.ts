// Coming back to something: its tab is turned to, or the browser's own.

/** Call `back` when `element` comes into sight again; returns how to stop. */
export function onSight(element: HTMLElement, back: () => void): () => void {
  let seen: boolean | null = null;
  const watcher = new IntersectionObserver(([entry]) => {
    const before = seen;
    seen = entry?.isIntersecting ?? false;
    if (seen && before === false) {
      back();
    }
  });
  const turned = (): void => {
    if (document.visibilityState === 'visible' && seen) {
      back();
    }
  };
  watcher.observe(element);
  document.addEventListener('visibilitychange', turned);
  return () => {
    watcher.disconnect();
    document.removeEventListener('visibilitychange', turned);
  };
}
