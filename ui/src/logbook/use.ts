// The logbook for a part of the page that shows it.

import { useEffect, useState } from 'preact/hooks';
import { logbook, type Snapshot } from './logbook';

/** The logbook, asked anew when `key` changes and when somebody comes back to the page. */
export function useLogbook(key: unknown): Snapshot {
  const [, turn] = useState(0);
  useEffect(() => logbook.subscribe(() => turn(count => count + 1)), []);
  useEffect(() => {
    void logbook.refresh();
    const back = (): void => {
      if (document.visibilityState === 'visible') {
        void logbook.refresh();
      }
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [key]);
  return logbook.snapshot;
}
