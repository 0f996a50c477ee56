// One terminal on the page: xterm.js, tied to one shell on one machine.

import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { colours, onTheme } from './colours';
import { forget, release, take } from './identity';
import { teachKeys, type KeyListener } from './keys';
import { Link } from './link';

export type Condition = 'connecting' | 'open' | 'lost' | 'ended' | 'restarts';

/** What a terminal itself says. */
export interface Sayings {
  /** Its name, when it gets the focus. */
  label: string;
  /** That its shell is another one than before. */
  fresh: string;
  /** That more comes than can be read aloud. */
  much: string;
}

export interface ScreenListener extends KeyListener {
  /** The terminal's condition changed; an ending has a sentence. */
  condition(condition: Condition, text: string): void;
}

export class Screen {
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly id: string;
  private readonly link: Link;
  private readonly sizes: ResizeObserver;
  private readonly stopTheme: () => void;
  private alive = true;

  constructor(
    private readonly host: HTMLElement,
    private readonly slug: string,
    private readonly machine: string,
    private sayings: Sayings,
    private readonly listener: ScreenListener,
  ) {
    this.id = take(slug, machine);
    this.terminal = makeTerminal(host, this.fit);
    this.rename(sayings);
    teachKeys(this.terminal, listener);
    const place = `terminal/${encodeURIComponent(slug)}/${encodeURIComponent(machine)}?id=${this.id}`;
    this.link = this.makeLink(place);
    this.terminal.onData(data => this.link.type(data));
    this.terminal.onBinary(data => this.link.type(data));
    this.terminal.onResize(({ cols, rows }) => this.link.resize(cols, rows));
    this.sizes = new ResizeObserver(() => this.adapt());
    this.sizes.observe(host);
    this.stopTheme = onTheme(() => (this.terminal.options.theme = colours()));
    this.adapt();
    this.link.resize(this.terminal.cols, this.terminal.rows);
    this.link.open();
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Say it in other words from now on. */
  rename(sayings: Sayings): void {
    this.sayings = sayings;
    this.terminal.textarea?.setAttribute('aria-label', sayings.label);
    Terminal.strings.tooMuchOutput = sayings.much;
  }

  dispose(): void {
    this.alive = false;
    this.sizes.disconnect();
    this.stopTheme();
    this.link.close();
    release(this.id);
    this.terminal.dispose();
  }

  private makeLink(place: string): Link {
    return new Link(place, {
      ready: (again, fresh) => {
        if (again && fresh) {
          // What was on the screen stays, for it will not come again.
          this.terminal.write(`${AS_NEW}${this.sayings.fresh}${PLAIN}`);
        } else if (again) {
          // What was on the screen comes again.
          this.terminal.reset();
        }
        this.listener.condition('open', '');
      },
      output: (bytes, done) => this.alive && this.terminal.write(bytes, done),
      lost: () => this.listener.condition('lost', ''),
      ended: (text, reason) => {
        forget(this.slug, this.machine, this.id);
        this.listener.condition(reason === RESTARTS ? 'restarts' : 'ended', text);
      },
    });
  }

  private adapt(): void {
    if (this.host.offsetWidth > 0 && this.host.offsetHeight > 0) {
      this.fit.fit();
    }
  }
}

/** Why a terminal ends whose machine went off and starts again. */
const RESTARTS = 'panel.machine-off';

/** Out of whatever the last shell had switched on, to a line of our own and back. */
const AS_NEW = '\x18\x1b[?1049l\x1b[!p\x1b[?1000;1002;1003;1006;2004l\r\n\x1b[3m';
const PLAIN = '\x1b[0m\r\n';

function makeTerminal(host: HTMLElement, fit: FitAddon): Terminal {
  const terminal = new Terminal({
    // xterm measures letters on a canvas, where a CSS variable means nothing.
    fontFamily: font(),
    fontSize: 14,
    lineHeight: 1.15,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    scrollback: 5000,
    screenReaderMode: true,
    minimumContrastRatio: 4.5,
    theme: colours(),
    // A machine's output may name addresses; nothing on it opens anything here.
    linkHandler: { activate: () => undefined },
  });
  terminal.loadAddon(fit);
  terminal.open(host);
  return terminal;
}

function font(): string {
  const own = getComputedStyle(document.body).getPropertyValue('--jp-code-font-family').trim();
  return own ? `${own}, monospace` : 'monospace';
}
