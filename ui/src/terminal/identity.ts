// Which shell a terminal of this page belongs to: kept for a reload, never shared by two views.

const inUse = new Set<string>();

function fresh(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
}

function key(slug: string, machine: string): string {
  return `breakfix:terminal:${slug}:${machine}`;
}

/** The id under which a terminal opens: that of before the reload, unless another view has it. */
export function take(slug: string, machine: string): string {
  const kept = sessionStorage.getItem(key(slug, machine));
  const id = kept !== null && !inUse.has(kept) ? kept : fresh();
  if (kept === null) {
    sessionStorage.setItem(key(slug, machine), id);
  }
  inUse.add(id);
  return id;
}

/** The terminal is gone from the page; its shell may be found again. */
export function release(id: string): void {
  inUse.delete(id);
}

/** The shell itself has ended: the next terminal gets a new one. */
export function forget(slug: string, machine: string, id: string): void {
  release(id);
  if (sessionStorage.getItem(key(slug, machine)) === id) {
    sessionStorage.removeItem(key(slug, machine));
  }
}
