// What lasts after a restart; that is what a teacher will see, and what is handed in.

import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import type { AfterRestart, DeskState, HandedIn, View } from '../core/protocol';
import type { Words } from '../core/words';
import { lasting, lostBy } from './news';
import { handsIn, holds } from './next';
import { Recordings } from './Recordings';
import { Lines, Points } from './Results';
import type { Store } from './store';

interface Props {
  store: Store;
  state: DeskState;
  view: View;
  words: Words;
  off: string | undefined;
}

export function HandIn(props: Props): ComponentChild {
  const { store, state, words, off } = props;
  const { later, handed } = state;
  const top = useRef<HTMLDivElement>(null);
  const known = useRef(handed?.sha256);
  useEffect(() => {
    // The button was pressed below a long list; what came of it stands above.
    if (handed?.sha256 !== known.current) {
      known.current = handed?.sha256;
      top.current?.closest('.bf-paper')?.scrollTo(0, 0);
    }
  }, [handed?.sha256]);
  return (
    <>
      <div ref={top} />
      {handed && <Handed handed={handed} {...props} />}
      <p>{words.say('panel.later-why')}</p>
      {later && <Later later={later} {...props} />}
      <Recordings {...props} />
      <div class="bf-row">
        {later && later.sha256 !== handed?.sha256 && (
          <Button
            icon="send"
            off={off}
            onPress={() => store.do({ do: 'hand-in', sha256: later.sha256 })}
          >
            {words.say('panel.hand-in')}
          </Button>
        )}
        <Button icon="again" off={off} onPress={() => store.do({ do: 'after-restart' })}>
          {words.say('panel.after-restart')}
        </Button>
      </div>
    </>
  );
}

function Later({ later, view, words }: Props & { later: AfterRestart }): ComponentChild {
  const good = holds(later.later);
  // In an evaluation only what the customer would notice is shown, and a teacher sees more.
  const seen = later.later.score === null ? 'customer' : handsIn(view) ? 'teacher' : 'list';
  const title = words.say(`panel.later-${seen}`);
  return (
    <section class="bf-later" aria-label={title}>
      <Note tone={good ? 'good' : 'warn'}>
        <strong>{lasting(later, words)}</strong>
        <Points report={later.later} view={view} words={words} />
      </Note>
      <h3>{title}</h3>
      <Lines lines={later.later.lines} words={words} lost={lostBy(later)} />
      {later.findings.length > 0 && (
        <>
          <h3>{words.say('panel.findings')}</h3>
          <ul class="bf-findings">
            {later.findings.map(finding => (
              <li key={`${finding.machine}:${finding.path}:${finding.concern}`}>
                <code>
                  {finding.machine}: {finding.path}
                </code>
                <span>{words.say(`concern.${finding.concern}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {later.unheld.length > 0 && (
        <>
          <h3>{words.say('panel.unheld')}</h3>
          <ul class="bf-findings">
            {later.unheld.map(path => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Handed({ handed, state, view, words }: Props & { handed: HandedIn }): ComponentChild {
  return (
    <Note tone="good" icon="send">
      <strong>{words.say('panel.handed')}</strong>
      <div>
        {words.say('panel.handed-text', {
          moment: words.moment(handed.captured),
          size: words.size(handed.size),
          code: handed.sha256.slice(0, 8),
        })}
      </div>
      {state.handed_file && <code>{state.handed_file}</code>}
      {handsIn(view) && <div>{words.say('panel.handed-next')}</div>}
    </Note>
  );
}
