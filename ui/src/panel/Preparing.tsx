// What is being prepared while machines are made: each step, how far it is, and how long it takes.

import type { ComponentChild } from 'preact';
import { Icon, type IconName } from '../core/icons';
import type { Busy, Summary } from '../core/protocol';
import type { Words } from '../core/words';

/** The steps of making machines, in order; keys of `[progress]`. */
const STEPS = ['create', 'boot', 'snapshot', 'tidy'];

/** Whether that is what `busy` is doing, for a learner who waits for a lab to begin. */
export function starts(busy: Busy): boolean {
  return busy.verb === 'start' && STEPS.includes(busy.step) && busy.total === STEPS.length;
}

export function Preparing(props: { busy: Busy; words: Words; summary: Summary }): ComponentChild {
  const { busy, words, summary } = props;
  const seconds = Math.ceil(summary.start_seconds);
  return (
    <div class="bf-preparing">
      <ol>
        {STEPS.map((step, place) => (
          <Step key={step} step={step} state={stateOf(place, busy)} words={words} />
        ))}
      </ol>
      <p>
        {seconds > 0 ? words.say('panel.took', { seconds }) : words.say('panel.takes')}{' '}
        {words.say('panel.read-meanwhile')}
      </p>
    </div>
  );
}

type Stage = 'done' | 'now' | 'to-come';

function stateOf(place: number, busy: Busy): Stage {
  return place < busy.done ? 'done' : place === busy.done ? 'now' : 'to-come';
}

const ICON: Record<Stage, IconName> = { done: 'tick', now: 'busy', 'to-come': 'circle' };

function Step({ step, state, words }: { step: string; state: Stage; words: Words }): ComponentChild {
  return (
    <li class={`bf-step-${state}`} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
      <Icon name={ICON[state]} />
      <span>{words.say(`progress.${step}`)}</span>
      <span class="bf-aloud">{words.say(`panel.step-${state}`)}</span>
    </li>
  );
}
