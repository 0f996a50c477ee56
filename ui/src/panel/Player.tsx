// One recording of a terminal: watched as it was, or read as text.

import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useId } from '../core/id';
import { Button, Note } from '../core/controls';
import type { Words } from '../core/words';
import { clock, readCast, type Cast } from '../player/cast';
import { Playback, transcript } from '../player/playback';

const SPEEDS = [1, 2, 4, 8];
/** Seconds that a page up or down goes. */
const STRIDE = 10;

interface Props {
  words: Words;
  name: string;
  load: () => Promise<string>;
  onClose: () => void;
}

export function Player(props: Props): ComponentChild {
  const { words, name, load, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [cast, take] = useState<Cast | null | 'loading'>('loading');
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  useEffect(() => {
    load().then(
      text => take(readCast(text)),
      () => take(null),
    );
  }, []);
  const id = useId();
  return (
    <dialog ref={dialog} class="bf-dialog bf-player" aria-labelledby={id} onCancel={onClose}>
      <div class="bf-row bf-between">
        <h3 id={id}>{words.say('panel.player-title', { name })}</h3>
        <Button icon="cross" onPress={onClose}>
          {words.say('panel.player-close')}
        </Button>
      </div>
      {cast === 'loading' && <p role="status">{words.say('panel.player-loading')}</p>}
      {cast === null && <Note tone="bad">{words.say('panel.player-unreadable')}</Note>}
      {cast !== null && cast !== 'loading' && <Watching cast={cast} name={name} words={words} />}
    </dialog>
  );
}

function Watching({ cast, name, words }: { cast: Cast; name: string; words: Words }): ComponentChild {
  const host = useRef<HTMLDivElement>(null);
  const playback = useRef<Playback | null>(null);
  const [, turn] = useState(0);
  const [skip, setSkip] = useState(true);
  const [speed, setSpeed] = useState(1);
  useLayoutEffect(() => {
    if (!host.current) {
      return undefined;
    }
    const made = new Playback(host.current, cast, skip, () => turn(count => count + 1));
    playback.current = made;
    turn(count => count + 1);
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      made.play();
    }
    return () => made.dispose();
  }, [cast]);
  const now = playback.current;
  const playing = now?.playing ?? false;
  const length = now?.length ?? 0;
  const at = Math.min(now?.at ?? 0, length);
  const id = useId();
  return (
    <>
      <div class="bf-cast-frame" role="img" aria-label={words.say('panel.player-screen', { name })}>
        <div ref={host} class="bf-cast-screen" />
      </div>
      <div class="bf-player-bar">
        <Button
          kind="primary"
          icon={playing ? 'pause' : 'play'}
          onPress={() => (playing ? now?.pause() : now?.play())}
        >
          {words.say(playing ? 'panel.player-pause' : 'panel.player-play')}
        </Button>
        <input
          type="range"
          min={0}
          max={Math.ceil(length * 10) / 10}
          step={0.1}
          value={at}
          aria-label={words.say('panel.player-position')}
          aria-valuetext={words.say('panel.player-at', { at: clock(at), length: clock(length) })}
          onInput={event => now?.seek(Number(event.currentTarget.value))}
          onKeyDown={event => {
            const step = { PageUp: STRIDE, PageDown: -STRIDE, ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1 }[
              event.key
            ];
            if (step !== undefined) {
              event.preventDefault();
              now?.seek(at + step);
            }
          }}
        />
        <span class="bf-small" aria-hidden="true">
          {clock(at)} / {clock(length)}
        </span>
      </div>
      <div class="bf-player-bar">
        <label for={`${id}-speed`}>{words.say('panel.player-speed')}</label>
        <select
          id={`${id}-speed`}
          value={speed}
          onChange={event => {
            const wanted = Number(event.currentTarget.value);
            setSpeed(wanted);
            if (now) {
              now.speed = wanted;
            }
          }}
        >
          {SPEEDS.map(one => (
            <option key={one} value={one}>
              {one === 1 ? words.say('panel.player-normal') : words.say('panel.player-times', { speed: one })}
            </option>
          ))}
        </select>
        <label class="bf-tick">
          <input
            type="checkbox"
            checked={skip}
            onChange={event => {
              setSkip(event.currentTarget.checked);
              now?.skip(event.currentTarget.checked);
            }}
          />
          <span>{words.say('panel.player-skip')}</span>
        </label>
      </div>
      <AsText cast={cast} words={words} />
    </>
  );
}

function AsText({ cast, words }: { cast: Cast; words: Words }): ComponentChild {
  const [text, setText] = useState<string | null>(null);
  const read = (open: boolean): void => {
    if (open && text === null) {
      void transcript(cast).then(setText);
    }
  };
  return (
    <details class="bf-sheet" onToggle={event => read(event.currentTarget.open)}>
      <summary>{words.say('panel.player-text')}</summary>
      {text === '' ? (
        <p>{words.say('panel.player-text-none')}</p>
      ) : (
        <pre class="bf-transcript" tabIndex={0} aria-label={words.say('panel.player-text')}>
          {text}
        </pre>
      )}
    </details>
  );
}
