import { ownValue } from '#domain/model/own-value.ts';
import type { DraftRow } from '#store/charter/drafts.ts';
import type { IncidentRow, IncidentStepRow } from '#store/incidents/incidents.ts';
import type { Line } from '../containment.ts';
import type { Permissions } from './find-permissions.ts';

type Ended = Pick<DraftRow, 'title' | 'state' | 'ended_at' | 'ended_by_name'>;

const ENDED: Readonly<Record<string, string>> = {
  approved: 'permission_in_force',
  refused: 'permission_refused',
  withdrawn: 'permission_withdrawn',
};

/**
 * Timeline lines for the permissions that an incident proposed: how each draft ended and, while the incident is open,
 * the reading that shows a permission. Once it is closed, the closing itself records what showed it.
 */
export function linesOfPermissions(
  { closed_at }: Pick<IncidentRow, 'closed_at'>,
  rows: readonly IncidentStepRow[],
  { followed }: Permissions,
  drafts: ReadonlyMap<string, Ended>,
): readonly Line[] {
  const ids = new Set(
    rows.flatMap(({ permissions }) =>
      permissions.flatMap(({ draft, earlier }) => [...earlier, ...(draft === null ? [] : [draft])]),
    ),
  );
  const ended = [...ids].flatMap((id): Line[] => {
    const draft = drafts.get(id);
    const act = draft === undefined ? undefined : ownValue(ENDED, draft.state);
    if (draft === undefined || act === undefined || draft.ended_at === null) return [];
    if (closed_at !== null && draft.ended_at > closed_at) return [];
    return [{ at: draft.ended_at.toISOString(), act, note: draft.title, by: draft.ended_by_name }];
  });
  const seen = [...followed.values()].flat().flatMap(({ one, state, row }): Line[] => {
    const at = row?.observed?.at ?? row?.observed?.storedAt ?? null;
    return state !== 'seen' || at === null
      ? []
      : [{ at: new Date(at).toISOString(), act: 'permission_seen', note: one.label, by: null }];
  });
  return [...ended, ...seen];
}
// Guide: G7.2-20
