// The Markdown that labs use, to elements and never to HTML text: headings, paragraphs, lists,
// tables, quotes and code. Anything else is shown as it was written.

import { Fragment, type ComponentChild } from 'preact';
import { inline } from './inline';

const FENCE = /^(`{3,}|~{3,})/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const QUOTE = /^>\s?/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})$/;
const TABLE_LINE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** `text` as elements; its first heading becomes a heading of level `top`. */
export function Markdown({ text, top = 3 }: { text: string; top?: number }): ComponentChild {
  return <div class="bf-md">{new Reader(text.replace(/\r\n?/g, '\n').split('\n'), top).blocks()}</div>;
}

class Reader {
  private at = 0;
  private highest = 0;

  constructor(
    private readonly lines: string[],
    private readonly top: number,
  ) {}

  blocks(): ComponentChild[] {
    const found: ComponentChild[] = [];
    while (this.at < this.lines.length) {
      if (this.line.trim() === '') {
        this.at++;
      } else {
        found.push(<Fragment key={this.at}>{this.block()}</Fragment>);
      }
    }
    return found;
  }

  private get line(): string {
    return this.lines[this.at] ?? '';
  }

  private block(): ComponentChild {
    const line = this.line;
    if (FENCE.test(line)) {
      return this.code();
    }
    if (HEADING.test(line)) {
      return this.heading();
    }
    if (RULE.test(line.trim())) {
      this.at++;
      return <hr />;
    }
    if (QUOTE.test(line)) {
      return this.quote();
    }
    if (ITEM.test(line)) {
      return this.list();
    }
    if (line.includes('|') && TABLE_LINE.test(this.lines[this.at + 1] ?? '')) {
      return this.table();
    }
    return <p>{inline(this.take(text => text.trim() !== '' && !this.opens(text)).join('\n'))}</p>;
  }

  /** Lines from here on for as long as `goes`; always at least one. */
  private take(goes: (line: string) => boolean): string[] {
    const first = this.at++;
    while (this.at < this.lines.length && goes(this.line)) {
      this.at++;
    }
    return this.lines.slice(first, this.at);
  }

  private opens(line: string): boolean {
    return FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || ITEM.test(line);
  }

  private code(): ComponentChild {
    const fence = FENCE.exec(this.line)?.[1] ?? '```';
    const lines = this.take(line => !line.startsWith(fence)).slice(1);
    this.at++;
    return (
      <pre tabIndex={0}>
        <code>{lines.join('\n')}</code>
      </pre>
    );
  }

  private heading(): ComponentChild {
    const [, marks = '#', text = ''] = HEADING.exec(this.line) ?? [];
    this.at++;
    this.highest ||= marks.length;
    const level = Math.min(6, Math.max(this.top, this.top + marks.length - this.highest));
    const Tag = `h${level}` as 'h3';
    return <Tag>{inline(text)}</Tag>;
  }

  private quote(): ComponentChild {
    const lines = this.take(line => QUOTE.test(line)).map(line => line.replace(QUOTE, ''));
    return <blockquote>{new Reader(lines, this.top).blocks()}</blockquote>;
  }

  private list(): ComponentChild {
    const [, indent = '', number] = ITEM.exec(this.line) ?? [];
    const items: ComponentChild[] = [];
    const inside = indent.length + 1;
    while (this.isItem(indent.length, number !== undefined)) {
      const first = ITEM.exec(this.line)?.[3] ?? '';
      const rest = this.take(line => line.startsWith(' '.repeat(inside)) && line.trim() !== '').slice(1);
      const body = [first, ...rest.map(line => line.trimStart())];
      items.push(<li key={this.at}>{this.item(body, rest)}</li>);
      this.skipBlankBeforeItem(indent.length, number !== undefined);
    }
    const start = Number(number ?? 1);
    return number === undefined ? <ul>{items}</ul> : <ol start={start}>{items}</ol>;
  }

  private item(body: string[], rest: string[]): ComponentChild {
    const nested = rest.findIndex(line => ITEM.test(line));
    if (nested < 0) {
      return inline(body.join('\n'));
    }
    const words = body.slice(0, nested + 1).join('\n');
    return [inline(words), new Reader(rest.slice(nested), this.top).blocks()];
  }

  private isItem(indent: number, numbered: boolean): boolean {
    const found = ITEM.exec(this.line);
    return found !== null && found[1]?.length === indent && (found[2] !== undefined) === numbered;
  }

  private skipBlankBeforeItem(indent: number, numbered: boolean): void {
    const here = this.at;
    while (this.at < this.lines.length && this.line.trim() === '') {
      this.at++;
    }
    if (!this.isItem(indent, numbered)) {
      this.at = here;
    }
  }

  private table(): ComponentChild {
    const rows = this.take(line => line.includes('|')).map(cells);
    const [head = [], , ...body] = rows;
    return (
      <div class="bf-table" tabIndex={0} role="group">
        <table>
          <thead>
            <tr>{head.map((cell, n) => <th key={n} scope="col">{inline(cell)}</th>)}</tr>
          </thead>
          <tbody>
            {body.map((row, n) => (
              <tr key={n}>{head.map((_, k) => <td key={k}>{inline(row[k] ?? '')}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }
}

/** The cells of a table's line; a bar in code or after a backslash is text. */
function cells(line: string): string[] {
  const found: string[] = [''];
  let code = false;
  for (const part of line.trim().replace(/^\||\|$/g, '').match(/\\\||`|\||[^\\`|]+|\\/g) ?? []) {
    if (part === '|' && !code) {
      found.push('');
    } else {
      code = part === '`' ? !code : code;
      found[found.length - 1] += part === '\\|' ? '|' : part;
    }
  }
  return found.map(cell => cell.trim());
}
