// Every sentence comes from the server's catalogue; the code knows only keys.

import type { Language, Text } from './protocol';
import { ask } from './server';

const kept = new Map<Language, Promise<Words>>();

/** The sentences of one language. */
export class Words {
  constructor(
    readonly language: Language,
    private readonly sentences: Record<string, string>,
  ) {}

  /** The sentence of `key` with its places filled, as Python's `format` fills them. */
  say(key: string, values: Record<string, string | number> = {}): string {
    const sentence = this.sentences[key] ?? key;
    return sentence.replace(/\{\{|\}\}|\{([a-z_]+)\}/g, (whole, name: string | undefined) =>
      name === undefined ? whole.charAt(0) : String(values[name] ?? whole),
    );
  }

  /** Whether there is such a sentence. */
  has(key: string): boolean {
    return key in this.sentences;
  }

  /** What a verb is busy with. */
  step(busy: { verb: string; step: string }): string {
    const known = [busy.step, busy.verb].map(name => `progress.${name}`).find(key => this.has(key));
    return this.say(known ?? 'panel.busy');
  }

  /** A lab's own text in this language. */
  of(text: Text): string {
    return text[this.language];
  }

  /** `moment` (seconds since 1970) as people here write it. */
  moment(moment: number): string {
    const locale = this.language === 'nl' ? 'nl-BE' : 'en-GB';
    return new Date(moment * 1000).toLocaleString(locale, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
  }

  /** The time of day of `moment`. */
  clock(moment: number, seconds = false): string {
    const locale = this.language === 'nl' ? 'nl-BE' : 'en-GB';
    return new Date(moment * 1000).toLocaleTimeString(locale, {
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
    });
  }

  /** A number with the language's decimal sign. */
  number(value: number, digits = 0): string {
    const locale = this.language === 'nl' ? 'nl-BE' : 'en-GB';
    return value.toLocaleString(locale, { maximumFractionDigits: digits });
  }

  /** `bytes` for people. */
  size(bytes: number): string {
    return bytes < 1_000_000
      ? `${this.number(Math.max(1, bytes / 1000))} kB`
      : `${this.number(bytes / 1_000_000, 1)} MB`;
  }
}

/** The language before the server has said one: that of the page, else Dutch. */
export function firstLanguage(): Language {
  return document.documentElement.lang.startsWith('en') && navigator.language.startsWith('en')
    ? 'en'
    : 'nl';
}

/** The few sentences for when the server part does not answer. */
export function offlineWords(): Words {
  const language = firstLanguage();
  return new Words(language, __OFFLINE__[language]);
}

/** The words of `language`, asked once a page. */
export function loadWords(language: Language): Promise<Words> {
  const known = kept.get(language);
  if (known) {
    return known;
  }
  const asked = ask<{ words: Record<string, string> }>('GET', `api/words?language=${language}`).then(
    ({ words }) => new Words(language, words),
  );
  kept.set(language, asked);
  asked.catch(() => kept.delete(language));
  return asked;
}
