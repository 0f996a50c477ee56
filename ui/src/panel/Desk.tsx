// The panel as a whole: head, what goes on, papers on one side and machines on the other.

import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Note, roving, Sure } from '../core/controls';
import { Icon, type IconName } from '../core/icons';
import { useId } from '../core/id';
import { Sentence } from '../core/inline';
import type { Busy, DeskState, Summary, View } from '../core/protocol';
import { Skeleton } from '../core/Skeleton';
import { WHY_KEY } from '../core/why';
import { offlineWords, type Words } from '../core/words';
import { LastTime, OwnNote } from '../logbook/Own';
import { Bench } from './Bench';
import { Diagnosis } from './Diagnosis';
import { HandIn } from './HandIn';
import { Head } from './Head';
import { Hints } from './Hints';
import { finishedBefore, handsIn, type Act, type Tab } from './next';
import { Preparing, starts } from './Preparing';
import { Questions } from './Questions';
import { Results } from './Results';
import type { Snapshot, Store } from './store';
import { Ticket } from './Ticket';

/** What the page around a panel can do for it. */
export interface Around {
  /** Opens the panel in a tab of its own. */
  onOwnTab?: ((title: string) => void) | undefined;
  /** Goes to the notebook's cell with this grade id. */
  onCell?: ((gradeId: string) => void) | undefined;
}

/** The panel of `store`. */
export function Desk({ store, ...around }: { store: Store } & Around): ComponentChild {
  const snapshot = useStore(store);
  const { words, state, lost } = snapshot;
  if (!words || !state) {
    return lost !== null && lost > 1 ? <Unreachable store={store} snapshot={snapshot} /> : <Skeleton />;
  }
  if (!state.summary) {
    return <Unreachable store={store} snapshot={snapshot} />;
  }
  return <Whole {...{ store, snapshot, words, state }} {...around} summary={state.summary} />;
}

function useStore(store: Store): Snapshot {
  const [, turn] = useState(0);
  // At once: what came before a later effect would never be drawn.
  useLayoutEffect(() => store.subscribe(() => turn(count => count + 1)), [store]);
  return store.snapshot;
}

function Unreachable({ store, snapshot }: { store: Store; snapshot: Snapshot }): ComponentChild {
  const words = offlineWords();
  return (
    <div class="bf-empty bf-unreachable" role="status">
      <Note tone="warn">
        <Sentence text={snapshot.state?.trouble?.text ?? words.say(WHY_KEY[snapshot.why ?? 'away'])} />
      </Note>
      <Button icon="again" onPress={() => store.retry()}>
        {words.say('offline.retry')}
      </Button>
    </div>
  );
}

interface WholeProps extends Around {
  store: Store;
  snapshot: Snapshot;
  words: Words;
  state: DeskState;
  summary: Summary;
}

function Whole(props: WholeProps): ComponentChild {
  const { store, snapshot, words, state, summary, onOwnTab } = props;
  const { view } = state;
  const [asking, ask] = useState<'reset' | 'finish' | null>(null);
  const [large, setLarge] = useState(false);
  const off = whyOff(snapshot, words);
  const root = useRef<HTMLElement>(null);
  const show = (tab: Tab, field?: string): void => {
    store.show(tab);
    // The paper is in sight once it was drawn.
    requestAnimationFrame(() => field && root.current?.querySelector<HTMLElement>(field)?.focus());
  };
  const act = (what: Act): void => {
    switch (what.kind) {
      case 'verb':
        return store.do({ do: what.verb });
      case 'tab':
        return show(what.tab, what.tab === 'diagnosis' ? NAMING : undefined);
      case 'answer':
        return show('hand-in', '.bf-questions textarea');
      case 'hand-in':
        return store.do({ do: 'hand-in', sha256: what.sha256 });
      case 'reset':
      case 'finish':
        return ask(what.kind);
    }
  };
  return (
    <section ref={root} class="bf-desk" data-lab={store.slug} lang={words.language} aria-label={words.say('panel.label', { title: words.of(summary.title) })}>
      <Head
        {...{ store, snapshot, state, summary, words, off, onOwnTab }}
        onAct={act}
        onReset={() => ask('reset')}
        onFinish={() => ask('finish')}
      />
      <Notices {...props} />
      {view ? (
        <div class={`bf-body ${large ? 'bf-large' : ''}`}>
          <Papers {...props} view={view} off={off} />
          <Bench
            {...{ store, words, off, large }}
            view={view}
            onLarge={setLarge}
            onReset={() => ask('reset')}
          />
        </div>
      ) : (
        <Before words={words} state={state} summary={summary} />
      )}
      {asking && view && (
        <SureAbout what={asking} view={view} words={words} store={store} onDone={() => ask(null)} />
      )}
      <div class="bf-aloud" role="status" aria-live="polite">
        {snapshot.status}
      </div>
    </section>
  );
}

