import { createHash } from 'node:crypto';
import { type Activity, NOTHING_REPORTED, type Surface } from '#domain/activity/activity.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { ActivityRow, UsageRow } from '#domain/model/kinds.ts';
import { activityReader } from './activity.ts';

/**
 * Converts rows of a saved feed or an audit-log export to activities. Rows of a feed have ids, so the live feed does
 * not repeat them. Rows of an export have none: their id is derived from their content and their ordinal among equal
 * rows, so that importing the same export twice adds nothing.
 */
export function importedReader(
  catalogue: Pick<Catalogue, 'activityTypes' | 'connectors'>,
  kind: 'activities' | 'audit_log',
): (row: ActivityRow, receivedAt: Date) => Activity | null {
  const read = activityReader(catalogue);
  const same = new Map<string, number>();
  return (row, receivedAt) => {
    const { actor, fields } = apart(row.detail);
    const id = kind === 'activities' && row.id !== null ? row.id : idOf(row, same);
    const activity = read(
      {
        ...fields,
        id,
        type: row.type,
        created_at: row.at,
        actor: {
          ...actor,
          type: row.actorType,
          email_address: row.actorEmail,
          ip_address: row.ip,
          ...(typeof fields.actor_uuid === 'string' ? { user_id: fields.actor_uuid } : {}),
        },
      },
      receivedAt,
    );
    return (
      activity && {
        ...activity,
        source: kind === 'activities' ? 'compliance_feed' : 'audit_export',
        actor: { ...activity.actor, name: row.actorName },
      }
    );
  };
}

/** Fields of the actor, which the importers store as `actor.…`, separated from the event's own. */
function apart(detail: Readonly<Record<string, unknown>>) {
  const actor: Record<string, unknown> = {};
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(detail))
    if (key.startsWith('actor.')) actor[key.slice('actor.'.length)] = value;
    else fields[key] = value;
  return { actor, fields };
}

function idOf(row: ActivityRow, same: Map<string, number>): string {
  const said = JSON.stringify([row.at, row.type, row.actorEmail, row.actorName, row.ip, row.detail]);
  const digest = createHash('sha256').update(said).digest('base64url').slice(0, 22);
  const place = same.get(digest) ?? 0;
  same.set(digest, place + 1);
  return place === 0 ? `audit:${digest}` : `audit:${digest}:${place}`;
}

/**
 * Converts a line of a spend report to an activity of its last day. The cost remains a detail: telemetry reports the
 * same requests individually, and nothing may be counted twice.
 *
 * @param day Last day for lines without one (YYYY-MM-DD).
 */
export function spendActivity(row: UsageRow, day: string): Activity {
  const from = row.from ?? day;
  const to = row.to ?? day;
  const who = row.email?.toLowerCase() ?? row.name;
  const digest = createHash('sha256')
    .update(JSON.stringify([who, row.product, row.model, from, to]))
    .digest('base64url')
    .slice(0, 22);
  return {
    ...NOTHING_REPORTED,
    id: `spend:${digest}`,
    at: `${to}T00:00:00.000Z`,
    source: 'audit_export',
    surface: surfaceOf(row.product),
    type: 'spend_report_line',
    category: 'other',
    actor: { type: null, id: null, email: row.email, name: row.name },
    person: row.email?.toLowerCase() ?? null,
    model: row.model,
    detail: {
      from,
      to,
      product: row.product,
      messages: row.messages,
      requests: row.requests,
      prompt_tokens: row.promptTokens,
      completion_tokens: row.completionTokens,
      net_usd: row.netUsd,
      gross_usd: row.grossUsd,
    },
  };
}

function surfaceOf(product: string | null): Surface {
  const name = product?.toLowerCase() ?? '';
  if (/cowork/.test(name)) return 'cowork';
  if (/code/.test(name)) return 'claude_code';
  if (/office|excel|outlook|word|powerpoint/.test(name)) return 'office';
  return /chat|claude/.test(name) ? 'chat' : 'unknown';
}
