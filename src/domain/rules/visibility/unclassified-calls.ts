import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { approvalsOf, approvedConnectors, blocksTool } from '../connectors/chartered.ts';
import { placeOfCall } from '../connectors/in-use.ts';
import { because } from '../outcome.ts';
import { callersWords, exportedTelemetry, unclassifiedCalls } from './telemetry.ts';
import { opensWrite } from './write-calls.ts';

/**
 * Calls in telemetry of actions that no one has classified, through connectors whose writing the charter does not
 * allow, or of actions that it blocks. They are asked about: each may have changed something. null: there are none.
 */
export function unclassifiedByTelemetry(context: CheckContext, counted: Outcome): Outcome | null {
  const telemetry = exportedTelemetry(context);
  const { charter } = context;
  if (telemetry === null || !charter.ok || !charter.value.connectors) return null;
  const approved = approvedConnectors(charter.value, context.catalogue);
  const by = Map.groupBy(
    unclassifiedCalls(context, telemetry).flatMap(({ row, connector }) => {
      const place = placeOfCall(context, connector, row.tool);
      const tool = row.tool ?? '';
      const isClosed =
        approvalsOf(place, approved).every((one) => opensWrite(one) === 'no') ||
        blocksTool(tool, place, approved);
      return isClosed
        ? [{ row, key: `${place.key}/${tool}`.toLowerCase(), label: `${place.name} “${tool}”` }]
        : [];
    }),
    ({ key }) => key,
  );
  if (by.size === 0) return null;
  const items = [...by].map(([key, calls]): Item => {
    const rows = calls.map(({ row }) => row);
    return {
      key,
      label: calls[0]?.label ?? key,
      detail: `${count(rows.length, 'call')} by ${callersWords(rows)}; no one has classified this action.`,
      evidence: rows
        .slice(0, 5)
        .map((row) => telemetry.cite(row, `${row.tool ?? 'a tool'}, ${row.person ?? 'no one named'}`)),
    };
  });
  return because(
    'visibility.write_actions.telemetry_unclassified',
    `${counted.reason} Telemetry shows ${count(items.length, 'action')} in use of which it is not known whether ${verb(items.length, 'it changes', 'they change')} something: ${names(
      items.map(({ label }) => label),
      4,
    )}.`,
  ).cannotRead(
    ask(
      'charter',
      'connectors.effects',
      'State what these actions do under `effects` of the connector in the charter (read, write, delete, send or admin).',
      'in_use',
    ),
    [...counted.evidence, ...telemetry.evidence, ...items.flatMap(({ evidence }) => evidence)],
    items,
  );
}
// Guide: G5.1-08 G5.2-02 G5.5-02
