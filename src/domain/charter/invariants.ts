import type { Catalogue } from '../model/catalogue.ts';
import type { Charter, InvariantException } from '../model/charter.ts';
import { addDays } from '../model/day.ts';
import type { Permission } from '../model/kinds.ts';
import { type Approved, approvedConnectors, statedEffect } from '../rules/connectors/chartered.ts';
import { type Effect, matchConnector } from '../rules/connectors/match.ts';
import { WIDTH_WORDS } from '../rules/connectors/width.ts';
import { dayWords, names } from '../text/words.ts';
import { exceptionFor } from './effective.ts';
import { cellKey } from './names.ts';

/** What no charter may contain without two approvers and an end date for each cell. */
export const INVARIANTS = ['ams_reads_only', 'never_always_allow'] as const;
export type Invariant = (typeof INVARIANTS)[number];

export const INVARIANT_WORDS: Readonly<Record<Invariant, string>> = {
  ams_reads_only: 'In a membership system, only reading is allowed',
  never_always_allow: 'Actions that delete, send or administer are never Always allow',
};

/** Longest duration in days of an exception to an invariant. */
export const MAX_INVARIANT_EXCEPTION_DAYS = 366;

/** A permission that violates an invariant. */
export interface BrokenCell {
  readonly invariant: Invariant;
  readonly connector: string;
  /** As the charter spells it; `*` for everything else. */
  readonly action: string;
  readonly permission: Permission;
  readonly effects: readonly Effect[];
  /** Titles of the catalogue's actions covered by a class or `*` that violate it. */
  readonly covers: readonly string[];
  /** What is wrong, in one or two sentences. */
  readonly words: string;
  readonly exception: InvariantException | null;
}

