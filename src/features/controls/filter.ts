import { AREA_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import type { Area } from '#domain/model/catalogue.ts';
import { type Severity, STATE_WORDS, type State } from '#domain/model/verdict.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { isOwner } from '../exceptions/index.ts';
import type { ASSIGNED } from './contract.ts';
import type { ListedControl } from './line.ts';

export interface ControlFilter {
  readonly state?: State | 'attention' | undefined;
  readonly area?: Area | undefined;
  readonly severity?: Severity | undefined;
  readonly section?: string | undefined;
  readonly assigned?: (typeof ASSIGNED)[number] | undefined;
  readonly text?: string | undefined;
}

interface Asking {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** Whether a state requires action. */
export function needsAttention(state: State): boolean {
  return state === 'fail' || state === 'cannot_read';
}

/** Filters controls. `labels` returns the items of a control's verdict, for searching. */
export function filterLines(
  lines: readonly ListedControl[],
  filter: ControlFilter,
  labels: (id: string) => readonly string[],
  asking: Asking,
): ListedControl[] {
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return lines.filter((line) => {
    if (
      filter.state === 'attention' ? !needsAttention(line.state) : filter.state && line.state !== filter.state
    )
      return false;
    if (filter.area && line.area !== filter.area) return false;
    if (filter.severity && line.severity !== filter.severity) return false;
    if (filter.section && !line.sections.includes(filter.section)) return false;
    if (filter.assigned && !isAssigned(line, filter.assigned, asking)) return false;
    if (words.length === 0) return true;
    const text = searchable(
      [line.id, line.title, line.reason, line.areaName, line.assigned?.name ?? '', ...labels(line.id)].join(
        '\n',
      ),
    );
    return words.every((word) => text.includes(word));
  });
}

function isAssigned(
  { assigned }: ListedControl,
  to: (typeof ASSIGNED)[number],
  { userId, name, email }: Asking,
): boolean {
  const owner = assigned?.name ?? null;
  if (to === 'nobody') return owner === null;
  if (to === 'somebody' || assigned === null || owner === null) return owner !== null;
  if (assigned.user !== null) return assigned.user === userId;
  if (assigned.mail !== null) return assigned.mail.toLowerCase() === email.toLowerCase();
  return isOwner(owner, { name, email });
}

const ASSIGNED_WORDS = { mine: 'me', somebody: 'anyone', nobody: 'no one' } as const;

/** The filter in words, for the head of an export; null: none. */
export function filterWords(filter: ControlFilter): string | null {
  const parts = [
    filter.state === undefined
      ? null
      : `State: ${filter.state === 'attention' ? 'needs attention' : STATE_WORDS[filter.state]}`,
    filter.area === undefined ? null : `Area: ${AREA_WORDS[filter.area]}`,
    filter.severity === undefined ? null : `Severity: ${SEVERITY_WORDS[filter.severity]}`,
    filter.section === undefined ? null : `Guide section: ${filter.section}`,
    filter.assigned === undefined ? null : `Assigned to: ${ASSIGNED_WORDS[filter.assigned]}`,
    filter.text === undefined || filter.text.trim() === '' ? null : `Text: ${filter.text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}
