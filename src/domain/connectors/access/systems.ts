import type { CheckContext } from '../../model/rule.ts';
import { type Observed, observe } from '../../rules/connectors/observe.ts';
import type { Cell, ObservedConnector } from '../../rules/connectors/table.ts';
import { matrixParts } from '../matrix.ts';
import { fileKey } from '../places.ts';
import type { MatrixConnector, MatrixRow } from '../row.ts';
import type { Gate } from './gate.ts';
import { actionGate, enabledGate } from './organization.ts';
import { type Prerequisite, prerequisiteOf, rightsGate } from './rights.ts';

/** A system that Claude may reach, with all gates that are the same for everyone. */
export interface System {
  readonly connector: MatrixConnector;
  /** Whether the organization has it in Claude. */
  readonly enabled: Gate;
  /** Its actions with their observed state. Empty: the system exists, but no file lists its actions. */
  readonly actions: readonly { readonly row: MatrixRow; readonly state: Gate }[];
  readonly rights: Gate;
  readonly prerequisite: Prerequisite;
}

export interface Systems {
  readonly systems: readonly System[];
  /** Connectors that a reading shows as switched off and that the charter does not approve: nothing to reach. */
  readonly off: readonly { readonly name: string; readonly on: string | null }[];
  readonly observed: Observed;
  /** Day of the connectors table; null: none counts. */
  readonly tableDay: string | null;
}

/**
 * Every system in the charter or in a reading.
 *
 * @param reviewDays Days for which a review of rights counts.
 */
export function systemsOf(context: CheckContext, reviewDays: number | null): Systems {
  const observed = observe(context);
  const table = context.read('connectors');
  const tableDay = table.ok ? table.observedOn : null;
  const { connectors, parts } = matrixParts({
    catalogue: context.catalogue,
    charter: context.charter.ok ? context.charter.value : null,
    observed: observed.connectors,
    today: context.today,
  });
  const byConnector = Map.groupBy(parts, ({ row }) => row.connector);
  const ids = new Set(connectors.map(({ id }) => id));
  const unplaced = observed.connectors.filter(
    (group) => !ids.has(fileKey(group.key)) && !group.entries.some(({ id }) => ids.has(id)),
  );
  const all = [...connectors, ...unplaced.filter(({ enabled }) => enabled).map(bare)];
  return {
    observed,
    tableDay,
    off: unplaced
      .filter(({ enabled }) => !enabled)
      .map((group) => ({
        name: group.name,
        on:
          group.evidence
            .map(({ observedOn }) => observedOn)
            .sort()
            .at(-1) ?? null,
      })),
    systems: all.map((connector) => {
      const group = groupOf(connector, observed);
      const rest = restOf(group);
      return {
        connector,
        enabled: enabledGate(connector, group, observed, tableDay),
        // A tool that no vendor documents and no reading shows does not exist.
        actions: (byConnector.get(connector.id) ?? [])
          .filter(({ row }) => row.exists)
          .map(({ row, seen }) => ({ row, state: actionGate(row, seen ?? rest, observed) })),
        rights: rightsGate(connector, context),
        prerequisite: prerequisiteOf(connector, context, reviewDays),
      };
    }),
  };
}

/**
 * The line for everything that a table does not list. If the table also has lines for whole classes ("write tools"), it
 * is unknown which of them covers an unlisted tool, so this line then applies to none.
 */
function restOf(group: ObservedConnector | null): Cell | null {
  if (group === null || group.cells.some(({ match }) => match.kind === 'class')) return null;
  return group.cells.find(({ match, width }) => match.kind === 'rest' && width !== null) ?? null;
}

function groupOf({ id }: MatrixConnector, observed: Observed): ObservedConnector | null {
  return (
    observed.connectors.find(
      (group) => fileKey(group.key) === id || group.entries.some((entry) => entry.id === id),
    ) ?? null
  );
}

/** A connector that a reading shows as enabled without naming any action: it exists, but little is known about it. */
function bare(group: ObservedConnector): MatrixConnector {
  return {
    id: fileKey(group.key),
    name: group.name,
    entry: null,
    kind: null,
    category: null,
    dataClasses: null,
    sensitivity: null,
    memberData: null,
    ams: false,
    charter: null,
    enabled: true,
    limits: null,
  };
}
