// The shape of a page that is on its way.

import type { ComponentChild } from 'preact';

export function Skeleton({ blocks = 2 }: { blocks?: number }): ComponentChild {
  return (
    <div class="bf-skeleton" aria-busy="true">
      <i class="bf-wide" />
      <i />
      {Array.from({ length: blocks }, (_, at) => (
        <i key={at} class="bf-block" />
      ))}
    </div>
  );
}
