import type { client as calls } from '../../api.ts';

export type Overview = Awaited<ReturnType<typeof calls.policy.show>>;
export type Version = Awaited<ReturnType<typeof calls.policy.text>>;
export type VersionLine = Overview['versions'][number];
export type Draft = Awaited<ReturnType<typeof calls.policy.draft.show>>;
export type Person = Awaited<ReturnType<typeof calls.policy.coverage.list>>['items'][number];
export type Delivery = Awaited<ReturnType<typeof calls.policy.deliveries.list>>['items'][number];
export type Entry = Awaited<ReturnType<typeof calls.policy.register.list>>['items'][number];

export const LANGUAGE_WORDS: Readonly<Record<Draft['translations'][number]['language'], string>> = {
  es: 'Spanish',
};

/** What people see if they choose a language without a translation. */
export function noTextWords(language: Draft['translations'][number]['language']): string {
  const name = LANGUAGE_WORDS[language];
  return `There is no ${name} text. People who choose ${name} see the page in ${name}, a notice saying so, and the policy in English.`;
}

export const DRAFT_WORDS: Readonly<Record<Draft['state'], string>> = {
  draft: 'Draft',
  proposed: 'Waiting for approval',
  published: 'Published',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

export const VERSION_WORDS: Readonly<Record<VersionLine['state'], string>> = {
  in_force: 'In force',
  scheduled: 'Scheduled',
  superseded: 'Superseded',
};

export const STEP_WORDS: Readonly<Record<string, string>> = {
  made: 'Started',
  edited: 'Edited',
  proposed: 'Sent for approval',
  approved: 'Approved and published',
  returned: 'Changes asked for',
  withdrawn: 'Withdrawn',
};

/** "41 of 64", or why it cannot be determined. */
export function coverageWords({ coverage }: Overview): string {
  const { state, done, of, needed, target, enough, why } = coverage;
  if (state !== 'ready' || done === null || of === null) return why ?? 'Cannot be read';
  const asked = target < 1 ? ` The charter asks for ${needed} (${Math.round(target * 100)}%).` : '';
  return `${done} of ${of} people with Claude acknowledged it.${asked}${enough === true && target < 1 ? ' That is enough.' : ''}`;
}
