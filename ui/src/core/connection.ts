// A panel's socket: the whole state comes in, verbs go out, and it comes back by itself.

import type { Busy, DeskState, Failure, FromServer, Look, Verb } from './protocol';
import { socketAddress } from './server';
import { onWake } from './wake';
import { whyNoSocket, type Why } from './why';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

export interface Listener {
  state(state: DeskState): void;
  progress(busy: Busy): void;
  failed(failure: Failure): void;
  /** What a screen shows, or why it could not be looked at. */
  looked(screen: string, look: Look | null, reason: string): void;
  /** The line is up, or down with the seconds until the next try. */
  line(up: boolean, seconds: number): void;
  /** Why it stays down. */
  why(why: Why): void;
}

export class Connection {
  private socket: WebSocket | null = null;
  private wait = FIRST_WAIT;
  private timer = 0;
  private next = 1;
  private closed = false;
  private tries = 0;
  private readonly unwatch: () => void;

  constructor(
    private readonly path: string,
    private readonly listener: Listener,
  ) {
    this.open();
    window.addEventListener('online', this.online);
    this.unwatch = onWake(() => this.open());
  }

  /** Ask for a verb; false when the line is down, so nothing was asked. */
  send(verb: Verb): boolean {
    return this.say(verb);
  }

  /** Ask what a screen shows; false when the line is down. */
  lookAt(screen: string): boolean {
    return this.say({ look_at: screen });
  }

  /** Try now instead of at the next turn; over a line that is up, ask anew how it is. */
  readonly retry = (): void => {
    if (!this.closed) {
      this.open();
    }
  };

  private readonly online = (): void => {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      this.retry();
    }
  };

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    window.removeEventListener('online', this.online);
    this.unwatch();
    this.drop();
  }

  private say(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.socket.send(JSON.stringify({ id: this.next++, ...message }));
    return true;
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onclose = socket.onmessage = socket.onopen = null;
      socket.close();
    }
  }

  private open(): void {
    clearTimeout(this.timer);
    this.drop();
    const socket = new WebSocket(socketAddress(this.path));
    this.socket = socket;
    socket.onmessage = event => this.read(event.data);
    socket.onclose = () => {
      this.tries += 1;
      this.listener.line(false, Math.ceil(this.wait / 1000));
      if (this.tries > 1) {
        void whyNoSocket().then(why => this.tries > 1 && this.listener.why(why));
      }
      this.timer = window.setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
  }

  private read(data: unknown): void {
    if (typeof data !== 'string') {
      return;
    }
    const message = JSON.parse(data) as FromServer;
    if (message.kind === 'state') {
      this.wait = FIRST_WAIT;
      this.tries = 0;
      this.listener.line(true, 0);
      this.listener.state(message);
    } else if (message.kind === 'progress') {
      this.listener.progress(message);
    } else if (message.kind === 'failed') {
      this.listener.failed(message);
    } else if (message.kind === 'look') {
      this.listener.looked(message.look.screen, message.look, '');
    } else if (message.kind === 'unseen') {
      this.listener.looked(message.screen, null, message.text);
    }
  }
}
