// What one panel knows, and what changes it.

import { Connection } from '../core/connection';
import { aloud } from '../core/inline';
import { speak } from '../core/language';
import type { Busy, DeskState, Failure, Language, Look, Verb } from '../core/protocol';
import type { Why } from '../core/why';
import { loadWords, type Words } from '../core/words';
import { news } from './news';
import type { Tab } from './next';

export interface Glimpse {
  look: Look | null;
  /** Why the last look came to nothing. */
  reason: string;
  asking: boolean;
}

export interface Snapshot {
  words: Words | null;
  state: DeskState | null;
  busy: Busy | null;
  failure: Failure | null;
  /** Seconds until the next try while the line is down. */
  lost: number | null;
  /** Why it stays down, once that is known. */
  why: Why | null;
  tab: Tab;
  /** How often a result turned the papers to its own. */
  turned: number;
  status: string;
  /** When the state came, for the clock. */
  since: number;
  /** The customer's screens as they were last seen, by id. */
  looks: Record<string, Glimpse>;
}

/** What shows itself by turning to its own paper. */
const SHOWN_ON: Partial<Record<Verb['do'], Tab>> = {
  check: 'results',
  'after-restart': 'hand-in',
  'hand-in': 'hand-in',
};

export class Store {
  readonly snapshot: Snapshot = {
    words: null,
    state: null,
    busy: null,
    failure: null,
    lost: null,
    why: null,
    tab: 'ticket',
    turned: 0,
    status: '',
    since: 0,
    looks: {},
  };
  private readonly listeners = new Set<() => void>();
  private readonly connection: Connection;
  /** The verb that this panel asked for, and whether the server has begun it. */
  private asked: { verb: Verb['do']; begun: boolean } | null = null;
  private closed = false;

  constructor(
    readonly slug: string,
    readonly notebook: string,
  ) {
    const path = `panel/${encodeURIComponent(slug)}?notebook=${encodeURIComponent(notebook)}`;
    this.connection = new Connection(path, {
      state: state => void this.take(state),
      progress: busy => this.change({ busy, status: this.step(busy) }),
      failed: failure => this.fail(failure),
      looked: (screen, look, reason) => this.looked(screen, look, reason),
      line: (up, seconds) => this.line(up, seconds),
      why: why => this.snapshot.why === why || this.change({ why }),
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  do(verb: Verb): void {
    if (this.connection.send(verb)) {
      this.asked = { verb: verb.do, begun: false };
      const busy = { verb: verb.do, step: '', done: 0, total: 0 };
      this.change({ failure: null, busy });
    }
  }

  /** Look at a screen; while one look is on its way, no other begins. */
  lookAt(screen: string): void {
    const known = this.snapshot.looks[screen] ?? { look: null, reason: '', asking: false };
    if (!known.asking && this.connection.lookAt(screen)) {
      this.keep(screen, { ...known, asking: true });
    }
  }

  /** Keep what is being typed, without waiting; false when the line is down. */
  draft(question: string, text: string): boolean {
    return this.connection.send({ do: 'draft', question, text });
  }

  show(tab: Tab): void {
    this.change({ tab });
  }

  say(status: string): void {
    this.change({ status });
  }

  dismiss(): void {
    this.change({ failure: null });
  }

  retry(): void {
    this.connection.retry();
  }

  async speak(language: Language): Promise<void> {
    await speak(language);
  }

  close(): void {
    this.closed = true;
    this.connection.close();
    this.listeners.clear();
  }

  private async take(state: DeskState): Promise<void> {
    const { language } = state;
    const words = await loadWords(language).catch(() => this.snapshot.words);
    if (this.closed || words === null) {
      return;
    }
    const before = this.snapshot.state;
    const result = this.finished(state);
    const tab = result ?? this.snapshot.tab;
    const turned = this.snapshot.turned + (result ? 1 : 0);
    // What was said in the other language is not said again.
    const said = before?.language === language ? this.snapshot.status : '';
    const status = before ? news(before, state, words) ?? said : '';
    this.change({ words, state, tab, turned, status, busy: state.busy, since: Date.now() });
  }

  /** The paper on which the result of the verb is that this panel asked for and is now done. */
  private finished(state: DeskState): Tab | undefined {
    if (this.asked && state.busy) {
      this.asked.begun = true;
    }
    if (!this.asked?.begun || state.busy) {
      return undefined;
    }
    const { verb } = this.asked;
    this.asked = null;
    return SHOWN_ON[verb];
  }

  private looked(screen: string, look: Look | null, reason: string): void {
    const before = this.snapshot.looks[screen]?.look ?? null;
    this.keep(screen, { look: look ?? before, reason, asking: false });
  }

  private keep(screen: string, glimpse: Glimpse): void {
    this.change({ looks: { ...this.snapshot.looks, [screen]: glimpse } });
  }

  private fail(failure: Failure): void {
    this.asked = null;
    this.change({ failure, status: aloud(failure.text), busy: null });
  }

  private line(up: boolean, seconds: number): void {
    const was = this.snapshot.lost !== null;
    if (!up) {
      this.forgetAsked();
    }
    const { words } = this.snapshot;
    if (up) {
      this.change({ lost: null, why: null, ...(was && words ? { status: words.say('panel.back') } : {}) });
    } else if (words) {
      const status = was ? this.snapshot.status : words.say('panel.lost');
      this.change({ lost: seconds, status, busy: null });
    } else {
      this.change({ lost: seconds });
    }
  }

  /** What was asked over a line that is gone is not answered any more. */
  private forgetAsked(): void {
    const looks = Object.entries(this.snapshot.looks);
    this.change({ looks: Object.fromEntries(looks.map(([id, one]) => [id, { ...one, asking: false }])) });
  }

  private step(busy: Busy): string {
    const { words, status, busy: before } = this.snapshot;
    return words && before?.step !== busy.step ? words.step(busy) : status;
  }

  private change(changes: Partial<Snapshot>): void {
    if (!this.closed) {
      Object.assign(this.snapshot, changes);
      this.listeners.forEach(listener => listener());
    }
  }
}
