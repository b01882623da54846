import { z } from 'zod';
import { leftOutWords } from '../../decide/left-out.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { askEffects } from './ask-effects.ts';
import { cellWords, every, itemOf, stateGaps, whoSet, whoUnknown } from './cell-words.ts';
import { type Approved, approvalsOf, approvedConnectors, effectsOf } from './chartered.ts';
import { matchConnector } from './match.ts';
import { observe } from './observe.ts';
import type { Cell, ObservedConnector } from './table.ts';
import { namesChange } from './verbs.ts';
import { WIDTH_WORDS, wider } from './width.ts';

/**
 * CON-13: the membership system is read-only; anything not certain to be a read is blocked (guide 2.2 step 4, the AMS
 * row and tip).
 */
export const amsReadOnly = defineRule({
  name: 'ams-read-only',
  about:
    'Every action of a membership-system connector that writes, deletes, sends or administers must be Blocked, even if only its name says so, as in “Update contact”. If no one has classified another action, Bylaw asks whether it only reads.',
  failsFromPart: ['connectors'],
  undoneByPart: true,
  params: z.strictObject({}),
  decide(context) {
    const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
    const seen = observe(context);
    const systems = seen.enabled.filter(
      (connector) => isAms(context, connector, approved) || holdsRecordsOfAms(context, connector, approved),
    );
    const wide: Cell[] = [];
    const unknown: Cell[] = [];
    const unread: Cell[] = [];
    let counted = 0;
    for (const connector of systems) {
      for (const cell of connector.cells) {
        const effects = effectsOf(cell, connector, approved);
        if (effects.every((effect) => effect === 'read')) continue;
        counted += 1;
        if (cell.width === null) unread.push(cell);
        else if (wider(cell.width, 'blocked'))
          // "All other actions" includes tools added later, so leaving it open certainly opens writes.
          (effects.includes('unknown') && cell.match.kind !== 'rest' && !namesChange(cell.action)
            ? unknown
            : wide
          ).push(cell);
      }
    }
    if (wide.length > 0) {
      const items = wide.map((cell) => {
        const who = whoSet(context, cell);
        const why =
          cell.match.kind === 'rest'
            ? 'It covers whatever tool is added. '
            : cell.match.kind === 'unknown' && namesChange(cell.action)
              ? 'Going by its name, it changes or sends something. '
              : '';
        return itemOf(cell, `${why}It is ${WIDTH_WORDS[cell.width ?? 'allow']}.${who ? ` ${who}` : ''}`);
      });
      return because(
        'connectors.ams_read_only.can_change',
        `${count(wide.length, 'action')} that could change member records ${verb(wide.length, 'is', 'are')} not Blocked: ${names(
          wide.map((cell) => `${cellWords(cell)} is ${WIDTH_WORDS[cell.width ?? 'allow']}`),
          4,
        )}.${whoUnknown(context)}`,
      ).fail(
        wide.flatMap((cell) => cell.evidence),
        items,
      );
    }
    if (unknown.length > 0)
      return because(
        'connectors.ams_read_only.effects_unknown',
        `${count(unknown.length, 'action')} of the membership system ${verb(unknown.length, 'is', 'are')} not Blocked, and no one has stated whether ${verb(unknown.length, 'it only reads', 'they only read')}: ${names(unknown.map(cellWords), 4)}.${seen.unset ? ` ${seen.unset.why}` : ''}`,
      ).cannotRead(
        askEffects(unknown, seen.unset),
        seen.evidence,
        unknown.map((cell) => itemOf(cell, 'What it does is not known.')),
      );
    if (seen.unset) return absent(seen.unset).cannotRead(seen.unset.howToGet);
    const gaps = stateGaps(unread, systems);
    if (gaps)
      return because(
        'connectors.ams_read_only.states_unknown',
        `Whether the membership system is read only cannot be determined: ${names(gaps.parts, 3)}.`,
      ).cannotRead(gaps.question, seen.evidence, gaps.items);
    const ams = context.charter.ok ? context.charter.value.ams : undefined;
    const unused = ams?.methods.every((method) => method === 'none') === true;
    const rest = seen.enabled.filter((connector) => !systems.includes(connector));
    const foreign = rest.filter((connector) => connector.entries.length === 0);
    const unapproved = foreign.filter((connector) => approvalsOf(connector, approved).length === 0);
    const strangers = rest.filter((connector) => {
      const own = approvalsOf(connector, approved).map((one) => one.connector);
      // Many associations keep their members in a CRM; only the charter can say which system it is.
      if (
        connector.entries.some(({ category }) => category === 'crm') ||
        connector.systems?.some((system) => /\bcrm\b/i.test(system))
      )
        return systems.length === 0 && !ams && own.every(({ isAms }) => isAms === undefined);
      if (connector.entries.length > 0) return false;
      // A charter that uses no membership system says nothing about a server that is on without approval.
      if (own.length === 0) return !unused || !allBlocked(connector);
      if (own.some((one) => one.isAms !== undefined)) return false;
      // If a membership system is known, ask about another approved connector only if it holds member data.
      if (systems.length > 0) return own.some((one) => one.holdsMemberData === true);
      return !ams || ams.methods.includes('custom_mcp');
    });
    if (strangers.length > 0) {
      const left = context.charter.ok
        ? context.charter.leftOut?.find(({ path }) => path === 'ams')
        : undefined;
      const incomplete = left === undefined ? '' : ` ${leftOutWords('charter', [left])}`;
      return because(
        'connectors.ams_read_only.connectors_unknown',
        `It is not known whether ${names(strangers.map((connector) => connector.name))} ${verb(strangers.length, 'reaches', 'reach')} a membership system.${incomplete}`,
        { connectors: strangers.map(({ name }) => name) },
      ).cannotRead(
        ask(
          'charter',
          'connectors.isAms',
          `State \`isAms\` (true or false) for ${names(strangers.map((connector) => connector.name))} under \`connectors\` in the charter${ams ? '' : ', or name the membership system under `ams`'}.`,
          [...strangers.map(({ key }) => key), ...(ams ? [] : ['or_ams'])],
        ),
        seen.evidence,
      );
    }
    if (systems.length > 0) {
      return because(
        'connectors.ams_read_only.read_only',
        `${names(systems.map((connector) => connector.name))} ${verb(systems.length, 'is', 'are')} read only: ${counted === 0 ? 'the table lists only reads' : `${every(counted, 'other action').toLowerCase()} ${verb(counted, 'is', 'are')} Blocked`}.`,
      ).pass(seen.evidence);
    }
    if (ams && unused && unapproved.length > 0)
      return because(
        'connectors.ams_read_only.not_used_by_charter',
        `${ams.name} is not used with Claude according to the charter. What ${names(unapproved.map(({ name }) => name))} ${verb(unapproved.length, 'reaches', 'reach')} is not known, and the charter does not approve ${verb(unapproved.length, 'it', 'them')}.`,
      ).notApplicable(seen.evidence);
    if (ams && unused)
      return because(
        'connectors.ams_read_only.not_used',
        `${ams.name} is not used with Claude, and the table shows no connector to it.`,
      ).notApplicable(seen.evidence);
    return because(
      'connectors.ams_read_only.no_connector',
      `None of the ${count(seen.enabled.length, 'enabled connector')} reaches a membership system.`,
    ).pass(seen.evidence);
  },
});

