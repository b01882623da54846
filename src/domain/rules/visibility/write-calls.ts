import { dayOf } from '../../model/local-time.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { type Approved, approvalsOf, approvedConnectors, blocksTool } from '../connectors/chartered.ts';
import { placeOfCall } from '../connectors/in-use.ts';
import type { Effect } from '../connectors/match.ts';
import { because } from '../outcome.ts';
import { callersWords, exportedTelemetry, type WriteCall, writeCalls } from './telemetry.ts';

/** Whether the charter opens a write action of a connector; unknown if an open action's effect is not known. */
export type Opens = 'yes' | 'no' | 'unknown';

/**
 * Telemetry shows who wrote, but can only add findings: not every client sends it, so the absence of writes proves
 * nothing.
 */
export function byTelemetry(context: CheckContext): Outcome | null {
  const telemetry = exportedTelemetry(context);
  const { charter } = context;
  if (telemetry === null || !charter.ok || !charter.value.connectors) return null;
  const approved = approvedConnectors(charter.value, context.catalogue);
  const since = charter.value.inForceSince ?? '';
  const by = new Map<string, { name: string; calls: WriteCall[] }>();
  const blocked = new Map<string, { name: string; calls: WriteCall[] }>();
  const add = (list: typeof by, key: string, name: string, call: WriteCall) => {
    const one = list.get(key) ?? { name, calls: [] };
    one.calls.push(call);
    list.set(key, one);
  };
  for (const call of writeCalls(context, telemetry)) {
    const place = placeOfCall(context, call.connector, call.row.tool);
    const tool = call.row.tool ?? '';
    if (approvalsOf(place, approved).every((one) => opensWrite(one) === 'no'))
      add(by, place.key, place.name, call);
    // A refused call shows that the block works, and a call before the charter took effect was not covered by it.
    else if (
      call.came !== 'attempted' &&
      dayOf(call.row.at, context.profile.timezone) >= since &&
      blocksTool(tool, place, approved)
    )
      add(blocked, `${place.key}/${tool}`, `${place.name} “${tool}”`, call);
  }
  if (by.size === 0 && blocked.size === 0) return null;
  const itemsOf = (came: WriteCall['came'], what: (many: number) => string) => [
    ...listed(by, came, what, 'the charter opens no write action'),
    ...listed(blocked, came, what, 'the charter blocks this action'),
  ];
  const listed = (
    list: typeof by,
    came: WriteCall['came'],
    what: (many: number) => string,
    says: string,
  ): Item[] =>
    [...list].flatMap(([key, { name, calls }]): Item[] => {
      const rows = calls.filter((call) => call.came === came).map(({ row }) => row);
      if (rows.length === 0) return [];
      const tools = [...new Set(rows.flatMap(({ tool }) => (tool?.trim() ? [tool.trim()] : [])))];
      const which = tools.length === 0 ? '' : ` (${names(tools)})`;
      const detail = `${what(rows.length)}${which} by ${callersWords(rows)}; ${says}.`;
      const evidence = rows
        .slice(0, 5)
        .map((row) => telemetry.cite(row, `${row.tool ?? 'a tool'}, ${row.person ?? 'no one named'}`));
      return [{ key: key.toLowerCase(), label: name, detail, evidence }];
    });
  const items = itemsOf('executed', (many) => count(many, 'write call'));
  const tried = itemsOf('attempted', (many) => `${count(many, 'attempt')} to write`);
  const unsure = itemsOf(null, (many) => `${count(many, 'write call')} without an outcome`);
  const attempts =
    tried.length === 0
      ? ''
      : `Attempted, and failed or refused: ${names(tried.map(inShort))}; nothing was written.`;
  if (items.length === 0 && unsure.length > 0)
    return because(
      'visibility.write_actions.telemetry_unclear',
      `Telemetry does not say whether write actions ran for which the charter allows none: ${names(unsure.map(inShort))}. ${attempts}`.trim(),
    ).cannotRead(
      ask(
        'look',
        'write_actions',
        'Ask the people concerned, and look into the system that the connector writes to.',
      ),
      [...telemetry.evidence, ...unsure.flatMap(({ evidence }) => evidence)],
      unsure,
    );
  if (items.length === 0)
    return because('visibility.write_actions.telemetry_none', attempts).pass([
      ...telemetry.evidence,
      ...tried.flatMap(({ evidence }) => evidence),
    ]);
  const keys = new Set([...blocked.keys()].map((key) => key.toLowerCase()));
  const barred = items.filter(({ key }) => keys.has(key));
  const closed = items.filter(({ key }) => !keys.has(key));
  const shows = [
    closed.length > 0
      ? `Telemetry shows write actions through ${count(closed.length, 'connector')} for which the charter allows none: ${names(closed.map(inShort))}.`
      : '',
    barred.length > 0
      ? `Telemetry shows ${count(barred.length, 'action')} in use that the charter blocks: ${names(barred.map(inShort))}.`
      : '',
    attempts,
  ];
  return because(
    'visibility.write_actions.telemetry_write',
    shows.filter((text) => text !== '').join(' '),
  ).fail([...telemetry.evidence, ...items.flatMap(({ evidence }) => evidence)], items);
}

/** "Gmail (2 write calls by ann@alder.example.org (2 calls))" */
function inShort({ label, detail }: Item): string {
  return `${label} (${detail.slice(0, detail.lastIndexOf(';'))})`;
}

/** Whether the charter leaves open an action that does more than read. */
export function opensWrite({ connector, place, actions }: Approved): Opens {
  const named = new Set(
    actions.flatMap(({ match }) =>
      match.kind === 'actions' ? match.actions.map(({ action }) => action) : [],
    ),
  );
  const classed = new Set(actions.flatMap(({ match }) => (match.kind === 'class' ? match.effects : [])));
  const effects = actions.flatMap(({ text, permission, match }): readonly Effect[] => {
    if (permission === 'blocked') return [];
    if (match.kind === 'class') return match.effects;
    if (match.kind === 'actions') return match.actions.map(({ action }) => action.effect);
    if (match.kind === 'unknown') return [connector.effects?.[text] ?? 'unknown'];
    const rest = place.entries
      .flatMap((entry) => entry.actions)
      .filter((action) => !named.has(action) && !classed.has(action.effect));
    return rest.length > 0 ? rest.map((action) => action.effect) : ['unknown'];
  });
  if (effects.some((effect) => effect !== 'read' && effect !== 'unknown')) return 'yes';
  return effects.includes('unknown') ? 'unknown' : 'no';
}
