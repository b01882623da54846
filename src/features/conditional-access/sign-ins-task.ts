import { IMPACT_DAYS } from '#domain/conditional-access/impact.ts';
import { fromConnector } from '#domain/conditional-access/narrowed.ts';
import { claudeApps, type NotRead } from '#domain/conditional-access/tenant.ts';
import { addDays } from '#domain/model/day.ts';
import type { SignInRow } from '#domain/model/kinds.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { tenantOf } from './tenant.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    claudeSignIns: typeof claudeSignInsTask;
  }
}

/** Maximum sign-ins listed. */
const MAX = 200;

export interface SignInsAnswer {
  readonly from: string;
  readonly total: number;
  readonly items: readonly (SignInRow & { readonly app: string; readonly connector: boolean })[];
}

/** The newest sign-ins to Claude's applications, successful or not, including those of programs. */
export function claudeSignInsTask(
  input: TaskInput,
  { person }: { readonly person: string | null },
): SignInsAnswer | NotRead {
  const tenant = tenantOf(input);
  if ('why' in tenant) return tenant;
  const { context } = tenant;
  const read = context.read('sign_ins');
  if (!read.ok) return { why: read.why, howToGet: read.howToGet.text };
  const apps = new Map(claudeApps(tenant).map(({ appId, name }) => [appId.toLowerCase(), name]));
  const from = addDays(context.today, -IMPACT_DAYS);
  // Readings overlap, so one sign-in may be in several.
  const once = new Map<string, SignInRow>();
  for (const row of read.rows)
    if (
      row.at.slice(0, 10) >= from &&
      apps.has(row.appId?.toLowerCase() ?? '') &&
      (person === null || row.upn?.toLowerCase() === person)
    )
      once.set(JSON.stringify({ ...row, file: undefined, row: undefined }), row);
  const rows = [...once.values()].sort((a, b) => b.at.localeCompare(a.at));
  return {
    from,
    total: rows.length,
    items: rows.slice(0, MAX).map((row) => ({
      ...row,
      app: apps.get(row.appId?.toLowerCase() ?? '') ?? '',
      connector: fromConnector(row),
    })),
  };
}
// Guide: G5.4-01 G6.2-09
