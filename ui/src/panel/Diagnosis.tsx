// Saying where it goes wrong, what it is and what proves it; and, afterwards, what would have ruled
// each cause out.

import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Icon } from '../core/icons';
import type { DeskState, Diagnosis as Named, Form, View } from '../core/protocol';
import type { Words } from '../core/words';
import { Proof, Radios } from './fields';
import { HandOver } from './HandOver';
import type { Store } from './store';

interface Props {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
}

export function Diagnosis(props: Props): ComponentChild {
  const { state, view, words } = props;
  const [changing, setChanging] = useState(false);
  const named = view.diagnosis;
  const kept = named !== null && !changing;
  const frame = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  const change = (to: boolean): void => {
    pressed.current = true;
    setChanging(to);
  };
  // The button that was pressed is gone: the focus goes on in what came in its place.
  useLayoutEffect(() => {
    if (pressed.current && document.activeElement === document.body) {
      frame.current?.querySelector<HTMLElement>('input:checked, button')?.focus();
    }
    pressed.current = false;
  }, [kept]);
  return (
    <>
      <div ref={frame}>
        {kept ? (
          <Mine named={named} form={view.form} words={words} onChange={() => change(true)} />
        ) : (
          <Naming {...props} onSend={() => (pressed.current = true)} onSaved={() => change(false)} />
        )}
      </div>
      {state.ruled_out && <RuledOut form={view.form} words={words} />}
      <HandOver {...props} />
    </>
  );
}

function Naming(props: Props & { onSend: () => void; onSaved: () => void }): ComponentChild {
  const { store, view, words, off, onSend, onSaved } = props;
  const [place, setPlace] = useState(view.diagnosis?.place ?? '');
  const [cause, setCause] = useState(view.diagnosis?.cause ?? '');
  const [proof, setProof] = useState(view.diagnosis?.proof ?? {});
  const causes = view.form.places.find(one => one.id === place)?.causes ?? [];
  const [sent, send] = useState('');
  const save = (): void => {
    const diagnosis = { place, cause: cause || null, proof };
    store.do({ do: 'diagnose', diagnosis });
    send(asText(diagnosis));
    onSend();
  };
  // What could not be saved stays here, to be saved again.
  useEffect(() => {
    if (sent && view.diagnosis && asText(view.diagnosis) === sent) {
      onSaved();
    }
  }, [sent, view.diagnosis]);
  return (
    <form class="bf-form bf-naming" onSubmit={event => event.preventDefault()}>
      <p>{words.say('panel.diagnosis-why')}</p>
      <Radios
        legend={words.say('panel.where')}
        choices={view.form.places}
        value={place}
        onChange={id => {
          setPlace(id);
          setCause('');
        }}
        words={words}
      />
      {place && (
        <Radios
          legend={words.say('panel.what')}
          choices={causes}
          value={cause}
          onChange={setCause}
          words={words}
          none={words.say('panel.what-unknown')}
        />
      )}
      {place && <Proof tests={view.form.tests} seen={proof} onChange={setProof} words={words} />}
      <Button
        icon="flag"
        kind="plain"
        off={place ? off : words.say('panel.choose-where')}
        onPress={save}
      >
        {words.say('panel.diagnosis-save')}
      </Button>
    </form>
  );
}

/** A diagnosis in an order of its own, to be compared. */
function asText({ place, cause, proof }: Named): string {
  return JSON.stringify([place, cause, Object.entries(proof).sort()]);
}

function Mine(props: { named: Named; form: Form; words: Words; onChange: () => void }): ComponentChild {
  const { named, form, words, onChange } = props;
  const place = form.places.find(one => one.id === named.place);
  const cause = place?.causes.find(one => one.id === named.cause);
  return (
    <section class="bf-mine" aria-label={words.say('panel.diagnosis-mine')}>
      <h3>
        <Icon name="flag" />
        {words.say('panel.diagnosis-mine')}
      </h3>
      <dl>
        <dt>{words.say('panel.where')}</dt>
        <dd>{place ? words.of(place.label) : named.place}</dd>
        <dt>{words.say('panel.what')}</dt>
        <dd>{cause ? words.of(cause.label) : words.say('panel.what-unknown')}</dd>
        {form.tests
          .filter(test => named.proof[test.id] !== undefined)
          .map(test => [
            <dt key={`t-${test.id}`}>{words.of(test.label)}</dt>,
            <dd key={`r-${test.id}`}>
              {test.results
                .filter(result => result.id === named.proof[test.id])
                .map(result => words.of(result.label))}
            </dd>,
          ])}
      </dl>
      <Button kind="plain" onPress={onChange}>
        {words.say('panel.diagnosis-change')}
      </Button>
    </section>
  );
}

function RuledOut({ form, words }: { form: Form; words: Words }): ComponentChild {
  return (
    <details class="bf-ruled" open>
      <summary>{words.say('panel.ruled-out')}</summary>
      <Note tone="info">{words.say('panel.ruled-out-why')}</Note>
      {form.places.map(place => (
        <section key={place.id} aria-label={words.of(place.label)}>
          <h4>{words.of(place.label)}</h4>
          <dl>
            {place.causes.map(cause => [
              <dt key={`c-${cause.id}`}>{words.of(cause.label)}</dt>,
              <dd key={`r-${cause.id}`}>{words.of(cause.ruled_out_by)}</dd>,
            ])}
          </dl>
        </section>
      ))}
    </details>
  );
}
