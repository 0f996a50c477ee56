// In a lab's panel: the note about this attempt, and before the first step the one of last time.

import type { ComponentChild } from 'preact';
import { inline } from '../core/inline';
import type { View } from '../core/protocol';
import type { Words } from '../core/words';
import type { Entry } from './logbook';
import { NoteField } from './NoteField';
import { useLogbook } from './use';

/** The learner's own note about the attempt that is worked on. */
export function OwnNote({ view, words }: { view: View; words: Words }): ComponentChild {
  const { known } = useLogbook(view.started);
  const entry = known?.entries.find(one => one.lab === view.slug && one.started === view.started);
  return entry ? <Kept title={words.say('logbook.own')} entry={entry} words={words} /> : null;
}

/** What was noted when this lab was done before. */
export function LastTime({ slug, words }: { slug: string; words: Words }): ComponentChild {
  const { known } = useLogbook(slug);
  const entry = known?.entries.find(one => one.lab === slug && one.state === 'finished');
  return (
    entry && (
      <Kept
        title={words.say('logbook.last-time', { moment: words.moment(entry.started) })}
        entry={entry}
        words={words}
      />
    )
  );
}

function Kept(props: { title: string; entry: Entry; words: Words }): ComponentChild {
  const { title, entry, words } = props;
  return (
    <section class="bf-own" aria-label={title}>
      <h3>{title}</h3>
      <p class="bf-small">{inline(words.say('logbook.own-why'))}</p>
      <NoteField key={entry.id} entry={entry} words={words} />
    </section>
  );
}
