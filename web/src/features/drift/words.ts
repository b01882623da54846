import type { DriftState } from '../../../../src/domain/drift/words.ts';
import type { client } from '../../api.ts';

export type Drift = Awaited<ReturnType<typeof client.drift.list>>;
export type Departure = Drift['items'][number];
export type Closed = Drift['history'][number];

export const URGENCIES = ['urgent', 'soon', 'information'] as const satisfies readonly Departure['urgency'][];
export const STATES = [
  'undecided',
  'waiting',
  'restoring',
  'changing',
  'accepted',
] as const satisfies readonly DriftState[];
export const DIRECTIONS = ['wider', 'narrower', 'other'] as const satisfies readonly Departure['direction'][];
export const SUBJECTS = ['connector', 'action', 'setting'] as const satisfies readonly Departure['subject'][];

/** In display order; accepted ones form their own group, whatever their urgency. */
export const GROUPS = [
  { key: 'urgent', label: 'Urgent' },
  { key: 'soon', label: 'Soon' },
  { key: 'information', label: 'Information' },
  { key: 'accepted', label: 'Accepted' },
] as const;

export function groupOf({ state, urgency }: Departure): (typeof GROUPS)[number]['key'] {
  return state === 'accepted' ? 'accepted' : urgency;
}
