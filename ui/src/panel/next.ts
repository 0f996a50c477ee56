// The one step that comes next: what the primary button does, and the sentence beside it.

import type { DeskState, Report, View } from '../core/protocol';

export type Tab = 'ticket' | 'diagnosis' | 'hints' | 'results' | 'hand-in';

export type Act =
  | { kind: 'verb'; verb: 'start' | 'check' | 'after-restart' }
  | { kind: 'tab'; tab: Tab }
  | { kind: 'answer' }
  | { kind: 'hand-in'; sha256: string }
  | { kind: 'reset' | 'finish' };

export interface Step {
  /** Key of the button's words. */
  button: string;
  sentence: string;
  act: Act;
}

/** Whether everything that was looked at is in order. */
export function holds(report: Report): boolean {
  return report.lines.length > 0 && report.lines.every(line => line.result === 'pass');
}

/** Whether the work can be handed in to somebody. */
export function handsIn(view: View): boolean {
  return view.mode === 'evaluation' || Boolean(view.assignment);
}

function verb(button: string, sentence: string, name: 'start' | 'check' | 'after-restart'): Step {
  return { button: `panel.${button}`, sentence: `panel.${sentence}`, act: { kind: 'verb', verb: name } };
}

function tab(button: string, sentence: string, name: Tab): Step {
  return { button: `panel.${button}`, sentence: `panel.${sentence}`, act: { kind: 'tab', tab: name } };
}

/** What comes next in this state, with that paper in front. */
export function nextStep(state: DeskState, front: Tab): Step {
  const { view } = state;
  if (view === null) {
    return finishedBefore(state) ? afresh(state) : verb('start', 'next-start', 'start');
  }
  switch (view.state) {
    case 'starting':
      // The button stays while there is nothing but to wait: it may have the focus.
      return state.busy
        ? verb('start', 'next-starting', 'start')
        : verb('resume', 'next-start', 'start');
    case 'stopped':
      return verb('resume', 'next-resume', 'start');
    case 'running':
      return working(state, view, front);
  }
}

/** Whether the work in this panel was finished, and not begun again since. */
export function finishedBefore({ view, summary }: DeskState): boolean {
  return view === null && summary?.state === 'finished';
}

function afresh({ summary }: DeskState): Step {
  return summary?.assignment
    ? verb('start', 'next-attempt', 'start')
    : verb('again', 'next-finished', 'start');
}

/** Whether the learner has not said what it was, and is not busy saying so: who does not know may
 * go on. */
function unnamed({ diagnosis, form }: View, front: Tab): boolean {
  return form.places.length > 0 && (diagnosis === null || (diagnosis.cause === null && front !== 'diagnosis'));
}

function working(state: DeskState, view: View, front: Tab): Step {
  const { report, later, handed } = state;
  if (view.machines.some(machine => machine.power === 'paused')) {
    return verb('resume', 'next-paused', 'start');
  }
  if (!state.busy && view.machines.some(machine => machine.power === 'missing')) {
    return { button: 'panel.reset', sentence: 'panel.next-missing', act: { kind: 'reset' } };
  }
  if (report && !holds(report)) {
    return verb('check', 'next-fix', 'check');
  }
  // Whoever went on after handing in has something better to hand in.
  if (handed && later?.sha256 === handed.sha256) {
    return { button: 'panel.finish', sentence: 'panel.next-handed', act: { kind: 'finish' } };
  }
  if (later && !holds(later.later)) {
    return verb('after-restart', 'next-lost', 'after-restart');
  }
  if (later && unnamed(view, front)) {
    return tab('to-diagnosis', 'next-name-it', 'diagnosis');
  }
  if (later && handsIn(view)) {
    // Whoever has seen it should not have to look for the button below a long list.
    if (front === 'hand-in') {
      const act: Act = { kind: 'hand-in', sha256: later.sha256 };
      return { button: 'panel.hand-in', sentence: 'panel.next-hand-in', act };
    }
    return tab('to-hand-in', 'next-hand-in', 'hand-in');
  }
  if (later && view.questions?.some(question => question.answer === '')) {
    return { button: 'panel.to-answer', sentence: 'panel.next-answer', act: { kind: 'answer' } };
  }
  if (later) {
    return { button: 'panel.finish', sentence: 'panel.next-finish', act: { kind: 'finish' } };
  }
  if (report) {
    return verb('after-restart', 'next-after-restart', 'after-restart');
  }
  return view.diagnosis === null && view.form.places.length > 0
    ? tab('to-diagnosis', 'next-diagnosis', 'diagnosis')
    : verb('check', 'next-check', 'check');
}
