// The labs that the server offers, for the landing page and the side panel alike.

import { speak } from '../core/language';
import type { Language, State, Summary, Text } from '../core/protocol';
import { ask } from '../core/server';
import { whyRefused } from '../core/why';
import { loadWords, type Words } from '../core/words';

/** The labs for whoever begins; they stand before every module. */
const BEGINNING = 'm000-start';

export interface Module extends Text {
  id: string;
}

interface Answer {
  language: Language;
  labs: Summary[];
  modules: Module[];
}

export interface Offer {
  words: Words;
  labs: Summary[];
  modules: Module[];
}

export interface Snapshot {
  offer: Offer | null;
  failed: boolean;
  /** Why the list did not come, in the server's words; null where it said nothing. */
  why: string | null;
  /** Why no machine can run now; null while one can. */
  engine: string | null;
}

/** One list for the whole page; it is asked again when somebody looks. */
export class Catalogue {
  snapshot: Snapshot = { offer: null, failed: false, why: null, engine: null };
  private readonly listeners = new Set<() => void>();
  private asking: Promise<void> | null = null;
  private looking: Promise<void> | null = null;

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  refresh(): Promise<void> {
    this.asking ??= this.fetch().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Look whether machines can run; the list never waits for that. */
  lookAtEngine(): Promise<void> {
    this.looking ??= this.engine().finally(() => (this.looking = null));
    return this.looking;
  }

  async speak(language: Language): Promise<void> {
    await speak(language);
    await this.refresh();
  }

  /** The path of the learner's notebook of a lab, made when it is not there. */
  async open(slug: string): Promise<string> {
    const { path } = await ask<{ path: string }>('POST', `api/labs/${encodeURIComponent(slug)}/open`);
    return path;
  }

  private async fetch(): Promise<void> {
    try {
      const { language, labs, modules } = await ask<Answer>('GET', 'api/labs');
      const words = await loadWords(language);
      this.change({ offer: { words, labs, modules }, failed: false, why: null });
    } catch (error) {
      this.change({ failed: true, why: whyRefused(error, this.snapshot.offer?.words) });
      return;
    }
    void this.lookAtEngine();
  }

  private async engine(): Promise<void> {
    try {
      const { trouble } = await ask<{ trouble: { text: string } | null }>('GET', 'api/engine');
      this.change({ engine: trouble?.text ?? null });
    } catch {
      // The list tells it when the server is away.
    }
  }

  private change(changes: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...changes };
    this.listeners.forEach(listener => listener());
  }
}

/** Whether there is something to go on with. */
export function begun(state: State | null): boolean {
  return state === 'running' || state === 'stopped' || state === 'starting';
}

/** The labs to go on with, the last one first. */
export function inProgress(labs: Summary[]): Summary[] {
  return labs.filter(lab => begun(lab.state)).sort((one, other) => other.used - one.used);
}

/** What whoever is new here is offered first, until it was begun. */
export function firstSteps(labs: Summary[]): Summary | null {
  return labs.find(lab => lab.module === BEGINNING && lab.state === null) ?? null;
}

/** The labs in which every word of `text` occurs, in either language. */
export function matching(labs: Summary[], modules: Module[], text: string): Summary[] {
  const wanted = plain(text).split(/\s+/).filter(Boolean);
  return labs.filter(lab => {
    const module = modules.find(one => one.id === lab.module);
    const all = [lab.title, lab.summary, module ?? { nl: '', en: '' }].flatMap(one => [one.nl, one.en]);
    const hay = plain([...all, lab.slug, lab.module].join(' '));
    return wanted.every(word => hay.includes(word));
  });
}

/** Small letters without accents, so that everybody finds everything. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
