import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';

export type Home = Awaited<ReturnType<typeof client.home.get>>;
export type Task = NonNullable<Home['doNow']>[number];

export interface Lead {
  readonly label: string;
  readonly href: string;
}

/** Page on which a task is done, and the verb that labels the link. */
export function leadOf(slug: string, task: Pick<Task, 'verb' | 'subject' | 'controls'>): Lead {
  const here = `/c/${slug}`;
  const first = task.controls[0];
  switch (task.verb) {
    case 'import':
      return {
        label: 'Import',
        href: `${here}/imports${task.subject === null ? '' : `?kind=${task.subject}`}`,
      };
    case 'people':
      return { label: 'Open people', href: `${here}/people` };
    case 'attest':
      return { label: 'Record', href: `${here}/attestations?new=${first?.id ?? 'choose'}` };
    case 'exception':
      return { label: 'Decide', href: `${here}/exceptions?panel=${task.subject ?? ''}` };
    case 'charter':
      return { label: 'Decide', href: `${here}/charter/${task.subject ?? ''}` };
    case 'answer':
      return { label: 'Answer', href: `${here}?answer=${task.subject ?? ''}` };
    case 'open_charter':
      return { label: 'Open charter', href: `${here}/charter` };
    case 'settings':
      return { label: 'Open settings', href: `${here}/settings` };
    case 'deployment':
      return { label: 'Open deployment', href: `${here}/deployment` };
    case 'request':
      return { label: 'Decide', href: `${here}/connectors/requests/${task.subject ?? ''}` };
    case 'claims':
      return { label: 'Decide', href: `${here}/attestations?tab=files` };
    case 'drift':
      return {
        label: 'Open drift',
        href: `${here}/connectors/drift${task.subject === null ? '' : `?panel=${encodeURIComponent(task.subject)}`}`,
      };
    case 'alert':
      return {
        label: 'Open alerts',
        href: `${here}/alerts${task.subject === null ? '' : `/${task.subject}`}`,
      };
    case 'source':
      return { label: 'Open sources', href: `${here}/connections` };
    case 'enforce':
      return { label: 'Open the policy', href: `${here}/conditional-access` };
    case 'sink':
      return { label: 'Open sinks', href: `${here}/connections/sinks` };
    case 'control':
      return { label: 'Open control', href: `${here}/controls/${first?.short ?? ''}` };
  }
}

/** Text equivalent of the chart over time: its start, what changed, and the number of days without data. */
export function overTimeWords(stretches: NonNullable<Home['status']>['overTime']): string {
  const known = stretches.flatMap(({ from, counts }) => (counts === null ? [] : [{ from, counts }]));
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined)
    return 'No reading is current, so there is nothing to compare.';
  const [only, second] = stretches;
  if (second === undefined)
    return only?.days === 1
      ? 'Tracking starts today; changes over time will appear from tomorrow.'
      : `No change since ${dayWords(first.from)}.`;
  const moved = (['fail', 'cannot_read', 'pass'] as const)
    .filter((state) => first.counts[state] !== last.counts[state])
    .map(
      (state, at) =>
        `${MOVED[state]} ${at === 0 ? 'went ' : ''}from ${first.counts[state]} to ${last.counts[state]}`,
    );
  const gap = stretches.reduce((sum, { counts, days }) => (counts === null ? sum + days : sum), 0);
  return [
    moved.length === 0
      ? `The numbers of failing, unreadable and passing controls are the same as on ${dayWords(first.from)}.`
      : `Since ${dayWords(first.from)}, ${names(moved)}.`,
    gap === 0 ? null : `No reading was current on ${count(gap, 'day')}.`,
  ]
    .filter((part) => part !== null)
    .join(' ');
}

const MOVED = {
  fail: 'failing controls',
  cannot_read: 'controls that cannot be read',
  pass: 'passing controls',
} as const;
