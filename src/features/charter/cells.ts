import { cellKey, fold } from '#domain/charter/names.ts';
import type { Charter, CharteredConnector } from '#domain/model/charter.ts';
import type { Permission } from '#domain/model/kinds.ts';

type Effect = NonNullable<CharteredConnector['effects']>[string];

/** A permission to set, that is, a cell of the connector matrix. */
export interface WantedCell {
  readonly connector: string;
  /** An action as spelled in the charter or the catalogue; `*` for all others. */
  readonly action: string;
  /** null removes the action from the charter. */
  readonly permission: Permission | null;
  /** Reason for being looser than the guide. null removes it; left out keeps it. */
  readonly justification?: string | null | undefined;
  /** Effect of an action that the catalogue does not have. null removes it. */
  readonly effect?: Effect | null | undefined;
  /** Last day on which the permission may break an invariant. null removes the exception. */
  readonly until?: string | null | undefined;
}

/** Changes to a connector as a whole: its attributes, or its removal. */
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

/**
 * The charter with these permissions set. Connectors that it does not name yet are added; existing spelling is kept.
 */
export function withCells(
  charter: Charter,
  cells: readonly WantedCell[],
  connectors: readonly WantedConnector[] = [],
): Charter {
  let list = (charter.connectors ?? []).map((one) => new Edited(one));
  const byName = new Map<string, Edited>();
  for (const one of list) if (!byName.has(fold(one.name))) byName.set(fold(one.name), one);
  const exceptions = Map.groupBy(charter.invariantExceptions ?? [], (one) =>
    cellKey(one.connector, one.action),
  );
  const named = (name: string): Edited => {
    const there = byName.get(fold(name));
    if (there !== undefined) return there;
    const fresh = new Edited({ name: name.trim(), actions: {}, justifications: {} });
    list.push(fresh);
    byName.set(fold(name), fresh);
    return fresh;
  };
  for (const { name, remove, ...rest } of connectors) {
    if (remove !== true) {
      named(name).state(rest);
      continue;
    }
    list = list.filter((one) => fold(one.name) !== fold(name));
    byName.delete(fold(name));
    for (const [key, [one]] of exceptions)
      if (one !== undefined && fold(one.connector) === fold(name)) exceptions.delete(key);
  }
  for (const cell of cells) {
    named(cell.connector).set(cell);
    const ends = cell.permission === null ? null : cell.until;
    if (ends === undefined) continue;
    const key = cellKey(cell.connector, cell.action);
    exceptions.delete(key);
    if (ends !== null)
      exceptions.set(key, [
        {
          connector: cell.connector.trim(),
          action: cell.action.trim(),
          until: ends,
          reason: cell.justification?.trim() || 'No reason given',
        },
      ]);
  }
  const { invariantExceptions: _, ...others } = charter;
  return {
    ...others,
    connectors: list.map((one) => one.connector()),
    ...(exceptions.size === 0 && charter.invariantExceptions === undefined
      ? {}
      : { invariantExceptions: [...exceptions.values()].flat() }),
  };
}

/** A connector of a charter while its permissions are edited. */
class Edited {
  #entry: CharteredConnector;
  readonly #actions: Group<Permission>;
  readonly #justifications: Group<string>;
  readonly #effects: Group<Effect>;

  constructor(entry: CharteredConnector) {
    this.#entry = entry;
    this.#actions = new Group(entry.actions);
    this.#justifications = new Group(entry.justifications);
    this.#effects = new Group(entry.effects ?? {});
  }

  get name(): string {
    return this.#entry.name;
  }

  /** Sets attributes of the connector. */
  state(stated: Omit<WantedConnector, 'name' | 'remove'>): void {
    const given = Object.entries(stated).filter(([, value]) => value !== undefined);
    this.#entry = { ...this.#entry, ...Object.fromEntries(given) };
  }

  set({ action, permission, justification, effect }: WantedCell): void {
    const gone = permission === null;
    this.#actions.put(action, permission);
    this.#justifications.put(action, gone ? null : justification);
    this.#effects.put(action, gone ? null : effect);
  }

  connector(): CharteredConnector {
    const effects = this.#effects.values();
    return {
      ...this.#entry,
      actions: this.#actions.values(),
      justifications: this.#justifications.values(),
      ...(this.#entry.effects === undefined && Object.keys(effects).length === 0 ? {} : { effects }),
    };
  }
}

/** Values by name, where an existing name may be spelled differently. */
class Group<T> {
  readonly #values: Map<string, T>;
  readonly #spellings: Map<string, string[]>;

  constructor(values: Readonly<Record<string, T>>) {
    this.#values = new Map(Object.entries(values));
    this.#spellings = Map.groupBy(this.#values.keys(), fold);
  }

  /** null removes the value, undefined keeps it. */
  put(name: string, value: T | null | undefined): void {
    if (value === undefined) return;
    const spellings = this.#spellings.get(fold(name)) ?? [];
    const [there] = spellings;
    if (value !== null) {
      if (there === undefined) this.#spellings.set(fold(name), [name.trim()]);
      this.#values.set(there ?? name.trim(), value);
    } else if (there !== undefined) {
      this.#values.delete(there);
      spellings.shift();
    }
  }

  values(): Record<string, T> {
    return Object.fromEntries(this.#values);
  }
}
