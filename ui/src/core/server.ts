// Where our server part lives, and how to ask it things with Jupyter's own protection.

interface PageSettings {
  baseUrl?: string;
  token?: string;
}

function settings(): PageSettings {
  const element = document.getElementById('jupyter-config-data');
  try {
    return JSON.parse(element?.textContent ?? '{}') as PageSettings;
  } catch {
    return {};
  }
}

function cookie(name: string): string {
  const found = document.cookie.split('; ').find(part => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

function address(path: string): URL {
  return new URL(`breakfix/${path}`, new URL(settings().baseUrl ?? '/', location.href));
}

/** The address of a socket; the page's own cookie opens it, so no token stands in it. */
export function socketAddress(path: string): string {
  const url = address(path);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

/** The server part answered, and not with what was asked; `text` is its sentence about that. */
export class Refused extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly text = '',
  ) {
    super(`${what}: ${status}`);
  }
}

/** Ask our server part; throws Refused when it refuses, and something else when it does not answer.
 * What is asked `leaving` the page is sent although the page goes, and may measure 64 KiB. */
export async function ask<T>(method: string, path: string, body?: unknown, leaving = false): Promise<T> {
  return asked<T>(method, address(path), body, leaving);
}

/** What the server of this page itself says at an address that the page names. */
export async function pageAsk<T>(path: string): Promise<T> {
  return asked<T>('GET', new URL(path, location.href));
}

async function asked<T>(method: string, url: URL, body?: unknown, keepalive = false): Promise<T> {
  const headers: Record<string, string> = { 'X-XSRFToken': cookie('_xsrf') };
  const { token } = settings();
  if (token) {
    headers['Authorization'] = `token ${token}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(url, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    keepalive,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) {
    throw new Refused(`${method} ${url.pathname}`, answer.status, await sentence(answer));
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** The sentence in an answer of ours; nothing where it is somebody else's. */
async function sentence(answer: Response): Promise<string> {
  try {
    const { key, text } = (await answer.json()) as { key?: unknown; text?: unknown };
    return typeof key === 'string' && typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}
