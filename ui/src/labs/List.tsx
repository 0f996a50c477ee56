// The labs to choose from: where you were, then module by module; with a field to search.

import type { ComponentChild } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button, Note } from '../core/controls';
import { Sentence } from '../core/inline';
import type { Summary } from '../core/protocol';
import { Skeleton } from '../core/Skeleton';
import { Unreachable } from '../core/Unreachable';
import { whyRefused } from '../core/why';
import { Cards } from './Card';
import { firstSteps, inProgress, matching, type Catalogue, type Module, type Offer } from './catalogue';
import { EngineNote } from './EngineNote';
import { Pages, type OtherPage } from './Pages';
import { Recent } from './Recent';
import { Search, Welcome } from './Welcome';

interface Props {
  catalogue: Catalogue;
  /** Show the notebook at this path. */
  onOpen: (path: string) => void;
  /** The landing page has a welcome and larger cards; the side panel only the list. */
  wide: boolean;
  pages: OtherPage[];
}

export function Labs(props: Props): ComponentChild {
  const { catalogue } = props;
  const [, turn] = useState(0);
  useEffect(() => {
    const stop = catalogue.subscribe(() => turn(count => count + 1));
    void catalogue.refresh();
    return stop;
  }, [catalogue]);
  const again = useCallback(() => void catalogue.refresh(), [catalogue]);
  const { offer, failed, why } = catalogue.snapshot;
  if (offer) {
    return <Offered {...props} offer={offer} />;
  }
  return failed ? <Unreachable text={why} onAgain={again} /> : <Skeleton blocks={3} />;
}

function Offered(props: Props & { offer: Offer }): ComponentChild {
  const { catalogue, onOpen, wide, offer } = props;
  const { failed, why } = catalogue.snapshot;
  const { words, labs, modules } = offer;
  const [text, setText] = useState('');
  const [opening, setOpening] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const place = useRef<HTMLElement>(null);
  const found = matching(labs, modules, text);
  const open = (slug: string): void => {
    setOpening(slug);
    setProblem(null);
    catalogue
      .open(slug)
      .then(onOpen, error => setProblem(whyRefused(error, words) ?? words.say('labs.not-opened')))
      .finally(() => setOpening(null));
  };
  const again = (): void => {
    setProblem(null);
    void catalogue.refresh();
  };
  const shared = { words, opening, onOpen: open };
  // Who searches wants what was found, and nothing before it.
  const recent = text ? [] : inProgress(labs);
  const first = text || recent.length > 0 ? null : firstSteps(labs);
  return (
    <section
      ref={place}
      class={wide ? 'bf-labs bf-home' : 'bf-labs'}
      lang={words.language}
      aria-label={words.say('labs.label')}
      tabIndex={-1}
    >
      {wide && <Welcome words={words} catalogue={catalogue} />}
      {props.pages.length > 0 && <Pages pages={props.pages} words={words} />}
      {(failed || problem !== null) && (
        <div class="bf-row" role="status">
          <Note tone="bad">
            <Sentence text={problem ?? why ?? words.say('labs.failed')} />
          </Note>
          <Button icon="again" onPress={again}>
            {words.say('labs.retry')}
          </Button>
        </div>
      )}
      <EngineNote catalogue={catalogue} words={words} onOver={() => place.current?.focus()} />
      {recent.length > 0 && <Recent title={words.say('labs.go-on')} labs={recent} {...shared} />}
      {first && <Recent title={words.say('labs.new-here')} labs={[first]} {...shared} />}
      {labs.length > 0 ? (
        <Search text={text} onText={setText} count={found.length} words={words} />
      ) : (
        <Note tone="info">{words.say('labs.empty')}</Note>
      )}
      {byModule(found.filter(lab => lab !== first), modules).map(([module, inside]) => (
        <section key={module.id} class="bf-module" aria-label={words.of(module)}>
          <h2>{words.of(module)}</h2>
          <Cards labs={inside} {...shared} />
        </section>
      ))}
      {labs.length > 0 && found.length === 0 && (
        <div class="bf-empty">
          <Note tone="info">{words.say('labs.none-found', { text })}</Note>
          <Button onPress={() => setText('')}>{words.say('labs.clear')}</Button>
        </div>
      )}
    </section>
  );
}

function byModule(labs: Summary[], modules: Module[]): [Module, Summary[]][] {
  const known = modules.map(module => module.id);
  const others = [...new Set(labs.map(lab => lab.module))]
    .filter(id => !known.includes(id))
    .map(id => ({ id, nl: id, en: id }));
  return [...modules, ...others]
    .map((module): [Module, Summary[]] => [module, labs.filter(lab => lab.module === module.id)])
    .filter(([, inside]) => inside.length > 0);
}
