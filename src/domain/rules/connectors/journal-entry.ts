import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { tablesUpTo } from './earlier-tables.ts';
import { byWhom, detailText, serverAdded, serverName } from './events.ts';
import { matchConnector } from './match.ts';
import { readTable } from './table.ts';

/** Connectors that were added after a day and still exist, according to the journal and the events. */
function addedSince(
  context: CheckContext,
  day: string,
): readonly { readonly name: string; readonly evidence: Evidence }[] {
  const { journal, profile, today } = context;
  const added = new Map<string, { name: string; evidence: Evidence }>();
  const keyOf = (name: string) => matchConnector(name, context.catalogue).key;
  for (const [at, { to, on, connector }] of (journal.ok
    ? (journal.value.approvedChanges ?? [])
    : []
  ).entries())
    if (to === 'added' && on > day && on <= today && journal.ok)
      added.set(keyOf(connector), {
        name: connector,
        evidence: journal.cite(`approvedChanges.${at}`, `added on ${dayWords(on)}`),
      });
  const events = profile.claudePlan === 'enterprise' ? context.events() : null;
  if (events?.ok)
    for (const row of events.rows) {
      const on = serverAdded(row);
      if (on === null || dayOf(row.at, profile.timezone) <= day) continue;
      const name = serverName(row, events);
      const key = name === null ? `id ${detailText(row, 'mcp_server_id') ?? ''}` : keyOf(name);
      if (!on) added.delete(key);
      else if (row.type === 'mcp_server_created')
        added.set(key, {
          name: name ?? 'a connector that the event does not name',
          evidence: events.cite(row, `added by ${byWhom(row, profile.timezone)}`),
        });
    }
  return [...added.values()];
}

/** Days before the first invitation within which preparations count: wishes and products change within a year. */
const MAX_BEFORE = 365;

/** Days for which a connectors table is current. */
const TABLE_DAYS = 45;

/**
 * What the newest connectors table shows as on and the one from about a day does not; null: nothing, or there are not
 * two tables.
 */
function shownSince(
  context: CheckContext,
  day: string,
): { readonly words: string; readonly names: readonly string[] } | null {
  const table = context.read('connectors', TABLE_DAYS);
  if (!table.ok || table.observedOn <= day) return null;
  const tables = tablesUpTo(context, table.observedOn);
  const base = tables.findLast((one) => one.day <= day) ?? tables[0];
  const newest = tables.at(-1);
  if (base === undefined || newest === undefined || base === newest) return null;
  const before = readTable(base.lines, context.catalogue).filter(({ enabled }) => enabled);
  const list = readTable(newest.lines, context.catalogue)
    .filter(
      (one) =>
        one.enabled &&
        !before.some(
          ({ key, entries }) => key === one.key || entries.some((entry) => one.entries.includes(entry)),
        ),
    )
    .map(({ name }) => name);
  return list.length === 0
    ? null
    : {
        names: list,
        words: `The connectors table of ${dayWords(newest.day)} shows ${names(list, 4)} as on, and that of ${dayWords(base.day)} does not.`,
      };
}

/** CON-01, CON-05 and CON-31: the journal records that something was done, on which day and by whom. */
export const journalEntry = defineRule({
  name: 'connector-journal-entry',
  signed: ({ entry }) => [entry],
  about:
    'Reads one dated entry of the journal. An entry that can go out of date is valid for the given number of days.',
  params: z.strictObject({
    entry: z.enum(['connectorInventory', 'defaultConnectorsRemoved', 'explainedToLeadership']),
    /** What was done, as the middle of a sentence: "the wanted connectors were listed". */
    done: z.string().min(1),
    /** What to write, after "Write under `…` in the journal". */
    ask: z.string().min(1),
    days: z.number().int().min(1).optional(),
    /** Sentence added to every outcome. */
    note: z.string().min(1).optional(),
  }),
  decide(context, { entry, done, ask: write, days, note }) {
    const question = ask('journal', entry, `Write under \`${entry}\` in the journal ${write}`);
    const more = note ? ` ${note}` : '';
    if (!context.journal.ok)
      return because('connectors.journal_entry.no_journal', `${context.journal.why}${more}`).cannotRead(
        question,
      );
    const value = context.journal.value[entry];
    if (!value)
      return because(
        'connectors.journal_entry.not_written',
        `The journal does not say when ${done}.${more}`,
      ).cannotRead(question);
    const evidence = [context.journal.cite(entry, `${value.by} on ${dayWords(value.on)}`)];
    if (value.on > context.today)
      return because(
        'connectors.journal_entry.ahead',
        `The journal says for ${dayWords(value.on)}, a day in the future, that ${done}.${more}`,
      ).cannotRead(question, evidence);
    if (days !== undefined && addDays(value.on, days) < context.today) {
      return because(
        'connectors.journal_entry.old',
        `The journal says that ${done} on ${dayWords(value.on)}, ${count(daysBetween(value.on, context.today), 'day')} ago. That is valid for ${days}.`,
      ).cannotRead(question, evidence);
    }
    const since = entry === 'explainedToLeadership' ? addedSince(context, value.on) : [];
    if (since.length > 0)
      return because(
        'connectors.journal_entry.added_since',
        `The journal says that ${done} on ${dayWords(value.on)}. Added since then: ${names(
          since.map(({ name }) => name),
          4,
        )}.`,
      ).cannotRead(question, [...evidence, ...since.map((one) => one.evidence)]);
    const shown = entry === 'explainedToLeadership' ? shownSince(context, value.on) : null;
    if (shown !== null)
      return because(
        'connectors.journal_entry.shown_since',
        `The journal says that ${done} on ${dayWords(value.on)}. ${shown.words}`,
        { connectors: shown.names },
      ).cannotRead(question, evidence);
    const first = context.journal.value.firstInvitation;
    if (entry !== 'explainedToLeadership' && first !== undefined && addDays(value.on, MAX_BEFORE) < first)
      return because(
        'connectors.journal_entry.long_before',
        `The journal says that ${done} on ${dayWords(value.on)}, ${count(daysBetween(value.on, first), 'day')} before the first invitation of ${dayWords(first)}. What was true then is too old.${more}`,
      ).cannotRead(question, evidence);
    const late =
      entry !== 'explainedToLeadership' && first !== undefined && value.on > first
        ? ` That was after the first invitation of ${dayWords(first)}.`
        : '';
    return because(
      'connectors.journal_entry.written',
      `According to the journal of ${value.by}, ${done} on ${dayWords(value.on)}.${late}${more}`,
      { by: value.by },
    ).passAsOf(value.on, evidence);
  },
});
// Guide: G2.1-03 G2.2-15 G2.2-16 G3.1-00 G3.1-01 G3.1-02 GA-06
