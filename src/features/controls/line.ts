import type { z } from 'zod';
import { observedOn } from '#domain/decide/observed-on.ts';
import { AREA_WORDS } from '#domain/labels.ts';
import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import { SEVERITIES, STATES, type State } from '#domain/model/verdict.ts';
import { guideSection } from '#domain/text/guide.ts';
import { questionText } from '#domain/text/message.ts';
import { shortId } from '#domain/text/words.ts';
import type { CurrentVerdict } from '#store/verdicts/current.ts';
import type { AssignmentRow } from '#store/work/assignments.ts';
import type { controlLineSchema } from '../shared/control-parts.ts';
import type { controlListSchema } from './contract.ts';

export type ControlLine = z.infer<typeof controlLineSchema>;
/** The same with its assignee. */
export type ListedControl = z.infer<typeof controlListSchema>['items'][number];
export type StateCounts = Record<State, number>;

/** A control as a list shows it. */
export function lineOf(control: Control, { verdict, since }: CurrentVerdict): ControlLine {
  return {
    id: control.id,
    short: shortId(control.id),
    title: control.title,
    area: control.area,
    areaName: AREA_WORDS[control.area],
    severity: control.severity,
    state: verdict.state,
    reason: verdict.reason,
    question: questionText(verdict.asks, 'console') ?? verdict.question,
    observedOn: observedOn(verdict),
    since: since.toISOString(),
    goodUntil: verdict.goodUntil,
    due: verdict.due,
    acceptedUntil: verdict.state === 'accepted' ? (verdict.exception?.until ?? null) : null,
    sections: sectionsOf(control),
    listed: verdict.items.length,
  };
}

/**
 * Controls in their fixed order: by state, then by severity (highest first), then by id. A control without a verdict
 * is left out; after a decision, there is none.
 */
export function linesOf(
  catalogue: Catalogue,
  current: readonly CurrentVerdict[],
  assignments: readonly AssignmentRow[],
): ListedControl[] {
  const byControl = new Map(current.map((one) => [one.verdict.control, one]));
  const assigned = new Map(assignments.map((row) => [row.task, row]));
  return catalogue.controls
    .flatMap((control) => {
      const one = byControl.get(control.id);
      return one === undefined ? [] : [{ ...lineOf(control, one), ...assignedTo(assigned.get(control.id)) }];
    })
    .sort(byStateThenWeight);
}

function assignedTo(row: AssignmentRow | undefined): Pick<ListedControl, 'assigned' | 'assignmentVersion'> {
  if (row === undefined) return { assigned: null, assignmentVersion: 0 };
  const { owner_name: name, owner_mail: mail, owner_user: user, due_on: due, version } = row;
  return {
    assigned: name === null && due === null ? null : { name, mail, user, due },
    assignmentVersion: version,
  };
}

export function byStateThenWeight(
  a: Pick<ControlLine, 'state' | 'severity' | 'id'>,
  b: Pick<ControlLine, 'state' | 'severity' | 'id'>,
): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.id < b.id ? -1 : 1)
  );
}

export function sectionsOf(control: Control): string[] {
  return [...new Set(control.guide.map(guideSection))];
}

export function countStates(lines: readonly { readonly state: State }[]): StateCounts {
  const counts = noCounts();
  for (const { state } of lines) counts[state] += 1;
  return counts;
}

export function noCounts(): StateCounts {
  return Object.fromEntries(STATES.map((state) => [state, 0])) as StateCounts;
}