/** The cells of a charter that violate an invariant, whether or not an exception covers them. */
export function brokenCells(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly BrokenCell[] {
  return approvedConnectors(charter, catalogue).flatMap((one) => {
    const ams = isMembershipSystem(one, charter, catalogue);
    return one.actions.flatMap((action): BrokenCell[] => {
      const { effects, covered } = reachOf(action, one);
      const bad = (effect: Effect) =>
        ams ? effect !== 'read' : effect === 'delete' || effect === 'send' || effect === 'admin';
      const open = ams ? action.permission !== 'blocked' : action.permission === 'allow';
      // `*` may cover actions that delete: vendors add and remove tools without notice.
      const broken = open && (effects.some(bad) || action.match.kind === 'rest');
      if (!broken) return [];
      const covers = covered.filter(({ effect }) => bad(effect)).map(({ title }) => title);
      return [
        {
          invariant: ams ? 'ams_reads_only' : 'never_always_allow',
          connector: one.connector.name,
          action: action.text,
          permission: action.permission,
          effects,
          covers,
          words: wordsOf(one.connector.name, action.text, action.permission, ams, covers),
          exception: exceptionFor(charter, one.connector.name, action.text),
        },
      ];
    });
  });
}

function wordsOf(
  connector: string,
  action: string,
  permission: Permission,
  ams: boolean,
  covers: readonly string[],
): string {
  const reach =
    covers.length > 0
      ? ` It covers ${names(covers)}${action.trim() === '*' ? ', and whatever tool is added' : ''}.`
      : action.trim() === '*'
        ? ' It covers whatever tool is added.'
        : '';
  const rule = ams
    ? 'A membership system may only be read; all else is Blocked.'
    : 'Actions that delete, send or administer are never Always allow.';
  return `${connector}: ${action} is ${WIDTH_WORDS[permission]}.${reach} ${rule}`;
}

/** Result of checking a charter against the invariants on a day. */
export interface Invariants {
  readonly broken: readonly BrokenCell[];
  /** Those without an exception in effect, each with what to do: they keep the charter from being approved. */
  readonly uncovered: readonly { readonly cell: BrokenCell; readonly words: string }[];
  /** Exceptions for cells that violate nothing, and so have no effect. */
  readonly idle: readonly InvariantException[];
  /** Number of approvals needed in addition to the proposer. */
  readonly approvers: 1 | 2;
}

export function checkInvariants(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
  today: string,
): Invariants {
  const broken = brokenCells(charter, catalogue);
  const latest = addDays(today, MAX_INVARIANT_EXCEPTION_DAYS);
  const uncovered = broken.flatMap((cell) => {
    const { exception } = cell;
    const fault =
      exception === null
        ? 'Block it, or give it an exception with an end date.'
        : exception.until < today
          ? `Its exception ended on ${dayWords(exception.until)}. Block it, or decide on a new end.`
          : exception.until > latest
            ? `Its exception reaches to ${dayWords(exception.until)}; the latest end is ${dayWords(latest)}.`
            : null;
    return fault === null ? [] : [{ cell, words: `${cell.words} ${fault}` }];
  });
  const breaking = new Set(broken.map(({ connector, action }) => cellKey(connector, action)));
  const idle = (charter.invariantExceptions ?? []).filter(
    ({ connector, action }) => !breaking.has(cellKey(connector, action)),
  );
  return { broken, uncovered, idle, approvers: broken.length > 0 ? 2 : 1 };
}

/**
 * Whether it is a membership system: the catalogue decides first, then the charter (`isAms`, or the name of its AMS). A
 * server that is not in the catalogue and holds members' data counts as one unless the charter says `isAms: false`.
 */
export function isMembershipSystem(
  { connector, place }: Approved,
  { ams }: Pick<Charter, 'ams'>,
  catalogue: Pick<Catalogue, 'connectors'>,
): boolean {
  if (connector.isAms === true || place.entries.some(({ category }) => category === 'ams')) return true;
  if (ams !== undefined && matchConnector(ams.name, catalogue).key === place.key) return true;
  if (connector.isAms === false) return false;
  if (place.key.split(' ').includes('ams')) return true;
  return connector.holdsMemberData === true && place.entries.length === 0;
}

/** Names of membership systems that the charter lists as connectors with anything not blocked. */
export function openMembershipSystems(
  charter: Charter,
  catalogue: Pick<Catalogue, 'connectors'>,
): readonly string[] {
  return approvedConnectors(charter, catalogue)
    .filter((one) => one.actions.some(({ permission }) => permission !== 'blocked'))
    .filter((one) => isMembershipSystem(one, charter, catalogue))
    .map(({ connector }) => connector.name);
}

interface Reach {
  readonly effects: readonly Effect[];
  readonly covered: readonly { readonly title: string; readonly effect: Effect }[];
}

/**
 * What a charter entry lets Claude do. Unclassified actions have the effect `unknown`, which is limited like a write.
 */
export function reachOf({ text, match }: Approved['actions'][number], approved: Approved): Reach {
  const all = approved.place.entries.flatMap(({ actions }) => actions);
  switch (match.kind) {
    case 'actions': {
      const covered = match.actions.map(({ action }) => action);
      const stated = statedEffect(match, approved);
      const effects = covered.map(({ effect }) => (effect === 'unknown' ? (stated ?? effect) : effect));
      return { effects: [...new Set(effects)], covered: [] };
    }
    case 'class':
      return {
        effects: match.effects,
        covered: all.filter(({ effect }) => match.effects.includes(effect)),
      };
    case 'unknown':
      return { effects: [statedEffect(match, approved) ?? 'unknown'], covered: [] };
    case 'rest': {
      const named = new Set(
        approved.actions.flatMap((one) =>
          one.text !== text && one.match.kind === 'actions'
            ? one.match.actions.map(({ action }) => action)
            : [],
        ),
      );
      const classes = new Set(
        approved.actions.flatMap((one) => (one.match.kind === 'class' ? one.match.effects : [])),
      );
      const covered = all.filter((action) => !named.has(action) && !classes.has(action.effect));
      return { effects: [...new Set<Effect>(['unknown', ...covered.map(({ effect }) => effect)])], covered };
    }
  }
}
// Guide: G2.2-23 G2.2-28 G2.2-30 G3.3-00
