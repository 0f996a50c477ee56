// What a check saw: one plain sentence a line, with a sign and a word.

import type { ComponentChild } from 'preact';
import { Button, Chip, Note } from '../core/controls';
import type { IconName } from '../core/icons';
import type { DeskState, Line, Report, Result, View } from '../core/protocol';
import type { Words } from '../core/words';
import { verdict } from './news';
import { holds, nextStep } from './next';
import type { Store } from './store';

const ICON: Record<Result, IconName> = { pass: 'tick', fail: 'cross', error: 'question' };

export function Results(props: {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
}): ComponentChild {
  const { store, state, view, words, off } = props;
  const { report } = state;
  const { act } = nextStep(state, 'results');
  const isNext = act.kind === 'verb' && act.verb === 'check';
  return (
    <>
      {report ? (
        <>
          <Note tone={holds(report) ? 'good' : 'warn'} icon={holds(report) ? 'tick' : 'info'}>
            <strong>{verdict(report, words)}</strong>
            <Points report={report} view={view} words={words} />
          </Note>
          <Lines lines={report.lines} words={words} />
        </>
      ) : (
        <div class="bf-empty">
          <Note tone="info">{words.say('panel.results-none')}</Note>
        </div>
      )}
      {!isNext && (
        <Button icon="search" off={off} onPress={() => store.do({ do: 'check' })}>
          {words.say('panel.check')}
        </Button>
      )}
    </>
  );
}

export function Points(props: { report: Report; view: View; words: Words }): ComponentChild {
  const { report, view, words } = props;
  const { score } = report;
  if (!score) {
    return <div class="bf-small">{words.say('panel.points-later')}</div>;
  }
  const key = view.mode === 'practice' ? 'panel.points-practice' : 'panel.points';
  return <div class="bf-small">{words.say(key, { points: score.repair, of: score.repair_of })}</div>;
}

/** The lines of a report; `lost` are the checks that hold now and not after a restart. */
export function Lines(props: { lines: Line[]; words: Words; lost?: Set<string> }): ComponentChild {
  const { lines, words, lost } = props;
  return (
    <ul class="bf-results">
      {lines.map(line => (
        <li key={line.check} class={`bf-result-${line.result}`}>
          <Chip icon={ICON[line.result]} tone={line.result}>
            {words.say(`result.${line.result}`)}
          </Chip>
          <div>
            {words.of(line.text)}
            {lost?.has(line.check) && <div class="bf-lost">{words.say('panel.only-now')}</div>}
          </div>
        </li>
      ))}
    </ul>
  );
}
