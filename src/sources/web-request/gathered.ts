import { textOfFile } from './file-text.ts';

/** What is gathered from a request. */
export interface Gathered {
  readonly texts: string[];
  unread: number;
  isRead: boolean;
}

/** The texts of a file, its name among them. */
export function fileTexts(bytes: Buffer, name: string, type: string, gathered: Gathered): void {
  if (name !== '') gathered.texts.push(name);
  const read = textOfFile(bytes, type);
  if (read.is === 'text') gathered.texts.push(read.text);
  else {
    gathered.unread += 1;
    if (read.is === 'unread') gathered.isRead = false;
  }
}

/** A short value with its name before it, as in a form: the name can say what a number is. */
export const named = (name: string, value: string) =>
  name === '' || value.length > 200 ? value : `${name.replace(/[_-]/gu, ' ')}: ${value}`;
