// Pictures of our own, 16 by 16; words beside them say the same.

import type { ComponentChild } from 'preact';

const LINES = {
  play: 'M5 3.2v9.6l7.6-4.8z',
  tick: 'M3 8.6l3.2 3.2L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  question: 'M5.6 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.8M8 12.6v.3',
  again: 'M12.8 8a4.8 4.8 0 1 1-1.5-3.5M13 2.4v3h-3',
  power: 'M8 2.4v5M4.9 4.4a5 5 0 1 0 6.2 0',
  more: 'M3.4 8h.1M8 8h.1M12.6 8h.1',
  mail: 'M2.4 4h11.2v8.2H2.4zM2.6 4.4L8 8.8l5.4-4.4',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4M10.2 10.2l3.4 3.4',
  bulb: 'M6 12h4M6.4 14h3.2M8 2a4 4 0 0 0-2.4 7.2c.4.4.6.8.6 1.3h3.6c0-.5.2-.9.6-1.3A4 4 0 0 0 8 2z',
  list: 'M6 4h7.4M6 8h7.4M6 12h7.4M2.8 4h.1M2.8 8h.1M2.8 12h.1',
  send: 'M2.2 8.2l11.4-5-4 10.6-2.4-4.4zM7.2 9.4l6-6',
  clock: 'M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M8 5v3.2l2.2 1.6',
  warn: 'M8 2.2l6.2 11.2H1.8zM8 6.4v3.2M8 11.4v.2',
  info: 'M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M8 7.4v3.4M8 5.1v.1',
  screen: 'M2.2 3h11.6v7.6H2.2zM5.4 13.4h5.2M8 10.6v2.8',
  plug: 'M5.6 2v3M10.4 2v3M3.8 5h8.4v2.4a4.2 4.2 0 0 1-8.4 0zM8 11.6V14',
  unplug: 'M5.6 2v2M10.4 2v2M3.8 5h8.4v1.6a4.2 4.2 0 0 1-6.6 3.4M2.6 13.4L13.4 2.6',
  link: 'M8 2v4M3 14v-2.6h10V14M8 6v5.4M6 2h4',
  terminal: 'M2 3h12v10H2zM4.4 6l2 2-2 2M8 10.4h3.4',
  larger: 'M9.4 2.6h4v4M13.4 2.6L9.2 6.8M6.6 13.4h-4v-4M2.6 13.4l4.2-4.2',
  smaller: 'M13.4 6.6h-4v-4M9.4 6.6l4-4M2.6 9.4h4v4M6.6 9.4l-4 4',
  circle: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3',
  record: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3M8 6.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2',
  pause: 'M5.6 3.6v8.8M10.4 3.6v8.8',
  flag: 'M4 14V2.6M4 3h8.4l-1.8 2.8 1.8 2.8H4',
  globe:
    'M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M2.6 8h10.8M8 2.4c-3.2 3.4-3.2 7.8 0 11.2M8 2.4c3.2 3.4 3.2 7.8 0 11.2',
  tab: 'M2.4 3h11.2v10H2.4zM2.4 6h11.2',
  stethoscope: 'M4 2.6v3.6a3 3 0 0 0 6 0V2.6M7 9.2v1.4a3 3 0 0 0 6 0V8.4M13 8.4a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4',
  calendar: 'M2.6 3.6h10.8v9.8H2.6zM2.6 6.6h10.8M5.4 2v3M10.6 2v3',
  book: 'M3.4 2.4h8a1.6 1.6 0 0 1 1.6 1.6v9.6H5a1.6 1.6 0 0 1-1.6-1.6zM3.4 12a1.6 1.6 0 0 1 1.6-1.6h8M6.4 5.4h4',
  print: 'M4.6 6V2.4h6.8V6M4.6 11.4H2.4V6h11.2v5.4h-2.2M4.6 9.6h6.8v4H4.6z',
} as const;

export type IconName = keyof typeof LINES | 'busy';

/** A picture that says nothing by itself. */
export function Icon({ name }: { name: IconName }): ComponentChild {
  const path = name === 'busy' ? 'M8 2.6a5.4 5.4 0 1 1-5.4 5.4' : LINES[name];
  return (
    <svg class={name === 'busy' ? 'bf-icon bf-turns' : 'bf-icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
