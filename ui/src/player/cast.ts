// A recording of a terminal (asciicast, version 2), read as what it is: text from a machine.

const MOST_CELLS = 1000;
/** Seconds that a silence lasts at most where it is skipped. */
export const LONGEST_SILENCE = 1;

export interface CastEvent {
  at: number;
  code: 'o' | 'r';
  data: string;
}

export interface Cast {
  columns: number;
  rows: number;
  events: CastEvent[];
}

/** The recording in `text`; null when it is none. What we do not know in it is skipped. */
export function readCast(text: string): Cast | null {
  const [first = '', ...lines] = text.split('\n');
  const header = parsed(first) as { version?: unknown; width?: unknown; height?: unknown } | null;
  const columns = cells(header?.width);
  const rows = cells(header?.height);
  if (header?.version !== 2 || columns === null || rows === null) {
    return null;
  }
  const events: CastEvent[] = [];
  let last = 0;
  for (const line of lines) {
    const found = parsed(line);
    if (!Array.isArray(found)) {
      continue;
    }
    const [at, code, data] = found as unknown[];
    if (typeof at === 'number' && Number.isFinite(at) && typeof data === 'string' && (code === 'o' || code === 'r')) {
      // Time never goes back, whatever it says.
      last = Math.max(last, at);
      events.push({ at: last, code, data });
    }
  }
  return { columns, rows, events };
}

/** When each event comes; with `skip` no silence is longer than it may be. */
export function timeline(cast: Cast, skip: boolean): number[] {
  let before = 0;
  let now = 0;
  return cast.events.map(({ at }) => {
    const gap = at - before;
    before = at;
    now += skip ? Math.min(gap, LONGEST_SILENCE) : gap;
    return now;
  });
}

/** The columns and rows of an event of a size; null when it tells none. */
export function sizeOf(data: string): { columns: number; rows: number } | null {
  const found = /^(\d{1,4})x(\d{1,4})$/.exec(data);
  const columns = cells(Number(found?.[1]));
  const rows = cells(Number(found?.[2]));
  return columns !== null && rows !== null ? { columns, rows } : null;
}

/** A length of time as clocks show it. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (count: number): string => String(count).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

function cells(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_CELLS ? value : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
