// My logbook: what was wrong each time, what was written about it, and what to look at first next time.

import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button, Chip, Note } from '../core/controls';
import type { IconName } from '../core/icons';
import { useId } from '../core/id';
import { Sentence } from '../core/inline';
import { Markdown } from '../core/markdown';
import { print } from '../core/print';
import { Skeleton } from '../core/Skeleton';
import { Unreachable } from '../core/Unreachable';
import type { Words } from '../core/words';
import type { Catalogue } from '../labs/catalogue';
import { logbook, worked, type Entry } from './logbook';
import { NoteField } from './NoteField';
import { useLogbook } from './use';

/** The page; it is asked anew when `catalogue` speaks another language. */
export function Page({ catalogue }: { catalogue: Catalogue }): ComponentChild {
  const { known, failed, why } = useLogbook(catalogue);
  useEffect(
    () =>
      catalogue.subscribe(() => {
        const spoken = catalogue.snapshot.offer?.words.language;
        if (spoken && logbook.snapshot.known && spoken !== logbook.snapshot.known.words.language) {
          void logbook.refresh();
        }
      }),
    [catalogue],
  );
  if (known) {
    return <Whole words={known.words} entries={known.entries} failed={failed} why={why} />;
  }
  return failed ? <Unreachable text={why} onAgain={again} /> : <Skeleton />;
}

function again(): void {
  void logbook.refresh();
}

function Whole(props: {
  words: Words;
  entries: Entry[];
  failed: boolean;
  why: string | null;
}): ComponentChild {
  const { words, entries, failed, why } = props;
  const place = useRef<HTMLElement>(null);
  return (
    <section ref={place} class="bf-logbook" lang={words.language} aria-label={words.say('logbook.title')}>
      <header class="bf-row">
        <h1>{words.say('logbook.title')}</h1>
        {entries.length > 0 && (
          <Button icon="print" onPress={() => place.current && print(place.current)}>
            {words.say('logbook.print')}
          </Button>
        )}
      </header>
      <p class="bf-lead">{words.say('logbook.why')}</p>
      {failed && (
        <div class="bf-row">
          <Note tone="bad">
            <Sentence text={why ?? words.say('logbook.failed')} />
          </Note>
          <Button icon="again" onPress={again}>
            {words.say('logbook.retry')}
          </Button>
        </div>
      )}
      {entries.length === 0 && <Note tone="info">{words.say('logbook.none')}</Note>}
      {entries.map(entry => (
        <One key={entry.id} entry={entry} words={words} />
      ))}
    </section>
  );
}

function One({ entry, words }: { entry: Entry; words: Words }): ComponentChild {
  const id = useId();
  const [icon, standing] = standingOf(entry);
  return (
    <article class="bf-entry" aria-labelledby={id}>
      <header>
        <h2 id={id}>
          {words.of(entry.title)}
          <span class="bf-hidden">, {words.moment(entry.started)}</span>
        </h2>
        <div class="bf-facts">
          <Chip icon="calendar">{words.moment(entry.started)}</Chip>
          <Chip icon={entry.mode === 'evaluation' ? 'flag' : 'again'}>
            {words.say(`progress-page.${entry.mode}`)}
          </Chip>
          <Chip icon="clock">{worked(entry, words)}</Chip>
          <Chip icon={icon} tone={entry.held ? 'pass' : ''}>
            {words.say(`logbook.${standing}`)}
          </Chip>
        </div>
      </header>
      <Named entry={entry} words={words} />
      {entry.answers.map((one, at) => (
        <section key={at} class="bf-written">
          <Markdown text={words.of(one.question)} top={4} />
          <p class="bf-own-words">{one.answer}</p>
        </section>
      ))}
      <NoteField entry={entry} words={words} />
    </article>
  );
}

function Named({ entry, words }: { entry: Entry; words: Words }): ComponentChild {
  const { where, what } = entry;
  return (
    <dl>
      <dt>{words.say('logbook.diagnosis')}</dt>
      <dd>
        {where
          ? `${words.of(where)}: ${what ? words.of(what) : words.say('logbook.cause-unknown')}`
          : words.say('logbook.no-diagnosis')}
      </dd>
    </dl>
  );
}

function standingOf(entry: Entry): [IconName, string] {
  if (entry.held) {
    return ['tick', 'held'];
  }
  if (entry.handed_in) {
    return ['send', 'handed-in'];
  }
  return entry.state === 'finished' ? ['circle', 'over'] : ['play', 'busy-with'];
}
