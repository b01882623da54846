import type { client as calls } from '../../api.ts';

export type Mine = Awaited<ReturnType<typeof calls.reminders.mine>>;
export type OfClient = Awaited<ReturnType<typeof calls.reminders.ofClient>>;
/** A channel with its settings: a client's or the workspace's. */
export type ChannelOf = Awaited<ReturnType<typeof calls.reminders.ofWorkspace>>;
export type Tried = Awaited<ReturnType<typeof calls.reminders.testTeams>>;
export type Channel = NonNullable<OfClient['teams']>;
export type Rhythm = Mine['rhythm'];

const RHYTHMS: readonly { readonly value: Rhythm; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'daily', label: 'On working days' },
  { value: 'weekly', label: 'Once a week' },
];
export const RHYTHM_OPTIONS = RHYTHMS.map(({ value, label }) => ({ value, label }));

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((label, at) => ({
  value: String(at + 1),
  label,
}));

export function rhythmOf(text: string): Rhythm {
  return RHYTHMS.find(({ value }) => value === text)?.value ?? 'never';
}
