// Recording what comes on the screens of terminals: told first, and switched by the learner.

import type { ComponentChild } from 'preact';
import { useId } from '../core/id';
import { Button } from '../core/controls';
import { Icon } from '../core/icons';
import type { View } from '../core/protocol';
import type { Words } from '../core/words';
import type { Store } from './store';

interface Props {
  store: Store;
  words: Words;
  off: string | undefined;
}

/** Whether the learner must still be told that terminals are recorded. */
export function unannounced(view: View): boolean {
  return Boolean(view.policy?.record_terminals) && view.recording == null;
}

/** What is told before the first terminal; nothing is recorded until then. */
export function Announcement({ store, words, off }: Props): ComponentChild {
  const id = useId();
  return (
    <section class="bf-announcement" aria-labelledby={id}>
      <h3 id={id}>
        <Icon name="record" />
        {words.say('panel.recording-announce-title')}
      </h3>
      <p>{words.say('panel.recording-announce')}</p>
      <p>{words.say('panel.recording-announce-typed')}</p>
      <p>{words.say('panel.recording-announce-review')}</p>
      <div class="bf-row">
        <Button kind="primary" off={off} onPress={() => store.do({ do: 'record', on: true })}>
          {words.say('panel.recording-accept')}
        </Button>
        <Button off={off} onPress={() => store.do({ do: 'record', on: false })}>
          {words.say('panel.recording-refuse')}
        </Button>
      </div>
    </section>
  );
}

/** Beside the terminals: whether they are recorded, and the one switch. Who practises and never
 * asked for it does not see it here. */
export function RecordingSwitch(props: Props & { view: View; always?: boolean }): ComponentChild {
  const { store, view, words, off, always } = props;
  const on = Boolean(view.recording);
  if (!always && !on && !view.policy?.record_terminals) {
    return null;
  }
  return (
    <div class={`bf-recording ${on ? 'bf-on' : ''}`}>
      <span>
        <Icon name={on ? 'record' : 'circle'} />
        {words.say(on ? 'panel.recording-on' : 'panel.recording-off')}
      </span>
      <Button off={off} onPress={() => store.do({ do: 'record', on: !on })}>
        {words.say(on ? 'panel.recording-stop' : 'panel.recording-start')}
      </Button>
    </div>
  );
}
