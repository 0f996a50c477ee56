// An id for an element, which no other panel on the page has: Preact's own counts anew in each root.

import { useMemo } from 'preact/hooks';

let last = 0;

export function useId(): string {
  return useMemo(() => `bf-${++last}`, []);
}
