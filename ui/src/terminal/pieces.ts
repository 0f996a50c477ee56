// What is typed goes to the server in pieces that fit into one of its messages.

/** UTF-16 units in a piece: with six bytes of JSON for each, as for Escape, still below 64 KiB. */
export const LONGEST = 8192;

/** `data` in pieces, never through the middle of a character. */
export function pieces(data: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < data.length; ) {
    const to = from + LONGEST - (splits(data, from + LONGEST) ? 1 : 0);
    found.push(data.slice(from, to));
    from = to;
  }
  return found;
}

/** Whether a cut at `at` would go through a surrogate pair. */
function splits(data: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(data.slice(at - 1, at + 1));
}
