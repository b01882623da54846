import { z } from 'zod';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { nameList, whoUnknown } from './cell-words.ts';
import { chartered, charterWords } from './charter-asked.ts';
import { approvalsOf } from './chartered.ts';
import { byWhom, detailText } from './events.ts';
import { matchConnector, productsOf } from './match.ts';
import { observe } from './observe.ts';
import type { ObservedConnector } from './table.ts';
import { zeroBaseline, zeroBaselineWords } from './zero-baseline.ts';

/** CON-04: every enabled connector is in the charter (guide 2.2 step 3, 7.1). */
export const onlyChartered = defineRule({
  name: 'connectors-only-chartered',
  about:
    'Compares the enabled connectors of the connectors table, and on Enterprise the events since, with the charter. Until a charter names connectors, a lockdown in the journal means that none is approved.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const charter = approvals(context);
    if (!charter.ok) return charter.said.cannotRead(charter.ask);
    const seen = observe(context);
    const stray = seen.enabled.flatMap((connector) => unapprovedIn(connector, charter.approved));
    if (stray.length > 0) {
      const items = stray.map((connector) => strayItem(context, connector, charter.words));
      const list = names(
        stray.map((connector) => connector.name),
        5,
      );
      const reason = `${list} ${verb(stray.length, 'is', 'are')} enabled and ${charter.words} does not approve ${verb(stray.length, 'it', 'them')}.`;
      return because('connectors.only_chartered.not_chartered', `${reason}${whoUnknown(context)}`).fail(
        [charter.evidence, ...items.flatMap((item) => item.evidence)],
        items,
      );
    }
    if (seen.missing) return absent(seen.missing).cannotRead(seen.missing.howToGet, [charter.evidence]);
    if (seen.enabled.length === 0)
      return because(
        'connectors.only_chartered.none_enabled',
        'The connectors table shows no connector as enabled.',
      ).pass([charter.evidence, ...seen.evidence]);
    const reason = `${count(seen.enabled.length, 'connector')} ${verb(seen.enabled.length, 'is', 'are')} enabled and ${charterWords(context)} approves ${verb(seen.enabled.length, 'it', 'each of them')}: ${nameList(seen.enabled)}.`;
    return because('connectors.only_chartered.all_chartered', reason).pass([
      charter.evidence,
      ...seen.evidence,
    ]);
  },
});

/** What the charter does not approve of a line: the connector, or those of several that the line names. */
function unapprovedIn(
  connector: ObservedConnector,
  approved: Parameters<typeof approvalsOf>[1],
): readonly ObservedConnector[] {
  const products = productsOf(connector.entries);
  if (products.length < 2) return approvalsOf(connector, approved).length === 0 ? [connector] : [];
  return products.flatMap((entries) => {
    const [first] = entries;
    const isApproved = approvalsOf({ key: connector.key, entries }, approved).length > 0;
    return isApproved || first === undefined
      ? []
      : [{ ...connector, name: first.name, key: first.id, entries }];
  });
}

/** What connectors are compared with: the charter or, until it names any, the empty baseline after the lockdown. */
function approvals(context: CheckContext) {
  const charter = chartered(context);
  const words = charterWords(context);
  if (charter.ok) return { ...charter, words };
  const baseline = zeroBaseline(context);
  return baseline === null
    ? { ...charter, words }
    : { ok: true as const, approved: [], evidence: baseline.evidence, words: zeroBaselineWords(baseline) };
}

function strayItem(context: CheckContext, connector: ObservedConnector, approver: string): Item {
  const added = addedBy(context, connector.key);
  return {
    key: connector.key.toLowerCase(),
    label: connector.name,
    detail: `Enabled; ${approver} does not approve it.${added ? ` Added by ${added.words}.` : ''}`,
    evidence: [...connector.evidence, ...(added ? [added.evidence] : [])],
  };
}

function addedBy(context: CheckContext, key: string): { words: string; evidence: Evidence } | null {
  if (context.profile.claudePlan !== 'enterprise') return null;
  const events = context.events();
  if (!events.ok) return null;
  const row = events.rows
    .filter(
      (event) =>
        event.type === 'mcp_server_created' &&
        matchConnector(detailText(event, 'mcp_server_name') ?? '', context.catalogue).key === key,
    )
    .at(-1);
  if (!row) return null;
  const words = byWhom(row, context.profile.timezone);
  return { words, evidence: events.cite(row, `added by ${words}`) };
}
// Guide: G1.1-02 G2.2-13 G2.2-16 G2.2-17 G3.1-01 G3.4-01 G5.5-02 G7.1-01 GA-07
