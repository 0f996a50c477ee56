// The marks inside a line of Markdown, to elements; what is no mark stays text.

import type { ComponentChild } from 'preact';

const MARK =
  /(`+)(?<code>[^\n]*?[^`])\1(?!`)|\*\*(?<bold>[^\n]+?)\*\*|(?<![\w*])\*(?<em>[^\s*][^*\n]*?)\*(?![\w*])|\[(?<text>[^\]\n]+)\]\((?<link>[^)\s]+)\)|(?<hard>\\\n| {2,}\n)|\\(?<escaped>[\\`*_{}[\]()#+.!|~<>-])/g;

/** The elements of one piece of text. */
export function inline(text: string): ComponentChild[] {
  const found: ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    found.push(text.slice(from, match.index), element(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  found.push(text.slice(from));
  return found.filter(part => part !== '');
}

/** A sentence of the server: only code is marked in it, for what fills its places may be anything. */
export function Sentence({ text }: { text: string }): ComponentChild {
  const parts = text.split(/(`[^`\n]+`)/);
  return <span>{parts.map((part, at) => (at % 2 ? <code key={at}>{part.slice(1, -1)}</code> : part))}</span>;
}

/** The same for whoever hears it. */
export function aloud(text: string): string {
  return text.replace(/`([^`\n]+)`/g, '$1');
}

function element(groups: Record<string, string | undefined>): ComponentChild {
  if (groups['code'] !== undefined) {
    return <code>{groups['code']}</code>;
  }
  if (groups['bold'] !== undefined) {
    return <strong>{inline(groups['bold'])}</strong>;
  }
  if (groups['em'] !== undefined) {
    return <em>{inline(groups['em'])}</em>;
  }
  if (groups['text'] !== undefined) {
    return link(groups['text'], groups['link'] ?? '');
  }
  return groups['hard'] === undefined ? groups['escaped'] : <br />;
}

/** Only web addresses become links; they open beside the desk and learn nothing of it. */
function link(text: string, target: string): ComponentChild {
  if (!/^https?:\/\//.test(target)) {
    return text;
  }
  return (
    <a href={target} target="_blank" rel="noopener noreferrer">
      {inline(text)}
    </a>
  );
}
