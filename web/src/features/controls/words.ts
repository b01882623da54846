import { AREA_WORDS } from '../../../../src/domain/labels.ts';
import type { Area } from '../../../../src/domain/model/catalogue.ts';
import { SEVERITIES, STATE_WORDS, STATES } from '../../../../src/domain/model/verdict.ts';
import type { client } from '../../api.ts';

export type ControlLine = Awaited<ReturnType<typeof client.controls.list>>['items'][number];
export type Control = Awaited<ReturnType<typeof client.controls.get>>;
export type Evidence = Control['evidence'][number];
export type Fact = Control['facts'][number];

export const STATE_VALUES = ['attention', ...STATES] as const;
export const SEVERITY_VALUES = SEVERITIES;

export const STATE_FILTER: Readonly<Record<(typeof STATE_VALUES)[number], string>> = {
  attention: 'needs attention',
  ...STATE_WORDS,
};

export const ASSIGNED_VALUES = ['mine', 'somebody', 'nobody'] as const;
export const ASSIGNED_WORDS: Readonly<Record<(typeof ASSIGNED_VALUES)[number], string>> = {
  mine: 'Me',
  somebody: 'Anyone',
  nobody: 'No one',
};

export const AREA_VALUES = Object.keys(AREA_WORDS) as Area[];

/** "About 10 minutes" */
export function minutesWords(minutes: number): string {
  if (minutes < 90) return `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return `About ${Math.round(minutes / 60)} hours`;
}

/** Controls whose work is done on the people page. */
const OF_PEOPLE: readonly string[] = ['CLA-ACC-07', 'CLA-ACC-08', 'CLA-ACC-09', 'CLA-ACC-13', 'CLA-SHA-03'];

/** Controls that compare connectors with the charter; their items are decided where the departures are shown. */
const OF_DRIFT: readonly string[] = ['CLA-CON-04', 'CLA-CON-09'];

export interface Lead {
  readonly label: string;
  readonly href: string;
}

/** What the viewer may do besides reading. */
export interface May {
  readonly people: boolean;
  readonly imports: boolean;
  readonly attest: boolean;
  readonly charter: boolean;
}

interface LeadInput {
  readonly slug: string;
  readonly control: Pick<Control, 'id' | 'short' | 'state' | 'answers' | 'attestable' | 'readable'>;
  readonly may: May;
}

/** Page on which the next step is done; null: the steps of the control are all there is. */
export function leadOf({ slug, control, may }: LeadInput): Lead | null {
  const here = `/c/${slug}`;
  if (control.state === 'fail' && OF_PEOPLE.includes(control.id) && may.people)
    return { label: 'Open the people', href: `${here}/people` };
  if (control.state === 'fail' && OF_DRIFT.includes(control.id))
    return { label: 'Decide on the drift', href: `${here}/connectors/drift` };
  if (control.state !== 'fail' && control.state !== 'cannot_read') return null;
  if (control.answers.length > 0 && may.charter)
    return { label: 'Answer', href: `${here}/controls/${control.short}?answer=${control.answers.join(',')}` };
  if (control.attestable && may.attest && (!control.readable || control.state === 'cannot_read'))
    return { label: 'State what you saw', href: `${here}/attestations?new=${control.id}` };
  if (control.state === 'cannot_read' && control.readable && may.imports)
    return { label: 'Import files', href: `${here}/imports` };
  return null;
}
