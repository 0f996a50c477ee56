// Playing a recording on a screen that nobody can type on.

import { Terminal } from '@xterm/xterm';
import { colours, onTheme } from '../terminal/colours';
import { sizeOf, timeline, type Cast } from './cast';

const TICK = 50;
const LARGEST = 14;
const SMALLEST = 6;
const MOST_LINES = 20_000;

export class Playback {
  private readonly terminal: Terminal;
  private readonly stopTheme: () => void;
  private times: number[];
  private next = 0;
  private timer = 0;
  private tocked = 0;
  at = 0;
  speed = 1;

  constructor(
    private readonly host: HTMLElement,
    private readonly cast: Cast,
    skip: boolean,
    private readonly changed: () => void,
  ) {
    this.times = timeline(cast, skip);
    this.terminal = makeTerminal(cast, LARGEST);
    this.terminal.open(host);
    // Nothing is typed here, and the keyboard goes past it.
    this.terminal.textarea?.setAttribute('disabled', '');
    this.stopTheme = onTheme(() => (this.terminal.options.theme = colours()));
    this.fit();
  }

  get length(): number {
    return this.times[this.times.length - 1] ?? 0;
  }

  get playing(): boolean {
    return this.timer !== 0;
  }

  play(): void {
    if (this.playing) {
      return;
    }
    if (this.next >= this.cast.events.length) {
      this.rewind();
    }
    this.tocked = performance.now();
    this.timer = window.setInterval(() => this.tick(), TICK);
    this.changed();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.changed();
  }

  /** Show the screen as it was at `seconds`. */
  seek(seconds: number): void {
    if (seconds < this.at) {
      this.rewind();
    }
    this.show(Math.min(Math.max(0, seconds), this.length));
    this.changed();
  }

  /** Skip silences from now on, or do not; the screen stays as it is. */
  skip(skip: boolean): void {
    this.times = timeline(this.cast, skip);
    this.at = this.times[this.next - 1] ?? 0;
    this.changed();
  }

  dispose(): void {
    clearInterval(this.timer);
    this.stopTheme();
    this.terminal.dispose();
  }

  private tick(): void {
    const now = performance.now();
    const passed = ((now - this.tocked) / 1000) * this.speed;
    this.tocked = now;
    this.show(this.at + passed);
    if (this.next >= this.cast.events.length) {
      this.at = this.length;
      this.pause();
    } else {
      this.changed();
    }
  }

  private rewind(): void {
    this.terminal.reset();
    this.terminal.resize(this.cast.columns, this.cast.rows);
    this.fit();
    this.next = this.at = 0;
  }

  private show(until: number): void {
    this.at = until;
    for (; this.next < this.cast.events.length; this.next++) {
      const event = this.cast.events[this.next];
      if (!event || (this.times[this.next] ?? 0) > until) {
        return;
      }
      if (event.code === 'o') {
        this.terminal.write(event.data);
        continue;
      }
      const size = sizeOf(event.data);
      if (size) {
        this.terminal.resize(size.columns, size.rows);
        this.fit();
      }
    }
  }

  /** Letters as large as fit: the recording has its own number of columns. */
  private fit(): void {
    this.terminal.options.fontSize = LARGEST;
    const screen = this.host.querySelector<HTMLElement>('.xterm-screen');
    const wide = screen?.offsetWidth ?? 0;
    const room = this.host.clientWidth;
    if (wide > room && room > 0) {
      this.terminal.options.fontSize = Math.max(SMALLEST, Math.floor((LARGEST * room) / wide));
    }
  }
}

/** All the text that was on the screen, line by line. */
export function transcript(cast: Cast): Promise<string> {
  const terminal = makeTerminal(cast, LARGEST);
  for (const event of cast.events) {
    if (event.code === 'o') {
      terminal.write(event.data);
    }
  }
  return new Promise(resolve => {
    terminal.write('', () => {
      const { normal } = terminal.buffer;
      const lines: string[] = [];
      for (let row = 0; row < normal.length; row++) {
        const line = normal.getLine(row);
        const text = line?.translateToString(true) ?? '';
        if (line?.isWrapped && lines.length > 0) {
          lines[lines.length - 1] += text;
        } else {
          lines.push(text);
        }
      }
      terminal.dispose();
      resolve(lines.join('\n').trimEnd());
    });
  });
}

function makeTerminal(cast: Cast, fontSize: number): Terminal {
  return new Terminal({
    cols: cast.columns,
    rows: cast.rows,
    fontFamily: 'monospace',
    fontSize,
    lineHeight: 1.1,
    cursorBlink: false,
    disableStdin: true,
    scrollback: MOST_LINES,
    minimumContrastRatio: 4.5,
    theme: colours(),
    // What a machine printed may name addresses; nothing on it opens anything here.
    linkHandler: { activate: () => undefined },
  });
}
