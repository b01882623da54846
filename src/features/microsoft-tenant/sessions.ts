import { addDays } from '#domain/model/day.ts';
import type { SignInRow } from '#domain/model/kinds.ts';
import type { CheckContext, Current } from '#domain/model/rule.ts';
import { CONNECTOR_APPS, CONNECTOR_EGRESS } from '#domain/rules/microsoft/apps.ts';
import { allInside } from '#domain/rules/microsoft/cidr.ts';
import { blocksWithAlerts, eventsOf, inSession, isBlock } from '#domain/rules/microsoft/session-control.ts';
import type { TenantReading } from './task.ts';

/** Age in days up to which the control accepts a block and its alert. */
const BLOCK_DAYS = 183;
/** Days of sign-ins and sessions that are compared. */
const DAYS = 30;
/** Maximum events and people listed. */
const LISTED = 50;
/** Maximum milliseconds between a sign-in and its recorded session; clocks may differ by SKEW_MS. */
const MAX_SESSION_DELAY_MS = 60 * 60_000;
const SKEW_MS = 5 * 60_000;

/** Sessions of Claude in Defender for Cloud Apps: the latest recorded, the people routed through it, and blocks. */
export function sessionsOf(context: CheckContext): TenantReading['sessions'] {
  const read = context.read('cloud_app_events');
  const alerts = context.read('security_alerts');
  const events = read.ok ? eventsOf(read).filter(({ at }) => at <= context.now) : [];
  const blocks =
    read.ok && alerts.ok
      ? blocksWithAlerts(read, alerts, {
          now: context.now,
          today: context.today,
          zone: context.profile.timezone,
          catalogue: context.catalogue,
          days: BLOCK_DAYS,
        })
      : [];
  const who = namesOf(context);
  return {
    read: read.ok
      ? { on: read.observedOn, why: null, howToGet: null }
      : { on: null, why: read.why, howToGet: read.howToGet.text },
    total: events.length,
    last: events[0]?.at ?? null,
    list: events.slice(0, LISTED).map((row) => ({
      at: row.at,
      action: row.action,
      app: row.app,
      person: who(row.personId) ?? row.person ?? row.personId,
      address: row.ip,
      device: [row.device, row.os].filter((one) => one !== null).join(', ') || null,
      routed: inSession(row),
      blocked: isBlock(row),
      connector:
        (row.ip !== null && allInside([row.ip], CONNECTOR_EGRESS)) ||
        CONNECTOR_APPS.some(({ appId }) => appId === row.oauthApp?.toLowerCase()),
    })),
    blocks: blocks.slice(0, LISTED).map(({ block, alert }) => ({
      at: block.at,
      action: block.action,
      person: who(block.personId) ?? block.person ?? block.personId,
      alert:
        alert === null
          ? null
          : { title: alert.title, at: alert.at, assignedTo: alert.assignedTo ?? null, link: alert.link },
    })),
    people: peopleOf(context, read),
  };
}

/** Each person's last sign-in to Claude in a browser, and whether a session through Defender followed it. */
function peopleOf(
  context: CheckContext,
  events: Current<'cloud_app_events'>,
): TenantReading['sessions']['people'] {
  const signIns = context.read('sign_ins');
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  if (!signIns.ok || own === undefined) return null;
  const last = new Map<string, SignInRow>();
  for (const row of signIns.rows) {
    const succeeded = row.errorCode === null || row.errorCode === 0;
    if (row.upn === null || row.appId?.toLowerCase() !== own || row.interactive === false || !succeeded)
      continue;
    if (row.at.slice(0, 10) < addDays(context.today, -DAYS) || row.at > context.now) continue;
    const known = last.get(row.upn.toLowerCase());
    if (known === undefined || known.at < row.at) last.set(row.upn.toLowerCase(), row);
  }
  const who = namesOf(context);
  const sessions = events.ok ? eventsOf(events).filter(inSession) : [];
  return [...last]
    .map(([upn, { at }]) => {
      const session = sessions.find((row) => {
        const after = Date.parse(row.at) - Date.parse(at);
        return who(row.personId)?.toLowerCase() === upn && after >= -SKEW_MS && after <= MAX_SESSION_DELAY_MS;
      });
      return { who: upn, signIn: at, routed: events.ok ? session !== undefined : null };
    })
    .sort((a, b) => Number(a.routed) - Number(b.routed) || (a.signIn < b.signIn ? 1 : -1))
    .slice(0, LISTED);
}

/** Addresses of people by object id. */
function namesOf(context: CheckContext): (id: string | null) => string | null {
  const users = context.read('entra_users');
  const known = new Map(
    (users.ok ? users.rows : []).flatMap(({ id, upn }) =>
      id === null || upn === null ? [] : [[id.toLowerCase(), upn] as const],
    ),
  );
  return (id) => (id === null ? null : (known.get(id.toLowerCase()) ?? null));
}

// Guide: G5.4-00 G5.4-01 G5.4-03 G6.4-01 G6.4-09
