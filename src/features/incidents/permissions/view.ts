import type { z } from 'zod';
import { stricterStates } from '#domain/incidents/permissions.ts';
import type { IncidentStepRow } from '#store/incidents/incidents.ts';
import type { permissionsShown } from '../schemas.ts';
import type { Permissions } from './find-permissions.ts';
import { type Draft, followedWords } from './words.ts';

/** Drafts of the charter by id, without their content. */
export type Drafts = ReadonlyMap<string, Draft>;

/** Maximum number of actions that a page offers; an incident with more names its connector too broadly. */
const MAX_OFFERED = 200;

/**
 * The permissions that a step follows and those that can be proposed from it. If the incident is closed: those
 * followed, as of the closing.
 */
export function permissionsView(
  { step, permissions, proof }: Pick<IncidentStepRow, 'step' | 'permissions' | 'proof'>,
  {
    permissions: read,
    drafts,
    timezone,
  }: { readonly permissions: Permissions; readonly drafts: Drafts; readonly timezone: string },
): z.infer<typeof permissionsShown> {
  const now = new Map(read.followed.get(step)?.map((followed) => [followed.one.row, followed]));
  const kept = new Map(proof?.permissions.map((one) => [one.row, one]));
  return {
    governed: read.governed,
    followed: permissions.map(({ earlier: _, ...one }) => {
      const draft = one.draft === null ? null : (drafts.get(one.draft) ?? null);
      const followed = now.get(one.row);
      return {
        ...one,
        draft: one.draft === null || draft === null ? null : { id: one.draft, title: draft.title },
        state: followed?.state ?? kept.get(one.row)?.state ?? null,
        words: [
          ...(followed === undefined
            ? (kept.get(one.row)?.words ?? [])
            : followedWords(followed, draft, timezone)),
        ],
      };
    }),
    offered: read.rows
      .flatMap(({ row, label, effect, charter, observed, times }) => {
        const stricter = [...stricterStates(charter, observed?.state ?? null)];
        return stricter.length === 0
          ? []
          : [
              {
                row,
                label,
                effect,
                charter,
                observed: observed === null ? null : { state: observed.state, on: observed.on },
                times,
                stricter,
              },
            ];
      })
      .sort((a, b) => b.times - a.times)
      .slice(0, MAX_OFFERED),
  };
}
// Guide: G7.2-20
