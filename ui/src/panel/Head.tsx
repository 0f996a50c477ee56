// The top of the panel: which lab, how it stands, the one next step, and everything else behind More.

import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Chip } from '../core/controls';
import { Icon, type IconName } from '../core/icons';
import { useId } from '../core/id';
import type { DeskState, Summary, View } from '../core/protocol';
import type { Words } from '../core/words';
import { finishedBefore, nextStep, type Act } from './next';
import type { Snapshot, Store } from './store';

/** The seconds that a pause counts at most: the server counts no more of it. */
const LONGEST = 30 * 60;
const HIDE_TIME = 'breakfix:hide-time';

interface Props {
  store: Store;
  snapshot: Snapshot;
  state: DeskState;
  summary: Summary;
  words: Words;
  off: string | undefined;
  onAct: (act: Act) => void;
  onReset: () => void;
  onFinish: () => void;
  onOwnTab: ((title: string) => void) | undefined;
}

export function Head(props: Props): ComponentChild {
  const { state, summary, words, snapshot } = props;
  const [hidden, setHidden] = useState(localStorage.getItem(HIDE_TIME) === 'yes');
  const hide = (now: boolean): void => {
    localStorage.setItem(HIDE_TIME, now ? 'yes' : 'no');
    setHidden(now);
  };
  return (
    <header class="bf-head">
      <div class="bf-title">
        <h2>{words.of((state.view ?? summary).title)}</h2>
        <Facts view={state.view} finished={finishedBefore(state)} summary={summary} words={words} since={snapshot.since} hideTime={hidden} />
      </div>
      <More {...props} hideTime={hidden} onHideTime={hide} />
      <Next {...props} />
    </header>
  );
}

function Next({ state, snapshot, words, off, onAct }: Props): ComponentChild {
  const step = nextStep(state, snapshot.tab);
  const { act } = step;
  return (
    <div class="bf-next">
      <p>
        <b>{words.say('panel.next')}</b> {words.say(step.sentence)}
      </p>
      <Button
        kind="primary"
        icon={iconOf(act)}
        off={act.kind === 'tab' || act.kind === 'answer' ? undefined : off}
        onPress={() => onAct(act)}
      >
        {words.say(step.button)}
      </Button>
    </div>
  );
}

function iconOf(act: Act): IconName {
  switch (act.kind) {
    case 'verb':
      return ({ start: 'play', check: 'search', 'after-restart': 'again' } as const)[act.verb];
    case 'hand-in':
      return 'send';
    case 'tab':
      return act.tab === 'hand-in' ? 'send' : 'flag';
    case 'answer':
      return 'mail';
    case 'reset':
      return 'again';
    case 'finish':
      return 'tick';
  }
}

function Facts(props: {
  view: View | null;
  finished: boolean;
  summary: Summary;
  words: Words;
  since: number;
  hideTime: boolean;
}): ComponentChild {
  const { view, finished, words, since, hideTime } = props;
  if (!view) {
    return (
      <p class="bf-facts">
        <Chip icon={finished ? 'tick' : 'circle'}>
          {words.say(finished ? 'state.finished' : 'panel.not-started')}
        </Chip>
        <Chip icon="clock">{words.say('labs.minutes', { minutes: props.summary.minutes })}</Chip>
      </p>
    );
  }
  const { policy, attempt = 0 } = view;
  const attempts = policy?.attempts ?? 0;
  return (
    <p class="bf-facts">
      <Chip icon={STATE_ICON[view.state]}>{words.say(`state.${view.state}`)}</Chip>
      <Chip icon={view.mode === 'evaluation' ? 'flag' : 'again'}>{words.say(`panel.mode-${view.mode}`)}</Chip>
      {attempt > 0 && (
        <Chip icon="list">
          {words.say(attempts > 0 ? 'panel.attempt-of' : 'panel.attempt', { attempt, attempts })}
        </Chip>
      )}
      {view.mode === 'evaluation' && policy?.closes != null && (
        <Chip icon={view.closed ? 'warn' : 'clock'}>
          {words.say(view.closed ? 'panel.closed' : 'panel.closes', { moment: words.moment(policy.closes) })}
        </Chip>
      )}
      {!hideTime && <Clock view={view} words={words} since={since} />}
    </p>
  );
}

