// The learner's logbook as the server tells it: one for the whole page, so that every place where a
// note stands shows the same.

import type { Language, State, Text } from '../core/protocol';
import { ask } from '../core/server';
import { whyRefused } from '../core/why';
import { loadWords, type Words } from '../core/words';

export interface Entry {
  id: string;
  lab: string;
  title: Text;
  mode: 'practice' | 'evaluation';
  started: number;
  seconds: number;
  state: State;
  held: boolean;
  handed_in: boolean;
  where: Text | null;
  what: Text | null;
  answers: { question: Text; answer: string }[];
  note: string;
  noted: number;
}

interface Told {
  language: Language;
  entries: Entry[];
}

export interface Snapshot {
  /** Nothing until the server has answered once. */
  known: { words: Words; entries: Entry[] } | null;
  failed: boolean;
  /** Why it did not come, in the server's words; null where it said nothing. */
  why: string | null;
}

/** Characters that a note may have, as the server counts them. */
export const MOST = 4000;

export class Logbook {
  snapshot: Snapshot = { known: null, failed: false, why: null };
  private readonly listeners = new Set<() => void>();
  private asking: Promise<void> | null = null;

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  refresh(): Promise<void> {
    this.asking ??= this.fetch().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Keep a note, perhaps `leaving` the page; throws when that was not done. */
  async write(id: string, text: string, leaving = false): Promise<void> {
    const path = `api/logbook/${encodeURIComponent(id)}`;
    const written = await ask<Entry>('PUT', path, { text }, leaving);
    const { known } = this.snapshot;
    if (known) {
      const entries = known.entries.map(one => (one.id === id ? written : one));
      this.change({ known: { ...known, entries }, failed: false, why: null });
    }
  }

  private async fetch(): Promise<void> {
    try {
      const { language, entries } = await ask<Told>('GET', 'api/logbook');
      this.change({ known: { words: await loadWords(language), entries }, failed: false, why: null });
    } catch (error) {
      const why = whyRefused(error, this.snapshot.known?.words);
      this.change({ ...this.snapshot, failed: true, why });
    }
  }

  private change(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.listeners.forEach(listener => listener());
  }
}

/** The logbook of this page. */
export const logbook = new Logbook();

/** The time that was worked, in words. */
export function worked(entry: Entry, words: Words): string {
  const minutes = Math.max(1, Math.round(entry.seconds / 60));
  return minutes < 60
    ? words.say('logbook.minutes', { minutes })
    : words.say('logbook.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
