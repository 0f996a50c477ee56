// One terminal's socket: bytes in with credits, typing out, and back to the same shell after a break.

import { socketAddress } from '../core/server';
import { onWake } from '../core/wake';
import { pieces } from './pieces';

const ACK_EVERY = 32 * 1024;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

export interface LinkListener {
  /** The shell answers; `again` when this terminal was already in use, `fresh` when it is a new one. */
  ready(again: boolean, fresh: boolean): void;
  /** Bytes to show; `done` when they were shown. */
  output(bytes: Uint8Array, done: () => void): void;
  lost(): void;
  ended(text: string, reason: string): void;
}

export class Link {
  private socket: WebSocket | null = null;
  private size = { cols: 80, rows: 24 };
  private wait = FIRST_WAIT;
  private timer = 0;
  private used = false;
  private over = false;
  private waiting = 0;
  private owed = 0;
  private readonly unwatch: () => void;

  constructor(
    private readonly path: string,
    private readonly listener: LinkListener,
  ) {
    this.unwatch = onWake(() => this.over || this.anew());
  }

  open(): void {
    this.waiting = this.owed = 0;
    const socket = new WebSocket(socketAddress(this.path));
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => this.tell({ t: 'size', ...this.size });
    socket.onmessage = event => this.read(socket, event.data as string | ArrayBuffer);
    socket.onclose = () => this.again();
  }

  type(data: string): void {
    for (const piece of pieces(data)) {
      this.tell({ t: 'in', d: piece });
    }
  }

  resize(cols: number, rows: number): void {
    this.size = { cols, rows };
    this.tell({ t: 'size', cols, rows });
  }

  close(): void {
    this.over = true;
    this.unwatch();
    this.drop();
  }

  /** Another socket in the place of one that may be dead. */
  private anew(): void {
    this.drop();
    this.listener.lost();
    this.open();
  }

  private drop(): void {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    if (socket) {
      socket.onclose = socket.onmessage = socket.onopen = null;
      socket.close();
    }
  }

  private again(): void {
    if (this.over) {
      return;
    }
    this.listener.lost();
    this.timer = window.setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private read(socket: WebSocket, data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      this.show(socket, new Uint8Array(data));
      return;
    }
    const message = JSON.parse(data) as { t: string; text?: string; reason?: string; fresh?: boolean };
    if (message.t === 'ready') {
      this.wait = FIRST_WAIT;
      this.listener.ready(this.used, message.fresh === true);
      this.used = true;
    } else if (message.t === 'end') {
      this.over = true;
      this.listener.ended(message.text ?? '', message.reason ?? '');
    }
  }

  private show(socket: WebSocket, bytes: Uint8Array): void {
    this.waiting += bytes.length;
    this.listener.output(bytes, () => {
      // What an earlier socket sent is not owed to this one.
      if (socket !== this.socket) {
        return;
      }
      this.waiting -= bytes.length;
      this.owed += bytes.length;
      if (this.owed >= ACK_EVERY || this.waiting === 0) {
        this.tell({ t: 'ack', n: this.owed });
        this.owed = 0;
      }
    });
  }

  private tell(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }
}
