// What comes first on the page: the lab to go on with, with the others that were begun below it, or
// the one for whoever is new here.

import type { ComponentChild } from 'preact';
import { useId } from '../core/id';
import { Card, Cards, type CardsProps } from './Card';

export function Recent({ title, labs, ...props }: CardsProps & { title: string }): ComponentChild {
  const id = useId();
  const [last, ...others] = labs;
  return (
    <section class="bf-recent" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {last && <Card lab={last} {...props} primary />}
      {others.length > 0 && <Cards labs={others} {...props} />}
    </section>
  );
}
