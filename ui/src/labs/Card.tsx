// Labs as cards: what each is, how it stands, and the one thing to do with it.

import type { ComponentChild } from 'preact';
import { Button, Chip } from '../core/controls';
import type { IconName } from '../core/icons';
import { useId } from '../core/id';
import type { State, Summary } from '../core/protocol';
import type { Words } from '../core/words';
import { begun } from './catalogue';

export interface CardsProps {
  labs: Summary[];
  words: Words;
  opening: string | null;
  onOpen: (slug: string) => void;
}

export function Cards({ labs, ...props }: CardsProps): ComponentChild {
  return (
    <ul class="bf-cards">
      {labs.map(lab => (
        <li key={lab.slug}>
          <Card lab={lab} {...props} />
        </li>
      ))}
    </ul>
  );
}

const ICON: Record<State, IconName> = { starting: 'busy', running: 'play', stopped: 'pause', finished: 'tick' };

/** One lab; a `primary` one is the next thing to do here. */
export function Card(
  props: Omit<CardsProps, 'labs'> & { lab: Summary; primary?: boolean },
): ComponentChild {
  const { lab, words, opening, onOpen, primary } = props;
  const id = useId();
  const { state } = lab;
  const button = begun(state) ? 'labs.continue' : 'labs.open';
  return (
    <article class="bf-card" aria-labelledby={id}>
      <h3 id={id}>{words.of(lab.title)}</h3>
      <p>{words.of(lab.summary)}</p>
      <div class="bf-facts">
        <Chip icon={state ? ICON[state] : 'circle'} tone={state === 'finished' ? 'pass' : ''}>
          {words.say(state ? `state.${state}` : 'labs.not-started')}
        </Chip>
        <Chip icon="list">{words.say(`level.${lab.level}`)}</Chip>
        <Chip icon="clock">{words.say('labs.minutes', { minutes: lab.minutes })}</Chip>
        {begun(state) && lab.used > 0 && (
          <Chip icon="again">{words.say('labs.used', { moment: words.moment(lab.used) })}</Chip>
        )}
        {!lab.proven && <Chip icon="warn">{words.say('labs.not-proven')}</Chip>}
      </div>
      <Button
        kind={primary ? 'primary' : 'plain'}
        icon={begun(state) ? 'play' : 'tab'}
        label={`${words.say(button)}: ${words.of(lab.title)}`}
        off={opening === lab.slug ? words.say('labs.opening') : undefined}
        onPress={() => onOpen(lab.slug)}
      >
        {words.say(opening === lab.slug ? 'labs.opening' : button)}
      </Button>
    </article>
  );
}