/** Whether every action of a connector is blocked, so that its system does not matter. */
const allBlocked = ({ cells }: ObservedConnector) =>
  cells.length > 0 && cells.every(({ width }) => width !== null && !wider(width, 'blocked'));

/** Whether a table's name for a kind of system means a membership system: "AMS", "Membership database". */
const namesAms = (system: string): boolean =>
  /(?<!\p{L})(?:ams|memberships?|member (?:data\p{L}*|management|records?|system)|association management|mitglieder(?:verwaltung|datenbank|daten|system)|(?:gestion|base) des (?:adh[eé]rents|membres)|(?:gesti[oó]n|base) de (?:miembros|socios|asociados|afiliados))(?!\p{L})/iu.test(
    system,
  );

/**
 * Whether a connector reaches a membership system: according to the charter, the catalogue, the charter's name of the
 * AMS, or the connectors table if the charter does not deny it.
 */
export function isAms(
  context: CheckContext,
  connector: ObservedConnector,
  approved: readonly Approved[],
): boolean {
  if (approvalsOf(connector, approved).some((one) => one.connector.isAms === true)) return true;
  if (connector.entries.some((entry) => entry.category === 'ams')) return true;
  if (connector.key.split(' ').includes('ams')) return true;
  if (
    connector.systems?.some(namesAms) &&
    approvalsOf(connector, approved).every((one) => one.connector.isAms !== false)
  )
    return true;
  const name = context.charter.ok ? context.charter.value.ams?.name : undefined;
  return name !== undefined && matchConnector(name, context.catalogue).key === connector.key;
}
/** Whether the charter's AMS keeps its records in the connector's system, and the charter does not deny it. */
function holdsRecordsOfAms(
  context: CheckContext,
  connector: ObservedConnector,
  approved: readonly Approved[],
): boolean {
  const name = context.charter.ok ? context.charter.value.ams?.name : undefined;
  if (name === undefined) return false;
  const keptIn = matchConnector(name, context.catalogue).entries.map(({ recordsIn }) => recordsIn);
  return (
    connector.entries.some(({ id }) => keptIn.includes(id)) &&
    approvalsOf(connector, approved).every((one) => one.connector.isAms !== false)
  );
}
// Guide: G2.2-23 G2.2-28 G2.2-30 G3.3-05
