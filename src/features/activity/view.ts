import type { z } from 'zod';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { activityTitle } from '#domain/activity/type-words.ts';
import { reportedCall } from '#domain/detections/call-reports.ts';
import { toolTitle } from '#domain/detections/tool-titles.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { People } from '../people/index.ts';
import type { activityDetail, activityLine } from './schemas.ts';

export type Line = z.input<typeof activityLine>;

export interface View {
  readonly people: People;
  readonly connectorName: (id: string, written: string | null) => string;
  /** false: omit everything that identifies the person. */
  readonly whole: boolean;
  readonly catalogue: Catalogue;
}

/** @param also Further reports of the same by other sources. */
export function lineOf(
  activity: StoredActivity,
  { people, connectorName, catalogue }: View,
  also: readonly StoredActivity[] = [],
): Line {
  const { seq, at, receivedAt, type, category, surface, source, tool, effect, outcome, model } = activity;
  const { connector, connectorName: written, person } = activity;
  return {
    seq,
    at,
    receivedAt,
    title: activityTitle(activity, toolTitle(connector, tool, catalogue)),
    type,
    category,
    surface,
    source,
    person: person === null ? null : people.of(person),
    connector: connector === null ? null : { id: connector, name: connectorName(connector, written) },
    tool,
    effect,
    outcome,
    model,
    also: also.map((other) => ({ seq: other.seq, source: other.source, at: other.at })),
  };
}

export function detailOf(
  activity: StoredActivity,
  view: View,
  also: readonly StoredActivity[] = [],
): z.input<typeof activityDetail> {
  const { id, claimedAt, actor, organization, session, prompt, ip, userAgent, amounts, detail } = activity;
  return {
    ...lineOf(activity, view, also),
    id,
    call: reportedCall(activity)?.call ?? null,
    claimedAt,
    actor: view.whole ? actor : null,
    organization,
    session,
    prompt,
    ip: view.whole ? ip : null,
    userAgent,
    amounts: { ...amounts },
    detail: view.whole ? { ...detail } : null,
  };
}
