// A note that keeps itself while it is written, and says whether it is kept.

import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Icon, type IconName } from '../core/icons';
import { useId } from '../core/id';
import { Sentence } from '../core/inline';
import { whyRefused } from '../core/why';
import type { Words } from '../core/words';
import { logbook, MOST, type Entry } from './logbook';

/** How long one may stop typing before it is kept, in milliseconds. */
const PAUSE = 1500;

type Standing = 'kept' | 'typed' | 'keeping' | 'failed';

interface Props {
  entry: Entry;
  words: Words;
}

export function NoteField({ entry, words }: Props): ComponentChild {
  const id = useId();
  const { text, standing, why, type, keep } = useNote(entry, words);
  const moment = words.moment(entry.started);
  return (
    <form class="bf-note-field" onSubmit={event => event.preventDefault()}>
      <label for={id}>
        {words.say('logbook.note')}
        <span class="bf-hidden"> {`${words.of(entry.title)}, ${moment}`}</span>
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={MOST}
        spellcheck
        lang={words.language}
        value={text}
        aria-describedby={`${id}-state`}
        onInput={event => type(event.currentTarget.value)}
        onBlur={() => void keep()}
      />
      {/* A field shows on paper only what fits in it. */}
      <p class="bf-on-paper bf-own-words">{text || words.say('logbook.no-note')}</p>
      {text.length >= MOST && <Note tone="warn">{words.say('logbook.full', { most: MOST })}</Note>}
      {standing === 'failed' && why !== null && (
        <Note tone="warn">
          <Sentence text={why} />
        </Note>
      )}
      <div class="bf-row">
        <Button icon="tick" off={offFor(standing, words)} onPress={() => void keep()}>
          {words.say('logbook.save')}
        </Button>
        <Standing id={`${id}-state`} standing={standing} entry={entry} words={words} />
      </div>
    </form>
  );
}

function offFor(standing: Standing, words: Words): string | undefined {
  return {
    kept: words.say('logbook.nothing-new'),
    keeping: words.say('logbook.saving'),
    typed: undefined,
    failed: undefined,
  }[standing];
}

function Standing(props: Props & { id: string; standing: Standing }): ComponentChild {
  const { id, standing, entry, words } = props;
  const [icon, said] = ((): [IconName, string] => {
    switch (standing) {
      case 'typed':
        return ['circle', words.say('logbook.unsaved')];
      case 'keeping':
        return ['busy', words.say('logbook.saving')];
      case 'failed':
        return ['warn', words.say('logbook.not-saved')];
      case 'kept':
        return entry.noted > 0
          ? ['tick', words.say('logbook.saved', { moment: words.moment(entry.noted) })]
          : ['circle', words.say('logbook.nothing-yet')];
    }
  })();
  return (
    <span id={id} role="status" class={`bf-chip bf-standing bf-is-${TONE[standing]}`}>
      <Icon name={icon} />
      {said}
    </span>
  );
}

const TONE: Record<Standing, string> = { kept: 'quiet', typed: 'quiet', keeping: 'quiet', failed: 'fail' };

/** What is in the field, and whether it is kept; what is kept elsewhere shows while nothing was
 * typed here. */
function useNote(
  entry: Entry,
  words: Words,
): {
  text: string;
  standing: Standing;
  /** Why it was not kept, in the server's words. */
  why: string | null;
  type: (text: string) => void;
  keep: () => Promise<void>;
} {
  const [typed, setTyped] = useState<string | null>(null);
  const [standing, setStanding] = useState<Standing>('kept');
  const [why, setWhy] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const busy = useRef(false);
  const timer = useRef(0);
  const keep = async (leaving = false): Promise<void> => {
    clearTimeout(timer.current);
    const text = latest.current;
    // Once the page is gone, nothing comes after what is being kept now.
    if (text === null || (busy.current && !leaving)) {
      return;
    }
    busy.current = true;
    setStanding('keeping');
    try {
      await logbook.write(entry.id, text, leaving);
      busy.current = false;
      if (latest.current === text) {
        latest.current = null;
        setTyped(null);
        setStanding('kept');
      } else {
        // More was typed meanwhile.
        void keep();
      }
    } catch (error) {
      busy.current = false;
      setWhy(whyRefused(error, words));
      setStanding('failed');
    }
  };
  const type = (text: string): void => {
    latest.current = text;
    setTyped(text);
    setStanding('typed');
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void keep(), PAUSE);
  };
  useEffect(() => {
    const leave = (): void => void keep(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [entry.id]);
  return { text: typed ?? entry.note, standing, why, type, keep };
}
