// One terminal, or what there is instead while its machine is not on.

import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Sentence } from '../core/inline';
import type { Machine, View } from '../core/protocol';
import type { Words } from '../core/words';
import { Screen, type Condition } from '../terminal/screen';
import type { Store } from './store';

/** Milliseconds in which the panel is painted, before a terminal is made that nobody asked for. */
const PAINT = 30;

/** Milliseconds for which it can be read that a machine restarts, also one that is back at once. */
const READ = 3000;

/** Milliseconds after which opening a terminal takes longer than it should. */
const SLOW = 15_000;

interface Props {
  store: Store;
  view: View;
  words: Words;
  machine: Machine;
  off: string | undefined;
  focus: number;
  onLeave: () => void;
  /** Asks whether to begin again. */
  onReset: () => void;
}

export function TerminalPane(props: Props): ComponentChild {
  const { store, view, words, machine, focus, onLeave } = props;
  const host = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen | null>(null);
  const [turn, setTurn] = useState(0);
  const [restarts, setRestarts] = useState(0);
  const [condition, setCondition] = useState<Condition>('connecting');
  const [reason, setReason] = useState('');
  const on = machine.power === 'running' && view.state === 'running';
  const typing = useRef(false);
  /** Somebody went to this terminal before it was there. */
  const missed = useRef(false);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  const sayings = {
    label: words.say('panel.terminal', { name: machine.hostname }),
    fresh: words.say('panel.terminal-fresh'),
    much: words.say('panel.terminal-much'),
  };

  const make = (around: HTMLElement): (() => void) => {
    const place = document.createElement('div');
    place.className = 'bf-xterm';
    around.append(place);
    const made = new Screen(place, view.slug, machine.name, sayings, {
      condition: (now, text) => {
        setCondition(now);
        setReason(text);
      },
      leave: () => leave.current(),
      copied: () => store.say(words.say('panel.terminal-copied')),
    });
    screen.current = made;
    // Who was typing when the machine went down goes on typing, unless they went elsewhere.
    if (turn > 0 || missed.current || (typing.current && document.activeElement === document.body)) {
      made.focus();
    }
    missed.current = false;
    return () => {
      typing.current = place.contains(document.activeElement);
      screen.current = null;
      made.dispose();
      place.remove();
    };
  };

  useLayoutEffect(() => {
    const around = host.current;
    if (!on || !around) {
      return undefined;
    }
    setCondition('connecting');
    if (focus > 0 || turn > 0 || typing.current) {
      return make(around);
    }
    // Making a terminal takes longer than drawing all the rest.
    let remove: (() => void) | undefined;
    const timer = window.setTimeout(() => (remove = make(around)), PAINT);
    return () => {
      clearTimeout(timer);
      remove?.();
    };
  }, [on, turn, restarts]);
  useEffect(() => {
    if (condition !== 'restarts') {
      return undefined;
    }
    const timer = window.setTimeout(() => setRestarts(restarts + 1), READ);
    return () => clearTimeout(timer);
  }, [condition]);
  useEffect(() => screen.current?.rename(sayings), [words, machine.hostname]);
  useLayoutEffect(() => {
    if (focus > 0) {
      missed.current = on && screen.current === null;
      screen.current?.focus();
    }
  }, [focus]);

  return (
    <>
      {/* The browser's own menu has copy and paste; JupyterLab's would hide it. */}
      <div
        ref={host}
        class="bf-host-of-xterm"
        hidden={!on}
        data-jp-suppress-context-menu
        onContextMenu={event => event.stopPropagation()}
      />
      {on ? (
        <OnScreen {...props} condition={condition} reason={reason} onAgain={() => setTurn(turn + 1)} />
      ) : (
        <NotOn {...props} />
      )}
    </>
  );
}

function OnScreen(
  props: Props & { condition: Condition; reason: string; onAgain: () => void },
): ComponentChild {
  const { condition, reason, words, onAgain } = props;
  switch (condition) {
    case 'open':
      return null;
    case 'connecting':
      return <Connecting {...props} />;
    case 'lost':
      return <p class="bf-over">{words.say('panel.terminal-lost')}</p>;
    case 'restarts':
      return (
        <p class="bf-over">
          <Sentence text={reason} />
        </p>
      );
    case 'ended':
      return (
        <div class="bf-over">
          <Sentence text={reason || words.say('panel.terminal-ended')} />
          <Button icon="terminal" onPress={onAgain}>
            {words.say('panel.terminal-again')}
          </Button>
        </div>
      );
  }
}

/** A terminal that is being opened; where that takes too long, the machine may hang. */
function Connecting(props: Props): ComponentChild {
  const { words, machine } = props;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) {
    return <p class="bf-over">{words.say('panel.terminal-connecting')}</p>;
  }
  return (
    <div class="bf-over">
      <span role="status">{words.say('panel.terminal-slow', { name: machine.hostname })}</span>
      <Again {...props} />
    </div>
  );
}

function Again({ words, off, onReset }: Props): ComponentChild {
  return (
    <Button icon="again" off={off} onPress={onReset}>
      {words.say('panel.reset')}
    </Button>
  );
}

function NotOn(props: Props): ComponentChild {
  const { store, view, words, machine, off } = props;
  const name = machine.hostname;
  const busy = view.state === 'starting' || machine.power === 'booting';
  // In a lab that runs, a machine that is off is being started again.
  const restarts = machine.power === 'off' ? 'restarts' : machine.power;
  const key = view.state === 'stopped' ? 'off' : busy ? 'booting' : restarts;
  return (
    <div class="bf-empty">
      <Note tone={key === 'paused' || key === 'missing' ? 'warn' : 'info'}>
        {words.say(`panel.terminal-${key}`, { name })}
      </Note>
      {(key === 'paused' || key === 'off' || key === 'restarts') && (
        <Button icon="play" off={off} onPress={() => store.do({ do: 'start' })}>
          {words.say('panel.resume')}
        </Button>
      )}
      {(key === 'paused' || key === 'missing') && <Again {...props} />}
    </div>
  );
}