/** Why nothing can be asked now, or undefined. */
function whyOff({ lost, busy, state }: Snapshot, words: Words): string | undefined {
  if (lost !== null) {
    return words.say('panel.connecting');
  }
  return busy ?? state?.busy ? words.say('panel.wait') : undefined;
}

function Notices({ store, snapshot, words, state, summary }: WholeProps): ComponentChild {
  const { lost, failure, busy, why } = snapshot;
  return (
    <div class="bf-notices">
      {busy && <Progress busy={busy} words={words} />}
      {busy && starts(busy) && <Preparing busy={busy} words={words} summary={summary} />}
      {lost !== null && lost > 0 && (
        <div class="bf-row">
          <Note tone="warn">{words.say(why === null || why === 'away' ? 'panel.lost' : WHY_KEY[why])}</Note>
          <Button icon="again" onPress={() => store.retry()}>
            {words.say('panel.retry')}
          </Button>
        </div>
      )}
      {state.trouble && state.trouble.text !== failure?.text && (
        <Note tone="warn">
          <Sentence text={state.trouble.text} />
        </Note>
      )}
      {failure && (
        <div class="bf-row">
          <Note tone="bad" icon="warn">
            <strong>{words.say('panel.failed')}</strong>
            <div>
              <Sentence text={failure.text} />
            </div>
          </Note>
          <Button kind="quiet" icon="cross" label={words.say('panel.dismiss')} onPress={() => store.dismiss()}>
            {null}
          </Button>
        </div>
      )}
    </div>
  );
}

function Progress({ busy, words }: { busy: Busy; words: Words }): ComponentChild {
  const id = useId();
  const seconds = useSeconds(busy.verb);
  const known = busy.total > 0;
  const step = words.step(busy);
  return (
    <div class="bf-progress">
      <Icon name="busy" />
      <span id={id}>
        {known
          ? words.say('panel.progress-of', { step, done: busy.done, total: busy.total })
          : words.say('panel.progress', { step })}
      </span>
      <span class="bf-small" aria-hidden="true">
        {words.say('panel.elapsed', { seconds })}
      </span>
      <progress aria-labelledby={id} max={known ? busy.total : undefined} value={known ? busy.done : undefined} />
    </div>
  );
}

