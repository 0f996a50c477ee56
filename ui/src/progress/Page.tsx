// My progress: the competences of the profile, and on which occasions they were shown.

import type { ComponentChild } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Icon } from '../core/icons';
import { print } from '../core/print';
import { onSight } from '../core/sight';
import { Skeleton } from '../core/Skeleton';
import { Unreachable } from '../core/Unreachable';
import { whyRefused } from '../core/why';
import type { Catalogue } from '../labs/catalogue';
import {
  competencesOf,
  loadProgress,
  shownOf,
  times,
  type Activity,
  type Module,
  type Progress,
} from './progress';

/** The page; it speaks the language of `catalogue`, and is asked anew when that changes, and when
 * somebody comes back to it. */
export function Page({ catalogue }: { catalogue: Catalogue }): ComponentChild {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<{ why: string | null } | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const load = useCallback(() => {
    loadProgress().then(setProgress, error => setFailure({ why: whyRefused(error) }));
  }, []);
  useEffect(() => (frame.current ? onSight(frame.current, load) : undefined), []);
  useEffect(() => {
    load();
    return catalogue.subscribe(() => {
      const { offer } = catalogue.snapshot;
      setProgress(before => {
        if (before && offer && offer.words.language !== before.words.language) {
          load();
        }
        return before;
      });
    });
  }, [catalogue]);
  const without = failure ? <Unreachable text={failure.why} onAgain={load} /> : <Skeleton />;
  return <div ref={frame}>{progress ? <Whole progress={progress} /> : without}</div>;
}

function Whole({ progress }: { progress: Progress }): ComponentChild {
  const { words, modules } = progress;
  const place = useRef<HTMLElement>(null);
  const every = modules.flatMap(competencesOf);
  const shown = shownOf(progress, every).length;
  return (
    <section ref={place} class="bf-progress-page" lang={words.language} aria-label={words.say('progress-page.title')}>
      <div class="bf-row">
        <h1>{words.say('progress-page.title')}</h1>
        <Button icon="print" onPress={() => place.current && print(place.current)}>
          {words.say('progress-page.print')}
        </Button>
      </div>
      <p class="bf-lead">{words.say('progress-page.why')}</p>
      {shown === 0 ? (
        <Note tone="info">{words.say('progress-page.none')}</Note>
      ) : (
        <p class="bf-total">{words.say('progress-page.shown', { shown, all: every.length })}</p>
      )}
      {modules.map((module, at) => (
        <OneModule key={module.id} progress={progress} module={module} title={progress.titles[at]} />
      ))}
      {shown > 0 && <Occasions progress={progress} />}
    </section>
  );
}

function OneModule(props: {
  progress: Progress;
  module: Module;
  title: Progress['titles'][number] | undefined;
}): ComponentChild {
  const { progress, module, title } = props;
  const { words } = progress;
  const every = competencesOf(module);
  const shown = shownOf(progress, every).length;
  return (
    <details class="bf-subject" open={shown > 0}>
      <summary>
        <h2>
          {module.id} {title && words.of(title)}
        </h2>
        <span class="bf-small">{words.say('progress-page.of', { shown, all: every.length })}</span>
      </summary>
      {module.activities.map(activity => (
        <OneActivity key={activity.id} progress={progress} activity={activity} />
      ))}
    </details>
  );
}

function OneActivity({ progress, activity }: { progress: Progress; activity: Activity }): ComponentChild {
  const { words } = progress;
  return (
    <section aria-label={words.of(activity.title)}>
      <h3>{words.of(activity.title)}</h3>
      <ul>
        {activity.competences.map(one => {
          const practice = times(progress, one.id, 'practice');
          const evaluation = times(progress, one.id, 'evaluation');
          const seen = practice + evaluation > 0;
          return (
            <li key={one.id} class={seen ? 'bf-seen' : 'bf-unseen'}>
              <Icon name={seen ? 'tick' : 'circle'} />
              <span class="bf-number">{one.id}</span>
              <span>{words.of(one.text)}</span>
              <span class="bf-times">
                {practice > 0 && words.say('progress-page.times-practice', { count: practice })}
                {practice > 0 && evaluation > 0 && ' · '}
                {evaluation > 0 && words.say('progress-page.times-evaluation', { count: evaluation })}
                {!seen && words.say('progress-page.not-yet')}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Occasions({ progress }: { progress: Progress }): ComponentChild {
  const { words, occasions } = progress;
  return (
    <section>
      <h2>{words.say('progress-page.occasions')}</h2>
      <ul class="bf-occasions">
        {[...occasions].reverse().map(one => (
          <li key={`${one.lab} ${one.when}`}>
            <span>{words.moment(one.when)}</span>
            <b>{words.of(one.title)}</b>
            <span>{words.say(one.mode === 'practice' ? 'progress-page.practice' : 'progress-page.evaluation')}</span>
            <span class="bf-small">{one.competences.join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
