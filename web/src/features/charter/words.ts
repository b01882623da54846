import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

export type Charters = Awaited<ReturnType<typeof client.charter.list>>;
export type DraftLine = Charters['drafts'][number];
export type Version = Charters['versions'][number];
export type VersionDetail = Awaited<ReturnType<typeof client.charter.show>>;
export type Draft = Awaited<ReturnType<typeof client.charter.draft.show>>;
export type Open = Awaited<ReturnType<typeof client.charter.open>>;
export type Effect = Awaited<ReturnType<typeof client.charter.draft.effect>>;
export type Change = Draft['difference']['changes'][number];
export type Setting = Draft['settings'][number];

export const DRAFT_WORDS: Readonly<Record<DraftLine['state'], string>> = {
  draft: 'Draft',
  proposed: 'Waiting for approval',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

/** Text for the origin of a draft. */
export function originWords(origin: string): string {
  if (origin.startsWith('baseline:') || origin.startsWith('catalogue:')) return 'From a baseline';
  return ownValue(ORIGINS, origin) ?? origin;
}

const ORIGINS: Readonly<Record<string, string>> = {
  console: 'Created here',
  yaml: 'From a text',
  import: 'From an import',
  sandbox: 'From the sandbox',
  policy: 'From the published policy',
};

export const STEP_WORDS: Readonly<Record<string, string>> = {
  made: 'Started',
  contributed: 'Baseline written',
  edited: 'Edited',
  rebased: 'Carried over to the version in force',
  proposed: 'Sent for approval',
  approved: 'Approved',
  returned: 'Changes asked for',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  in_force: 'Put in force',
};

/** Whether a change widens or narrows access, as a word, so that color is not the only signal. */
export const DIRECTION_WORDS = { looser: 'Wider', tighter: 'Narrower', same: null } as const;

export function isVersion(version: string): boolean {
  return /^\d+$/.test(version);
}
