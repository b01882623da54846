import { fold } from '#domain/charter/names.ts';
import type { Charter, CharteredConnector } from '#domain/model/charter.ts';
import type { Permission } from '#domain/model/kinds.ts';

type Effect = NonNullable<CharteredConnector['effects']>[string];

/** One cell of the matrix as it is to be. */
export interface WantedCell {
  readonly connector: string;
  /** An action as the charter or the catalogue spells it; `*` for all the rest. */
  readonly action: string;
  /** null: the charter is no longer to speak of the action. */
  readonly permission: Permission | null;
  /** Why it is looser than the guide; null takes a reason away, left out leaves it. */
  readonly justification?: string | null | undefined;
  /** What it does, where the catalogue does not know; null takes it away. */
  readonly effect?: Effect | null | undefined;
  /** Last day on which the cell may break an invariant; null takes the exception away. */
  readonly until?: string | null | undefined;
}

/** A connector as a whole: what stands beside its actions, or that it goes. */
export interface WantedConnector {
  readonly name: string;
  readonly remove?: boolean | undefined;
  readonly kind?: 'directory' | 'custom' | undefined;
  readonly url?: string | undefined;
  readonly sensitivity?: 'low' | 'medium' | 'high' | undefined;
  readonly isAms?: boolean | undefined;
  readonly holdsMemberData?: boolean | undefined;
  readonly actionsClassified?: string | undefined;
  readonly sourceReviewed?: string | undefined;
  readonly securityReview?: CharteredConnector['securityReview'];
}

/** The charter with these cells set. A connector that it does not name yet is added; spelling follows what is there. */
export function withCells(
  charter: Charter,
  cells: readonly WantedCell[],
  connectors: readonly WantedConnector[] = [],
): Charter {
  let list = [...(charter.connectors ?? [])];
  let exceptions = [...(charter.invariantExceptions ?? [])];
  for (const { name, remove, ...rest } of connectors) {
    if (remove === true) {
      list = list.filter((one) => fold(one.name) !== fold(name));
      exceptions = exceptions.filter((one) => fold(one.connector) !== fold(name));
      continue;
    }
    const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    list = changed(list, name, (one) => ({ ...one, ...stated }));
  }
  for (const cell of cells) {
    list = changed(list, cell.connector, (one) => ({
      ...one,
      actions: put(one.actions, cell.action, cell.permission),
      justifications: put<string>(
        one.justifications,
        cell.action,
        cell.permission === null ? null : cell.justification,
      ),
      ...effectsOf(one, cell),
    }));
    const ends = cell.permission === null ? null : cell.until;
    if (ends !== undefined) {
      exceptions = exceptions.filter(
        (one) => fold(one.connector) !== fold(cell.connector) || fold(one.action) !== fold(cell.action),
      );
      if (ends !== null)
        exceptions.push({
          connector: cell.connector.trim(),
          action: cell.action.trim(),
          until: ends,
          reason: cell.justification?.trim() || 'No reason given',
        });
    }
  }
  const { invariantExceptions: _, ...others } = charter;
  return {
    ...others,
    connectors: list,
    ...(exceptions.length === 0 && charter.invariantExceptions === undefined
      ? {}
      : { invariantExceptions: exceptions }),
  };
}

function changed(
  list: CharteredConnector[],
  name: string,
  change: (one: CharteredConnector) => CharteredConnector,
): CharteredConnector[] {
  const at = list.findIndex((one) => fold(one.name) === fold(name));
  const fresh: CharteredConnector = { name: name.trim(), kind: 'directory', actions: {}, justifications: {} };
  if (at < 0) return [...list, change(fresh)];
  return list.map((one, index) => (index === at ? change(one) : one));
}

function effectsOf(one: CharteredConnector, cell: WantedCell): Pick<CharteredConnector, 'effects'> {
  if (cell.effect === undefined && cell.permission !== null) return {};
  const effects = put<Effect>(one.effects ?? {}, cell.action, cell.permission === null ? null : cell.effect);
  return one.effects === undefined && Object.keys(effects).length === 0 ? {} : { effects };
}

/** A value under a name that may be there in another spelling; null takes it away, undefined leaves it. */
function put<T>(
  group: Readonly<Record<string, T>>,
  name: string,
  value: T | null | undefined,
): Record<string, T> {
  if (value === undefined) return { ...group };
  const there = Object.keys(group).find((key) => fold(key) === fold(name));
  const rest = Object.entries(group).filter(([key]) => key !== there);
  if (value === null) return Object.fromEntries(rest);
  if (there === undefined) return { ...group, [name.trim()]: value };
  return Object.fromEntries(Object.entries(group).map(([key, old]) => [key, key === there ? value : old]));
}
