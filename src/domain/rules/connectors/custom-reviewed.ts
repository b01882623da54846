import { z } from 'zod';
import { type ConnectorKind, connectorKind, isOwnServer, statedKind } from '../../charter/connector-kind.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { namesNobody } from '../../people/names.ts';
import { saysNotAgreed } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { signatureDoubt } from '../statements.ts';
import { nameList } from './cell-words.ts';
import { type Approved, approvalsOf, approvedConnectors } from './chartered.ts';
import { detailText } from './events.ts';
import { matchConnector } from './match.ts';
import { observe } from './observe.ts';
import type { ObservedConnector } from './table.ts';

/** Names that mark a connector as custom in the table: "Member lookup (custom)". */
const CUSTOM =
  /\(\s*custom(?: (?:connector|integration|mcp(?: server)?))?\s*\)|\bcustom (?:connector|mcp)\b/i;

/** CON-21: custom connectors passed a security review before they were enabled (guide 3.3, 3.4). */
export const customReviewed = defineRule({
  name: 'custom-connectors-reviewed',
  signed: () => ['approvedChanges'],
  about:
    'A connector that the connectors table, the charter or the catalogue calls custom needs a security review dated before the first day it is seen enabled. If neither says what kind it is, Bylaw asks, unless it was reviewed anyway.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
    const seen = observe(context);
    const kindOf = (connector: ObservedConnector): ConnectorKind | null =>
      // A custom server may have the name of a product in the directory.
      connector.custom
        ? 'custom'
        : (connectorKind(
            connector.entries,
            approvalsOf(connector, approved).map((one) => statedKind(one.connector)),
          ) ?? (CUSTOM.test(connector.name) ? 'custom' : null));
    const isOf = (is: ConnectorKind | null) => (connector: ObservedConnector) => kindOf(connector) === is;
    const custom = seen.enabled.filter(isOf('custom'));
    const planned = approved.filter(
      (one) =>
        isOwnServer(one.connector) && !custom.some((connector) => approvalsOf(connector, [one]).length > 0),
    );
    const items = custom.flatMap(
      (connector) => fault(context, connector, approvalsOf(connector, approved)) ?? [],
    );
    if (items.length > 0) {
      const reason = `${items.length} of ${count(custom.length, 'enabled custom connector')} ${verb(items.length, 'has', 'have')} no security review from before ${verb(items.length, 'it was', 'they were')} enabled: ${names(
        items.map((item) => item.label),
        4,
      )}.`;
      return because('connectors.custom_reviewed.not_reviewed', reason).fail(
        items.flatMap((item) => item.evidence),
        items,
      );
    }
    if (seen.missing) return absent(seen.missing).cannotRead(seen.missing.howToGet);
    const unclear = seen.enabled
      .filter(isOf(null))
      .flatMap((connector) => fault(context, connector, approvalsOf(connector, approved)) ?? []);
    if (unclear.length > 0) {
      const which = names(unclear.map(({ label }) => label));
      return because(
        'connectors.custom_reviewed.kind_unknown',
        `It is not known whether ${which} ${verb(unclear.length, 'is a custom connector', 'are custom connectors')}, which would have to be reviewed first: neither the charter nor the catalogue says so.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.kind',
          `State \`kind\` (directory or custom) for ${which} under \`connectors\` in the charter.`,
          unclear.map(({ key }) => key),
        ),
        unclear.flatMap(({ evidence }) => evidence),
        unclear,
      );
    }
    const replaced = custom.flatMap(
      (connector) => replacedSince(context, connector, approvalsOf(connector, approved)) ?? [],
    );
    if (replaced.length > 0)
      return because(
        'connectors.custom_reviewed.added_again',
        `${names(replaced.map(({ label }) => label))} ${verb(replaced.length, 'was', 'were')} removed and added again after the security review, which is how a custom server is changed. Whether the server that is on now was reviewed is not known.`,
      ).cannotRead(
        ask(
          'charter',
          'connectors.securityReview',
          `State the day of the review of the server that is on now under \`securityReview\` of ${names(replaced.map(({ label }) => label))} in the charter.`,
          replaced.map(({ key }) => key),
        ),
        replaced.flatMap(({ evidence }) => evidence),
        replaced,
      );
    const waiting = planned.filter(
      (one) => one.connector.securityReview === undefined || one.connector.securityReview.on > context.today,
    );
    const note =
      waiting.length > 0
        ? ` ${names(waiting.map((one) => one.connector.name))} ${verb(waiting.length, 'is', 'are')} in the charter without a review and not enabled.`
        : '';
    if (custom.length === 0)
      return because(
        'connectors.custom_reviewed.none_custom',
        `None of the ${count(seen.enabled.length, 'enabled connector')} is a custom one.${note}`,
      ).pass(seen.evidence);
    const reviews = custom.flatMap((connector) =>
      approvalsOf(connector, approved).map((one) => reviewEvidence(context, one)),
    );
    return because(
      'connectors.custom_reviewed.all_reviewed',
      `${count(custom.length, 'custom connector')} ${verb(custom.length, 'was', 'were')} reviewed before ${verb(custom.length, 'it was', 'they were')} first seen enabled: ${nameList(custom)}.${note}`,
    ).pass([...seen.evidence, ...reviews.flat()]);
  },
});

