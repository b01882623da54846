import type { Catalogue, Connector } from '../../model/catalogue.ts';
import { addDays } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { matchConnector } from '../../rules/connectors/match.ts';
import { dayWords } from '../../text/words.ts';
import type { MatrixConnector } from '../row.ts';
import { type Gate, gate, unknownGate } from './gate.ts';

/** Whether the rights in the source system were reviewed, according to the charter: required before a connector. */
export interface Prerequisite {
  readonly met: boolean;
  readonly reviewed: string | null;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

type Named = Pick<MatrixConnector, 'id' | 'name' | 'charter' | 'kind' | 'ams'>;

/** Catalogue entries that a system of the matrix represents; a combined id joins them with `+`. */
export function entriesOf(id: string, catalogue: Pick<Catalogue, 'connectors'>): readonly Connector[] {
  const ids = new Set(id.split('+'));
  return catalogue.connectors.filter((one) => ids.has(one.id));
}

/** Whether people sign in to the system with their own accounts, as far as the vendor documents it. */
export function signsInAsThemselves(connector: Named, entries: readonly Connector[]): boolean {
  return (
    !connector.ams &&
    connector.kind !== 'custom' &&
    entries.length > 0 &&
    entries.every((entry) => entry.directory === 'confirmed' && entry.category !== 'ams')
  );
}

/**
 * Whose rights apply in the system. If people sign in as themselves, Claude has exactly their rights; a server with one
 * shared account gives everyone that account's rights. What those rights are, no source here shows.
 */
export function rightsGate(connector: Named, context: CheckContext): Gate {
  const { catalogue } = context;
  const { name } = connector;
  const entries = entriesOf(connector.id, catalogue);
  if (signsInAsThemselves(connector, entries))
    return gate(
      'own',
      `Each person signs in to ${name} as themselves, so Claude gets what their own rights there give and never more. No file here says what those rights are.`,
    );
  const ams = context.charter.ok ? context.charter.value.ams : undefined;
  const place = ams === undefined ? null : matchConnector(ams.name, catalogue);
  const isThe =
    place !== null && (place.key === connector.id || place.entries.some((entry) => entries.includes(entry)));
  if (isThe && ams?.serviceAccount !== undefined && context.charter.ok) {
    const { name: account, readOnly, admin, reviewed } = ams.serviceAccount;
    return gate(
      'account',
      `According to the charter everyone uses ${name} through one account: ${account}, ${readOnly ? 'read only' : 'which can do more than read'}, ${admin ? 'an administrator' : 'no administrator'}, reviewed on ${dayWords(reviewed)}. Everyone who uses it sees what that account sees, whatever their own rights are.`,
      [context.charter.cite('ams.serviceAccount', account)],
    );
  }
  const ask = `Ask the person who runs the ${name} server: does each person sign in as themselves, or does one account answer for all? If one account: what rights does it have, and does the server narrow them for each person?`;
  return connector.ams || isThe
    ? unknownGate(
        `${name} may be connected through one account for everyone, in which case each person gets that account’s rights. It is not recorded which is the case.`,
        `${ask} Write the account under “ams.serviceAccount” in the charter.`,
      )
    : unknownGate(
        `It is not known whether each person signs in to ${name} as themselves or one account answers for everyone.`,
        ask,
      );
}

/** @param days Days for which a review counts; null: not defined. */
export function prerequisiteOf(connector: Named, context: CheckContext, days: number | null): Prerequisite {
  const { name } = connector;
  const { charter } = context;
  const none = (words: string): Prerequisite => ({ met: false, reviewed: null, words, evidence: [] });
  const index =
    charter.ok && connector.charter !== null
      ? (charter.value.connectors ?? []).findIndex((one) => one.name === connector.charter)
      : -1;
  if (!charter.ok || index === -1)
    return none(
      `The charter does not approve ${name}, so no review of the rights in it is on record either.`,
    );
  const reviewed = charter.value.connectors?.[index]?.sourceReviewed;
  if (reviewed === undefined || reviewed > context.today)
    return none(
      `No review of the rights in ${name} itself is on record. Claude finds whatever is shared too widely there, so the review has to come first.`,
    );
  const evidence = [charter.cite(`connectors.${index}.sourceReviewed`, `reviewed on ${dayWords(reviewed)}`)];
  const old = days !== null && addDays(reviewed, days) < context.today;
  return {
    met: !old,
    reviewed,
    evidence,
    words: `The rights in ${name} itself were last reviewed on ${dayWords(reviewed)}${old ? `; a review is valid for ${days} days` : ''}, according to the charter.`,
  };
}
// Guide: G3.1-03 G3.1-04
