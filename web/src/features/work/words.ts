import { WORK_KIND_WORDS, WORK_WHEN_WORDS } from '../../../../src/domain/labels.ts';
import type { client as calls } from '../../api.ts';

export type WorkList = Awaited<ReturnType<typeof calls.work.list>>;
export type WorkItem = WorkList['items'][number];
export type ClientWork = Awaited<ReturnType<typeof calls.work.show>>;
export type Recurring = ClientWork['recurring'][number];
export type Actions = Awaited<ReturnType<typeof calls.work.actions>>;
type When = WorkItem['when'];

export const KINDS = Object.keys(WORK_KIND_WORDS) as WorkItem['kind'][];

export const KIND_WORDS: Readonly<Record<WorkItem['kind'], string>> = WORK_KIND_WORDS;

export const GROUPS = (Object.keys(WORK_WHEN_WORDS) as When[]).map((key) => ({
  key,
  label: WORK_WHEN_WORDS[key],
}));

/** The groups with their totals in the whole list, of which only the first rows may be shown. */
export function groupsOf(found: WorkList['counts'] | undefined) {
  return found === undefined ? GROUPS : GROUPS.map((group) => ({ ...group, total: found[group.key] }));
}

export const OWNERS = ['mine', 'nobody'] as const;
export const OWNER_WORDS: Readonly<Record<(typeof OWNERS)[number], string>> = {
  mine: 'Mine',
  nobody: 'Unassigned',
};

/** What is shown by default. */
export function isNow({ when }: Pick<WorkItem, 'when'>): boolean {
  return when === 'overdue' || when === 'soon' || when === 'waiting';
}

/** "3 overdue, 5 within 14 days, 2 waiting for someone", or that there is none. */
export function countsText(counts: WorkList['counts']): string {
  const parts = [
    [counts.overdue, 'overdue'],
    [counts.soon, 'within 14 days'],
    [counts.waiting, 'waiting for someone'],
  ] as const;
  const some = parts.filter(([n]) => n > 0).map(([n, words]) => `${n} ${words}`);
  return some.length === 0 ? 'Nothing is overdue, due within 14 days or waiting.' : `${some.join(', ')}.`;
}

export const AREA_WORDS: Readonly<Record<NonNullable<Recurring['review']>[number], string>> = {
  connectors: 'Connectors',
  user_access: 'User access',
  personal_accounts: 'Personal accounts',
  usage: 'Usage',
  permission_changes: 'Permission changes',
  m365_permissions: 'Microsoft 365 permissions',
};
