// What is worth saying aloud when the state changes.

import type { AfterRestart, Cable, DeskState, Report, View } from '../core/protocol';
import type { Words } from '../core/words';
import { finishedBefore, holds } from './next';

/** The sentence about what changed, or null when nothing that matters did. */
export function news(before: DeskState, now: DeskState, words: Words): string | null {
  // A look after a restart brings a new report too; what lasts is what it is about.
  if (now.later && now.later.sha256 !== before.later?.sha256) {
    return lasting(now.later, words);
  }
  if (now.report && JSON.stringify(now.report) !== JSON.stringify(before.report)) {
    return words.say('panel.said-result', { text: verdict(now.report, words) });
  }
  if (now.handed && now.handed.sha256 !== before.handed?.sha256) {
    return words.say('panel.handed');
  }
  if (now.hints.length > before.hints.length) {
    const last = now.hints[now.hints.length - 1];
    return last ? words.say('panel.hint-heading', { number: last.number, of: last.of }) : null;
  }
  if (now.view && before.view && now.view.recording !== before.view.recording) {
    return words.say(now.view.recording ? 'panel.recording-on' : 'panel.recording-off');
  }
  if (now.view?.state !== before.view?.state) {
    const gone = finishedBefore(now) ? 'state.finished' : 'panel.not-started';
    return words.say(now.view ? `state.${now.view.state}` : gone);
  }
  return now.view && before.view ? about(before.view, now.view, words) : null;
}

/** A report in one sentence. */
export function verdict(report: Report, words: Words): string {
  if (report.lines.some(line => line.result === 'error')) {
    return words.say('panel.results-errors');
  }
  if (holds(report)) {
    return words.say(report.score ? 'panel.results-all' : 'panel.results-customer');
  }
  const good = report.lines.filter(line => line.result === 'pass').length;
  return words.say('panel.results-some', { good, all: report.lines.length });
}

/** What is left after a restart, in one sentence. */
export function lasting(later: AfterRestart, words: Words): string {
  if (holds(later.later)) {
    return words.say(later.later.score ? 'panel.later-holds' : 'panel.later-customer-holds');
  }
  return words.say(lostBy(later).size > 0 ? 'panel.later-lost' : 'panel.later-not');
}

/** The checks that hold now and not after a restart. */
export function lostBy(later: AfterRestart): Set<string> {
  const now = new Set(
    later.now.lines.filter(line => line.result === 'pass').map(line => line.check),
  );
  const gone = later.later.lines.filter(line => line.result !== 'pass' && now.has(line.check));
  return new Set(gone.map(line => line.check));
}

function about(before: View, now: View, words: Words): string | null {
  if (now.diagnosis && JSON.stringify(now.diagnosis) !== JSON.stringify(before.diagnosis)) {
    return words.say('panel.diagnosis-saved');
  }
  if (JSON.stringify(answers(now)) !== JSON.stringify(answers(before))) {
    return words.say('panel.answer-saved');
  }
  const known = new Map(cables(before).map(cable => [`${cable.machine}/${cable.nic}`, cable]));
  const moved = cables(now).find(
    cable => known.get(`${cable.machine}/${cable.nic}`)?.connected !== cable.connected,
  );
  if (!moved) {
    return null;
  }
  const name = now.machines.find(machine => machine.name === moved.machine)?.hostname ?? moved.machine;
  return words.say(moved.connected ? 'panel.plugged' : 'panel.unplugged', { name, nic: moved.nic });
}

function answers(view: View): string[] {
  return (view.questions ?? []).map(question => question.answer);
}

function cables(view: View): Cable[] {
  return view.machines.flatMap(machine => machine.cables);
}
