import type { ActivityRow } from '../model/kinds.ts';
import { dayOf } from '../model/local-time.ts';
import type { CheckContext, Events } from '../model/rule.ts';
import { detailText, policyChanges } from '../rules/connectors/events.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import type { Cell, ObservedConnector } from '../rules/connectors/table.ts';
import { WIDTH_WORDS } from '../rules/connectors/width.ts';
import { dayWords } from '../text/words.ts';
import type { Cause } from './types.ts';

type Read = Extract<Events, { ok: true }>;

/** Who caused the observed state, as far as the log and the feed show. */
export interface Causes {
  /** The last change that left an action in its observed state. */
  ofCell(seen: Cell): Cause;
  ofConnector(connector: Pick<ObservedConnector, 'key' | 'entries'>, how: 'added' | 'removed'): Cause;
  /** @param types Names under which the log records the setting. */
  ofSetting(types: readonly string[]): Cause;
  ofEvents(wanted: (row: ActivityRow) => boolean): Cause;
}

export function causesOf(context: CheckContext): Causes {
  const { claudePlan, timezone } = context.profile;
  if (claudePlan !== 'enterprise') return nobody(planWords(claudePlan));
  const events = context.events();
  if (!events.ok) return nobody(`No current log shows who changed it. ${events.why}`);
  return fromEvents(context, events, timezone);
}

function planWords(plan: string): string {
  return plan === 'team'
    ? 'Who changed it cannot be read on the Team plan.'
    : 'Who changed it cannot be read: only Claude Enterprise has a log of it.';
}

function nobody(why: string): Causes {
  const none = (): Cause => ({ known: false, why });
  return { ofCell: none, ofConnector: none, ofSetting: none, ofEvents: none };
}

function fromEvents(context: CheckContext, events: Read, zone: string): Causes {
  const { catalogue } = context;
  const silent: Cause = {
    known: false,
    why: `The log of ${dayWords(events.from)} to ${dayWords(events.to)} holds no change of it.`,
  };
  const known = (row: ActivityRow): Cause => {
    const who = row.actorName ?? row.actorEmail;
    return {
      known: true,
      who,
      at: row.at,
      event: row.type,
      ip: row.ip,
      evidence: events.cite(row, `${row.type} by ${who ?? 'someone the event does not name'}`),
    };
  };
  const changes = policyChanges(events).map((change) => {
    const place = matchConnector(change.connector, catalogue);
    return { ...change, place, match: matchAction(change.tool, place.entries, 'observed') };
  });
  const servers = events.rows.filter(
    ({ type }) => type === 'mcp_server_created' || type === 'mcp_server_deleted',
  );
  const isOf = (name: string | null, { key, entries }: Pick<ObservedConnector, 'key' | 'entries'>) => {
    if (name === null) return false;
    const place = matchConnector(name, catalogue);
    return place.key === key || place.entries.some((entry) => entries.includes(entry));
  };
  const last = (wanted: (row: ActivityRow) => boolean): Cause => {
    const row = events.rows.findLast(wanted);
    return row === undefined ? silent : known(row);
  };
  return {
    ofCell: (seen) => {
      const cited = seen.evidence.find(({ kind }) => kind === 'activities' || kind === 'audit_log');
      if (cited !== undefined) {
        const change = changes.find(({ row }) => row.file === cited.file && row.row === cited.row);
        if (change !== undefined) return known(change.row);
      }
      const own = changes.filter(({ place, match }) => {
        if (seen.known !== null)
          return match.kind === 'actions' && match.actions.some((one) => one.action === seen.known?.action);
        if (place.key !== matchConnector(seen.connector, catalogue).key || match.kind !== seen.match.kind)
          return false;
        return match.kind !== 'unknown' || (seen.match.kind === 'unknown' && match.key === seen.match.key);
      });
      const change = own.at(-1);
      if (change === undefined) return silent;
      if (change.to === seen.width) return known(change.row);
      const on = dayWords(dayOf(change.row.at, zone));
      return {
        known: false,
        why: `The last change of it in the log, on ${on}, set it to ${change.to === null ? 'the default' : WIDTH_WORDS[change.to]}. A later one is in no log that was imported.`,
      };
    },
    ofConnector: (connector, how) => {
      const row = servers.findLast((one) => isOf(detailText(one, 'mcp_server_name'), connector));
      const wanted = how === 'added' ? 'mcp_server_created' : 'mcp_server_deleted';
      return row?.type === wanted ? known(row) : silent;
    },
    ofSetting: (types) => last((row) => changesSetting(row, types)),
    ofEvents: last,
  };
}

function changesSetting(row: ActivityRow, types: readonly string[]): boolean {
  if (types.includes(row.type)) return true;
  if (row.type !== 'claude_organization_settings_updated') return false;
  const { updates } = row.detail;
  return (
    Array.isArray(updates) &&
    updates.some(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        'type' in one &&
        typeof one.type === 'string' &&
        types.includes(one.type),
    )
  );
}