/** The seconds since `verb` began. */
function useSeconds(verb: string): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = Date.now();
    setSeconds(0);
    const timer = window.setInterval(() => setSeconds(Math.floor((Date.now() - begun) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [verb]);
  return seconds;
}

function Before(props: { words: Words; state: DeskState; summary: Summary }): ComponentChild {
  const { words, state, summary } = props;
  const finished = finishedBefore(state);
  return (
    <div class="bf-before">
      <Icon name={finished ? 'tick' : 'mail'} />
      {finished ? (
        <p>{words.say('panel.finished-text')}</p>
      ) : (
        <>
          <p>{words.of(summary.summary)}</p>
          <p class="bf-small">{words.say('panel.no-ticket')}</p>
        </>
      )}
      <LastTime slug={summary.slug} words={words} />
    </div>
  );
}

/** Where a diagnosis is given, or changed. */
const NAMING = '.bf-naming input, .bf-mine button';

const TABS: { tab: Tab; icon: IconName }[] = [
  { tab: 'ticket', icon: 'mail' },
  { tab: 'diagnosis', icon: 'flag' },
  { tab: 'hints', icon: 'bulb' },
  { tab: 'results', icon: 'list' },
  { tab: 'hand-in', icon: 'send' },
];

function Papers(props: WholeProps & { view: View; off: string | undefined }): ComponentChild {
  const { store, snapshot, words, view } = props;
  const id = useId();
  const name = (tab: Tab): string =>
    words.say(tab === 'hand-in' && !handsIn(view) ? 'panel.tab-finish' : `panel.tab-${tab}`);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (snapshot.turned > 0) {
      showResult(frame.current);
    }
  }, [snapshot.turned]);
  return (
    <div ref={frame} class="bf-papers">
      <div role="tablist" class="bf-tabs" aria-label={words.say('panel.tabs')} onKeyDown={roving}>
        {TABS.map(({ tab, icon }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-tab-${tab}`}
            aria-controls={`${id}-${tab}`}
            aria-selected={tab === snapshot.tab}
            tabIndex={tab === snapshot.tab ? 0 : -1}
            onClick={() => store.show(tab)}
          >
            <Icon name={icon} />
            {name(tab)}
          </button>
        ))}
      </div>
      {/* All of them stay, so that nothing that was filled in is lost by looking elsewhere. */}
      {TABS.map(({ tab }) => (
        <div
          key={tab}
          role="tabpanel"
          id={`${id}-${tab}`}
          class="bf-paper"
          aria-labelledby={`${id}-tab-${tab}`}
          tabIndex={0}
          hidden={tab !== snapshot.tab}
        >
          <Paper {...props} tab={tab} />
        </div>
      ))}
    </div>
  );
}

/** A result is read from its beginning; where the button that asked for it is gone, by keyboard too. */
function showResult(papers: HTMLElement | null): void {
  const paper = papers?.querySelector<HTMLElement>('.bf-paper:not([hidden])');
  paper?.scrollTo(0, 0);
  if (document.activeElement === document.body && paper?.checkVisibility()) {
    paper.focus({ preventScroll: true });
  }
}

function Paper(props: WholeProps & { view: View; off: string | undefined; tab: Tab }): ComponentChild {
  const { store, state, view, words, off, tab, onCell } = props;
  const shared = { store, state, view, words, off };
  switch (tab) {
    case 'ticket':
      return <Ticket view={view} words={words} />;
    case 'diagnosis':
      return <Diagnosis {...shared} />;
    case 'hints':
      return <Hints {...shared} hints={state.hints} />;
    case 'results':
      return <Results {...shared} />;
    case 'hand-in':
      return (
        <>
          <HandIn {...shared} />
          <Questions {...shared} onCell={onCell} />
          <OwnNote view={view} words={words} />
        </>
      );
  }
}

function SureAbout(props: {
  what: 'reset' | 'finish';
  view: View;
  words: Words;
  store: Store;
  onDone: () => void;
}): ComponentChild {
  const { what, view, words, store, onDone } = props;
  const atStake = what === 'finish' && view.mode === 'evaluation' && !view.handed_in;
  return (
    <Sure
      title={words.say(`panel.sure-${what}`)}
      yes={words.say(`panel.sure-${what}-yes`)}
      no={words.say('panel.cancel')}
      onNo={onDone}
      onYes={() => {
        onDone();
        // This is where it is asked whether the learner is sure.
        store.do(what === 'finish' ? { do: what, sure: true } : { do: what });
      }}
    >
      <p>{words.say(`panel.sure-${what}-text`)}</p>
      {atStake && <Note tone="warn">{words.say('panel.sure-finish-stake')}</Note>}
    </Sure>
  );
}
