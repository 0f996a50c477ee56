// The fields of the diagnosis and of the handover.

import type { ComponentChild } from 'preact';
import { useId } from '../core/id';
import type { Choice, RoutineTest } from '../core/protocol';
import type { Words } from '../core/words';

/** One of several, all of them in sight. */
export function Radios(props: {
  legend: string;
  choices: Choice[];
  value: string;
  onChange: (id: string) => void;
  words: Words;
  /** The words of one more choice: none of these. */
  none?: string;
  note?: string;
}): ComponentChild {
  const { legend, choices, value, onChange, words, none, note } = props;
  const name = useId();
  const all = [
    ...choices.map(choice => ({ id: choice.id, label: words.of(choice.label) })),
    ...(none === undefined ? [] : [{ id: '', label: none }]),
  ];
  return (
    <fieldset class="bf-radios">
      <legend>{legend}</legend>
      {note !== undefined && <p class="bf-small">{note}</p>}
      {all.map(choice => (
        <label key={choice.id}>
          <input
            type="radio"
            name={name}
            checked={choice.id === value}
            onChange={() => onChange(choice.id)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What the learner saw of each routine test; only what was truly tested is filled in. */
export function Proof(props: {
  tests: RoutineTest[];
  seen: Record<string, string>;
  onChange: (seen: Record<string, string>) => void;
  words: Words;
}): ComponentChild {
  const { tests, seen, onChange, words } = props;
  const id = useId();
  if (tests.length === 0) {
    return null;
  }
  const change = (test: string, result: string): void => {
    const { [test]: _, ...rest } = seen;
    onChange(result ? { ...rest, [test]: result } : rest);
  };
  return (
    <fieldset class="bf-proof">
      <legend>{words.say('panel.proof')}</legend>
      <p class="bf-small">{words.say('panel.proof-why')}</p>
      {tests.map(test => (
        <div key={test.id} class="bf-test">
          <label for={`${id}-${test.id}`}>{words.of(test.label)}</label>
          <select
            id={`${id}-${test.id}`}
            value={seen[test.id] ?? ''}
            onChange={event => change(test.id, event.currentTarget.value)}
          >
            <option value="">{words.say('panel.proof-none')}</option>
            {test.results.map(result => (
              <option key={result.id} value={result.id}>
                {words.of(result.label)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  );
}
