import type { ReactNode } from 'react';
import { BlindNotes } from '../../ui/blind-notes.tsx';
import type { Usage } from './words.ts';

/** What cannot be seen, said where it would have been shown; undefined: nothing is to be said. */
export function blindFoot(usage: Usage, about: Usage['blind'][number]['about']): ReactNode {
  const notes = usage.blind.filter((one) => one.about === about);
  return notes.length === 0 ? undefined : <BlindNotes key={about} notes={notes} />;
}

/** What stands below a card, of several parts; undefined: none has anything to say. */
export function feet(...parts: readonly ReactNode[]): ReactNode {
  return parts.every((part) => part === undefined) ? undefined : parts;
}