function fault(context: CheckContext, connector: ObservedConnector, own: readonly Approved[]): Item | null {
  const one = own.find((candidate) => candidate.connector.securityReview) ?? own[0];
  const review = one?.connector.securityReview;
  const first = firstSeen(context, connector);
  const item = (detail: string): Item => ({
    key: connector.key.toLowerCase(),
    label: connector.name,
    detail,
    evidence: [
      ...connector.evidence,
      ...(first ? [first.evidence] : []),
      ...(one ? reviewEvidence(context, one) : []),
    ],
  });
  if (!review) return item('Enabled without a security review in the charter.');
  const unnamed = [
    ...(namesNobody(review.by) ? ['who made it'] : []),
    ...(namesNobody(review.vendorContact) || saysNotAgreed(review.vendorContact)
      ? ['who answered at the vendor']
      : []),
  ];
  if (unnamed.length > 0) return item(`The review in the charter does not name ${names(unnamed)}.`);
  const doubt = signatureDoubt(context, review.by, review.on);
  if (doubt !== null) return item(`The review of ${dayWords(review.on)} does not count: ${doubt}`);
  if (review.on > context.today)
    return item(`The review is dated ${dayWords(review.on)}, which is in the future.`);
  const again = lastAddedAgain(context, connector);
  if (again !== null && review.on <= again.day) return null;
  if (first && review.on > first.day)
    return item(`Reviewed on ${dayWords(review.on)}, first seen enabled on ${dayWords(first.day)}.`);
  return null;
}

/** A connector that was removed and added again, with a review of the server before that; null: another one. */
function replacedSince(
  context: CheckContext,
  connector: ObservedConnector,
  own: readonly Approved[],
): Item | null {
  const one = own.find((candidate) => candidate.connector.securityReview);
  const review = one?.connector.securityReview;
  const again = lastAddedAgain(context, connector);
  if (one === undefined || review === undefined || again === null || review.on >= again.removed) return null;
  const first = firstSeen(context, connector);
  // A review while the earlier server was on can only be that of the one that replaced it.
  if (first !== null && first.day < review.on) return null;
  return {
    key: connector.key.toLowerCase(),
    label: connector.name,
    detail: `Reviewed on ${dayWords(review.on)}, removed on ${dayWords(again.removed)} and added again on ${dayWords(again.day)}.`,
    evidence: [again.evidence, ...reviewEvidence(context, one)],
  };
}

/** The newest event that added a connector after one that removed it, with both days; null: there is none. */
function lastAddedAgain(
  context: CheckContext,
  connector: Pick<ObservedConnector, 'key' | 'entries'>,
): { readonly day: string; readonly removed: string; readonly evidence: Evidence } | null {
  const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
  if (!events?.ok) return null;
  const zone = context.profile.timezone;
  const own = events.rows
    .filter((event) => isSame(context, connector, detailText(event, 'mcp_server_name') ?? ''))
    .toSorted((a, b) => a.at.localeCompare(b.at));
  const added = own.findLast(({ type }) => type === 'mcp_server_created');
  if (added === undefined) return null;
  const removed = own.findLast(({ type, at }) => type === 'mcp_server_deleted' && at <= added.at);
  if (removed === undefined) return null;
  return {
    day: dayOf(added.at, zone),
    removed: dayOf(removed.at, zone),
    evidence: events.cite(added, 'added again'),
  };
}

function isSame(
  context: CheckContext,
  connector: Pick<ObservedConnector, 'key' | 'entries'>,
  name: string,
): boolean {
  const place = matchConnector(name, context.catalogue);
  return place.key === connector.key || place.entries.some((entry) => connector.entries.includes(entry));
}

function reviewEvidence(context: CheckContext, one: Approved): Evidence[] {
  const { securityReview: review } = one.connector;
  if (!context.charter.ok || !review) return [];
  return [
    context.charter.cite(
      `connectors.${one.index}.securityReview`,
      `security review by ${review.by} with ${review.vendorContact} on ${dayWords(review.on)}`,
    ),
  ];
}

/**
 * First day on which the connector is known to be enabled: the event that added it, the journal, or the earliest table.
 */
export function firstSeen(
  context: CheckContext,
  connector: Pick<ObservedConnector, 'key' | 'entries'>,
): { day: string; evidence: Evidence } | null {
  const same = (name: string) => isSame(context, connector, name);
  const found: { day: string; evidence: Evidence }[] = [];
  const events = context.profile.claudePlan === 'enterprise' ? context.events() : null;
  if (events?.ok) {
    const row = events.rows.find(
      (event) => event.type === 'mcp_server_created' && same(detailText(event, 'mcp_server_name') ?? ''),
    );
    if (row)
      found.push({ day: dayOf(row.at, context.profile.timezone), evidence: events.cite(row, 'added') });
  }
  if (context.journal.ok) {
    for (const [index, change] of (context.journal.value.approvedChanges ?? []).entries()) {
      if (change.to === 'added' && change.on <= context.today && same(change.connector))
        found.push({
          day: change.on,
          evidence: context.journal.cite(`approvedChanges.${index}`, `added on ${dayWords(change.on)}`),
        });
    }
  }
  for (const reading of context.history('connectors')) {
    const row = reading.rows.find((candidate) => candidate.enabled !== false && same(candidate.connector));
    if (row) {
      found.push({
        day: reading.observedOn,
        evidence: {
          kind: 'connectors',
          file: row.file,
          row: row.row,
          observedOn: reading.observedOn,
          says: `${row.connector} listed`,
        },
      });
      break;
    }
  }
  return found.sort((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null;
}
// Guide: G2.2-20 G3.3-06 G3.4-06
