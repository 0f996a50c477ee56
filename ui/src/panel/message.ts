// A ticket as a letter: who wrote it, about what, and the words.

export interface Letter {
  sender: string;
  place: string;
  /** The label and the words of the subject, as the ticket itself writes them. */
  subject: string;
  body: string;
}

const FIELD = /^\*\*(.+?):\*\*\s*(.*?)\\?$/;

/** Read the head of a ticket; null when it has none, so the whole text is its body. */
export function letter(ticket: string): Letter | null {
  const [head = '', ...rest] = ticket.trim().split(/\n\s*\n/);
  const fields = head.split('\n').map(line => FIELD.exec(line.trim())?.[2]);
  const [from, subject] = fields;
  if (!from || fields.some(field => field === undefined)) {
    return null;
  }
  const [sender = '', ...place] = from.split(', ');
  return { sender, place: place.join(', '), subject: subject ?? '', body: rest.join('\n\n') };
}

/** The first letters of a name, for where a photo would be. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words[words.length - 1] : ''];
  return ([...first][0] ?? '') + ([...(last ?? '')][0] ?? '');
}