const STATE_ICON = { starting: 'busy', running: 'play', stopped: 'pause' } as const;

function Clock({ view, words, since }: { view: View; words: Words; since: number }): ComponentChild {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => turn(count => count + 1), 15_000);
    return () => clearInterval(timer);
  }, []);
  const more = view.state === 'running' ? Math.min((Date.now() - since) / 1000, LONGEST) : 0;
  const minutes = Math.floor((view.seconds + more) / 60);
  const hours = Math.floor(minutes / 60);
  return (
    <Chip icon="clock">
      {words.say(hours > 0 ? 'panel.hours' : 'panel.minutes', { hours, minutes: minutes % 60 })}
    </Chip>
  );
}

function More(props: Props & { hideTime: boolean; onHideTime: (hide: boolean) => void }): ComponentChild {
  const { words } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const away = (event: Event): void => {
      if (!frame.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);
  // What was chosen goes away, and the focus must not go with it.
  const shut = (): void => {
    setOpen(false);
    frame.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  };
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      shut();
    }
  };
  return (
    <div ref={frame} class="bf-more" onKeyDown={close}>
      <Button kind="quiet" icon="more" expanded={open} controls={id} onPress={() => setOpen(!open)}>
        {words.say('panel.more')}
      </Button>
      <div id={id} class="bf-menu" hidden={!open}>
        {open && <Choices {...props} onDone={shut} />}
      </div>
    </div>
  );
}

function Choices(
  props: Props & { hideTime: boolean; onHideTime: (hide: boolean) => void; onDone: () => void },
): ComponentChild {
  const { store, state, words, off, hideTime, onHideTime, onDone, onOwnTab } = props;
  const { view } = state;
  const title = words.of((view ?? props.summary).title);
  const pick = (act: () => void) => (): void => {
    onDone();
    act();
  };
  const other = words.language === 'nl' ? 'en' : 'nl';
  return (
    <>
      {view?.state === 'running' && (
        <Choice icon="power" title="stop" why="stop-why" words={words} off={off} onPress={pick(() => store.do({ do: 'stop' }))} />
      )}
      {view && <Choice icon="again" title="reset" why="reset-why" words={words} off={off} onPress={pick(props.onReset)} />}
      {view && <Choice icon="tick" title="finish" why="finish-why" words={words} off={off} onPress={pick(props.onFinish)} />}
      {onOwnTab && <Choice icon="tab" title="own-tab" words={words} onPress={pick(() => onOwnTab(title))} />}
      {view && (
        <Choice
          icon="clock"
          title={hideTime ? 'show-time' : 'hide-time'}
          words={words}
          onPress={pick(() => onHideTime(!hideTime))}
        />
      )}
      <Choice
        icon="globe"
        title={other === 'en' ? 'english' : 'dutch'}
        lang={other}
        words={words}
        onPress={pick(() => void store.speak(other))}
      />
    </>
  );
}

function Choice(props: {
  icon: IconName;
  title: string;
  why?: string;
  words: Words;
  off?: string | undefined;
  lang?: string;
  onPress: () => void;
}): ComponentChild {
  const { icon, title, why, words, off, lang, onPress } = props;
  return (
    <button
      type="button"
      aria-disabled={off === undefined ? undefined : 'true'}
      title={off}
      onClick={() => off === undefined && onPress()}
      {...(lang ? { lang } : {})}
    >
      <Icon name={icon} />
      <span>
        {words.say(`panel.${title}`)}
        {why && <small>{words.say(`panel.${why}`)}</small>}
      </span>
    </button>
  );
}
