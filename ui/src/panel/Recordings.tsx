// The recordings of terminals: which there are, looking at one, and leaving one out.

import type { ComponentChild } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useId } from '../core/id';
import { Button, Note, Sure } from '../core/controls';
import type { DeskState, Recording, View } from '../core/protocol';
import { Sentence } from '../core/inline';
import { ask } from '../core/server';
import { whyRefused } from '../core/why';
import type { Words } from '../core/words';
import { clock } from '../player/cast';
import { Player } from './Player';
import { RecordingSwitch } from './RecordingSwitch';
import type { Store } from './store';

interface Props {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
}

interface Listed {
  recordings: Recording[];
  most: number;
}

/** Where the recordings of a panel's lab are asked for. */
function address(store: Store, id = ''): string {
  const path = `api/labs/${encodeURIComponent(store.slug)}/recordings`;
  return `${path}${id && `/${encodeURIComponent(id)}`}?notebook=${encodeURIComponent(store.notebook)}`;
}

export function Recordings(props: Props): ComponentChild {
  const { view, words } = props;
  const evaluated = Boolean(view.policy?.record_terminals);
  const id = useId();
  if (evaluated) {
    return (
      <section class="bf-recordings" aria-labelledby={id}>
        <h3 id={id}>{words.say('panel.recording-title')}</h3>
        <p class="bf-small">{words.say('panel.recording-why-evaluation')}</p>
        {view.recording != null && <RecordingSwitch {...props} />}
        <List {...props} />
      </section>
    );
  }
  return (
    <details class="bf-recordings bf-sheet">
      <summary>{words.say('panel.recording-title')}</summary>
      <p class="bf-small">{words.say('panel.recording-why-practice')}</p>
      <RecordingSwitch {...props} always />
      <List {...props} />
    </details>
  );
}

function List(props: Props): ComponentChild {
  const { store, view, words, off } = props;
  const [found, failure] = useListed(props);
  const [playing, play] = useState<Recording | null>(null);
  const [leaving, leave] = useState<Recording | null>(null);
  const evaluated = view.mode === 'evaluation';
  const sure = `panel.sure-${evaluated ? 'leave-out' : 'erase'}`;
  const name = (one: Recording): string =>
    view.machines.find(machine => machine.name === one.machine)?.hostname ?? one.machine;
  if (failure !== null) {
    return (
      <Note tone="warn">
        <Sentence text={failure} />
      </Note>
    );
  }
  if (!found || found.recordings.length === 0) {
    return <p class="bf-small">{words.say('panel.recording-none')}</p>;
  }
  return (
    <>
      <ul class="bf-casts">
        {found.recordings.map(one => (
          <Item
            key={one.id}
            {...{ one, words, off, evaluated }}
            name={name(one)}
            onPlay={play}
            onLeave={leave}
          />
        ))}
      </ul>
      {found.recordings.length >= found.most && (
        <Note tone="warn">{words.say('panel.recording-most', { most: found.most })}</Note>
      )}
      {playing && (
        <Player
          words={words}
          name={name(playing)}
          load={() => ask<{ cast: string }>('GET', address(store, playing.id)).then(({ cast }) => cast)}
          onClose={() => play(null)}
        />
      )}
      {leaving && (
        <Sure
          title={words.say(sure)}
          yes={words.say(`${sure}-yes`)}
          no={words.say('panel.cancel')}
          onNo={() => leave(null)}
          onYes={() => {
            leave(null);
            store.do({ do: 'leave-out', recording: leaving.id });
          }}
        >
          <p>{words.say('panel.sure-erase-text')}</p>
          {evaluated && <p>{words.say('panel.sure-leave-out-evaluation')}</p>}
        </Sure>
      )}
    </>
  );
}

function Item(props: {
  one: Recording;
  name: string;
  words: Words;
  off: string | undefined;
  /** In an evaluation it would be handed in. */
  evaluated: boolean;
  onPlay: (one: Recording) => void;
  onLeave: (one: Recording) => void;
}): ComponentChild {
  const { one, name, words, off, onPlay, onLeave } = props;
  const number = Number.parseInt(one.id, 10);
  const erase = props.evaluated ? 'leave-out' : 'erase';
  return (
    <li>
      <div>
        <b>
          {number}. {words.say('panel.recording-item', { name })}
        </b>
        <span class="bf-small">
          {words.say('panel.recording-facts', {
            moment: words.moment(one.started),
            length: clock(one.seconds),
            size: words.size(one.size),
          })}
        </span>
        {one.full && <span class="bf-small">{words.say('panel.recording-full')}</span>}
      </div>
      <Button icon="play" label={words.say('panel.recording-watch-one', { number, name })} onPress={() => onPlay(one)}>
        {words.say('panel.recording-watch')}
      </Button>
      <Button
        icon="cross"
        off={off}
        label={words.say(`panel.recording-${erase}-one`, { number, name })}
        onPress={() => onLeave(one)}
      >
        {words.say(`panel.recording-${erase}`)}
      </Button>
    </li>
  );
}

/** The list, asked for when its paper is shown and whenever something about it changed. */
function useListed({ store, state, view, words }: Props): [Listed | null, string | null] {
  const [found, take] = useState<Listed | null>(null);
  const [failure, fail] = useState<string | null>(null);
  const shown = store.snapshot.tab === 'hand-in';
  const idle = state.busy === null;
  useEffect(() => {
    let wanted = true;
    if (shown && idle) {
      ask<Listed>('GET', address(store)).then(
        listed => {
          if (wanted) {
            take(listed);
            fail(null);
          }
        },
        error => wanted && fail(whyRefused(error, words) ?? words.say('panel.recording-unreachable')),
      );
    }
    return () => {
      wanted = false;
    };
  }, [store, shown, idle, view.recording]);
  return [found, failure];
}
