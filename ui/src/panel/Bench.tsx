// The machines: the picture of their network, and a terminal on each one that the learner may enter.

import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, Note, roving } from '../core/controls';
import { Icon } from '../core/icons';
import { useId } from '../core/id';
import type { Machine, ScreenView, View } from '../core/protocol';
import type { Words } from '../core/words';
import { CustomerScreen, SCREEN_ICON } from './CustomerScreen';
import { Picture, POWER_ICON, powerOf, powerWord } from './Picture';
import type { Store } from './store';
import { Announcement, RecordingSwitch, unannounced } from './RecordingSwitch';
import { TerminalPane } from './TerminalPane';

interface Props {
  store: Store;
  view: View;
  words: Words;
  /** Why nothing can be asked now. */
  off: string | undefined;
  large: boolean;
  onLarge: (large: boolean) => void;
  /** Asks whether to begin again. */
  onReset: () => void;
}

export function Bench(props: Props): ComponentChild {
  const { store, view, words, off } = props;
  const entered = view.machines.filter(machine => machine.access !== 'none');
  const screens = view.screens ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const current = entered.find(machine => machine.name === chosen) ?? entered[0] ?? null;
  const screen = screens.find(one => tabOf(one) === chosen) ?? (current ? null : screens[0] ?? null);
  // The terminal that the learner asked for, with a number that grows each time.
  const [asked, ask] = useState({ name: '', count: 0 });
  const open = (name: string): void => {
    choose(name);
    ask(before => ({ name, count: before.count + 1 }));
  };
  return (
    <section class="bf-bench" aria-label={words.say('panel.bench')}>
      <Picture
        view={view}
        words={words}
        current={screen ? null : current?.name ?? null}
        onMachine={open}
        onCable={cable => store.do({ do: 'cable', cable })}
        off={off}
      />
      {unannounced(view) ? (
        <Announcement store={store} words={words} off={off} />
      ) : current || screen ? (
        <Terminals
          {...props}
          machines={entered}
          screens={screens}
          current={screen ? tabOf(screen) : current?.name ?? ''}
          choose={choose}
          open={open}
          asked={asked}
        />
      ) : (
        <Note tone="info">{words.say('panel.terminal-none')}</Note>
      )}
    </section>
  );
}

/** The name of a screen's tab; no machine is called like that. */
function tabOf(screen: ScreenView): string {
  return `screen:${screen.id}`;
}

interface TerminalsProps extends Props {
  machines: Machine[];
  screens: ScreenView[];
  /** The tab that is shown: the name of a machine, or that of a screen. */
  current: string;
  choose: (name: string) => void;
  open: (name: string) => void;
  asked: { name: string; count: number };
}

function Terminals(props: TerminalsProps): ComponentChild {
  const { machines, screens, current, words, large, onLarge } = props;
  const id = useId();
  const opened = useOpened(current);
  const onMachine = machines.some(machine => machine.name === current);
  return (
    <div class="bf-terminals">
      <div class="bf-bar">
        <TerminalTabs {...props} id={id} />
        <RecordingSwitch store={props.store} view={props.view} words={words} off={props.off} />
        <Button
          kind="quiet"
          icon={large ? 'smaller' : 'larger'}
          pressed={large}
          label={words.say(large ? 'panel.terminal-smaller' : 'panel.terminal-larger')}
          onPress={() => onLarge(!large)}
        >
          {null}
        </Button>
      </div>
      {machines.map(machine => (
        <div
          key={machine.name}
          role="tabpanel"
          id={`${id}-${machine.name}`}
          aria-labelledby={`${id}-tab-${machine.name}`}
          class="bf-screen"
          hidden={machine.name !== current}
        >
          {opened.has(machine.name) && (
            <TerminalPane
              {...props}
              machine={machine}
              focus={machine.name === props.asked.name ? props.asked.count : 0}
              onLeave={() => document.getElementById(`${id}-tab-${machine.name}`)?.focus()}
            />
          )}
        </div>
      ))}
      {screens.map(screen => (
        <div
          key={tabOf(screen)}
          role="tabpanel"
          id={`${id}-${tabOf(screen)}`}
          aria-labelledby={`${id}-tab-${tabOf(screen)}`}
          class="bf-screen"
          hidden={tabOf(screen) !== current}
        >
          {tabOf(screen) === current && <CustomerScreen {...props} screen={screen} />}
        </div>
      ))}
      <p class="bf-small bf-keys">{words.say(onMachine ? 'panel.terminal-hint' : 'screen.hint')}</p>
    </div>
  );
}

/** The machines whose terminal was looked at; those stay, the others cost nothing. */
function useOpened(current: string): Set<string> {
  const opened = useRef(new Set<string>());
  opened.current.add(current);
  return opened.current;
}

/** Scroll the chosen tab into the row; the page itself stays where the learner reads. */
function reveal(row: HTMLElement | null): void {
  const tab = row?.querySelector('[aria-selected=true]')?.getBoundingClientRect();
  if (row && tab) {
    const { left, right } = row.getBoundingClientRect();
    row.scrollLeft += Math.min(0, tab.left - left) + Math.max(0, tab.right - right);
  }
}

function TerminalTabs(props: TerminalsProps & { id: string }): ComponentChild {
  const { machines, screens, current, words, choose, open, id } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => reveal(list.current), [current]);
  return (
    <div ref={list} role="tablist" class="bf-tabs" aria-label={words.say(screens.length ? 'screen.tabs' : 'panel.terminals')} onKeyDown={roving}>
      {machines.map(machine => (
        <button
          key={machine.name}
          type="button"
          role="tab"
          id={`${id}-tab-${machine.name}`}
          class={`bf-power-${powerOf(machine, props.view)}`}
          aria-controls={`${id}-${machine.name}`}
          aria-selected={machine.name === current}
          tabIndex={machine.name === current ? 0 : -1}
          // A click with the mouse goes on into the terminal; keys stay among the tabs.
          onClick={event => (event.detail > 0 ? open : choose)(machine.name)}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              event.preventDefault();
              open(machine.name);
            }
          }}
        >
          <Icon name="terminal" />
          {machine.hostname}
          {machine.power !== 'running' && (
            <span class="bf-state">
              <Icon name={POWER_ICON[powerOf(machine, props.view)]} />
              {powerWord(powerOf(machine, props.view), words)}
            </span>
          )}
        </button>
      ))}
      {screens.map(screen => (
        <button
          key={tabOf(screen)}
          type="button"
          role="tab"
          id={`${id}-tab-${tabOf(screen)}`}
          class="bf-screen-tab"
          aria-controls={`${id}-${tabOf(screen)}`}
          aria-selected={tabOf(screen) === current}
          tabIndex={tabOf(screen) === current ? 0 : -1}
          onClick={() => choose(tabOf(screen))}
        >
          <Icon name={SCREEN_ICON[screen.kind]} />
          {words.of(screen.title)}
        </button>
      ))}
    </div>
  );
}
