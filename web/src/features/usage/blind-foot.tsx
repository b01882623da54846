import type { ReactNode } from 'react';
import { BlindNotes } from '../../ui/blind-notes.tsx';
import type { Usage } from './words.ts';

/** Notes on what cannot be seen, in the place where it would be shown; undefined: none. */
export function blindFoot(usage: Usage, about: Usage['blind'][number]['about']): ReactNode {
  const notes = usage.blind.filter((one) => one.about === about);
  return notes.length === 0 ? undefined : <BlindNotes key={about} notes={notes} />;
}

/** A card's footer made of several parts; undefined if all are empty. */
export function feet(...parts: readonly ReactNode[]): ReactNode {
  return parts.every((part) => part === undefined) ? undefined : parts;
}
