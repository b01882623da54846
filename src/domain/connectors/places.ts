import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Evidence } from '../model/reading.ts';
import { type Approved, approvedConnectors } from '../rules/connectors/chartered.ts';
import { matchConnector } from '../rules/connectors/match.ts';
import { type Cell, type ObservedConnector, readTable } from '../rules/connectors/table.ts';

/** A row's identity: which action of which system, and what the table shows. */
export interface PlacedCell {
  readonly id: string;
  readonly cell: Cell;
  /** null: no table shows it. */
  readonly seen: Cell | null;
}

/** A system of the matrix with its cells. `entries` are the catalogue entries that its name covers. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly entries: readonly Connector[];
  readonly cells: Map<string, PlacedCell>;
  enabled: boolean | null;
}

const NOWHERE: Evidence = { kind: 'charter', file: '', observedOn: '', says: '' };

/**
 * The systems in the charter or in readings with their cells, both from the catalogue and known only by name. A name
 * that covers several entries ("Microsoft 365") yields one system per entry, and one for whatever belongs to none of
 * them.
 */
export function placesOf(
  catalogue: Pick<Catalogue, 'connectors'>,
  charter: Pick<Charter, 'connectors'>,
  observed: readonly ObservedConnector[],
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const approved of approvedConnectors(charter, catalogue)) {
    const home = homesFor(places, approved.place.key, approved.connector.name, approved.place.entries);
    for (const cell of charterTable(approved, catalogue).cells)
      if (cell.known === null && cell.lack !== 'missing') add(home, cell, null);
    const rest = restCell(home.id, approved.connector.name);
    if (!home.cells.has(rest.id)) home.cells.set(rest.id, rest);
  }
  const approved = approvedConnectors(charter, catalogue);
  for (const group of observed) {
    const known = approved.some((one) =>
      one.place.entries.length > 0
        ? one.place.entries.some((entry) => group.entries.includes(entry))
        : one.place.key === matchConnector(group.name, catalogue).key,
    );
    // Switched off and not approved: nothing to decide.
    if (!group.enabled && !known) continue;
    const home = homesFor(places, group.key, group.name, group.entries);
    home.enabled = group.enabled;
    for (const entry of group.entries) {
      const own = places.get(entry.id);
      if (own) own.enabled = group.enabled;
    }
    for (const cell of group.cells) {
      // A category that the table leaves out is covered by the line for everything not listed, and a line without a
      // name gives nothing to decide.
      if (cell.known === null && (cell.lack === 'missing' || cell.lack === 'unnamed')) continue;
      const place = cell.known === null ? home : places.get(cell.known.connector.id);
      if (place) add(place, cell, cell);
    }
  }
  return [...places.values()].filter((place) => place.cells.size > 0);
}

/**
 * The system of a name. If the name covers catalogue entries, their systems are created too, with all their actions.
 */
function homesFor(
  places: Map<string, Place>,
  key: string,
  name: string,
  entries: readonly Connector[],
): Place {
  for (const entry of entries) {
    if (places.has(entry.id)) continue;
    const cells = new Map(
      entry.actions.map((action) => {
        const cell = knownCell(entry, action);
        return [cell.key, { id: cell.key, cell, seen: null }] as const;
      }),
    );
    places.set(entry.id, {
      id: entry.id,
      name: entries.length > 1 ? entry.name : name.trim(),
      entries: [entry],
      cells,
      enabled: null,
    });
  }
  const id = fileKey(key);
  const there = places.get(id);
  if (there) return there;
  const made: Place = {
    id,
    name: entries.length > 1 ? `${name.trim()}, all parts` : name.trim(),
    entries,
    cells: new Map(),
    enabled: null,
  };
  places.set(id, made);
  return made;
}

function add(place: Place, cell: Cell, seen: Cell | null): void {
  const there = place.cells.get(cell.key);
  place.cells.set(cell.key, {
    id: cell.key,
    cell: there?.cell ?? cell,
    seen: seen ?? there?.seen ?? null,
  });
}

/** A connector of the charter in the form of a table, so that both are parsed the same way. */
function charterTable(approved: Approved, catalogue: Pick<Catalogue, 'connectors'>): ObservedConnector {
  const lines = approved.actions.map(({ text, permission }) => ({
    connector: approved.connector.name,
    action: text,
    enabled: null,
    width: permission,
    lack: null,
    text: null,
    evidence: NOWHERE,
    after: null,
  }));
  const [table] = readTable(lines, catalogue);
  return (
    table ?? {
      key: approved.place.key,
      name: approved.connector.name,
      entries: approved.place.entries,
      enabled: true,
      cells: [],
      evidence: [],
      listsActions: false,
    }
  );
}

function knownCell(connector: Connector, action: Connector['actions'][number]): Cell {
  return {
    key: `${connector.id}/${action.id}`.toLowerCase(),
    connector: connector.name,
    action: action.title,
    known: { connector, action },
    match: { kind: 'actions', actions: [{ connector, action }] },
    effects: [action.effect],
    ...BLANK,
  };
}

function restCell(home: string, connector: string): PlacedCell {
  const id = `${home}/*`.toLowerCase();
  const cell: Cell = {
    key: id,
    connector,
    action: 'all other actions',
    known: null,
    match: { kind: 'rest' },
    effects: ['unknown'],
    ...BLANK,
  };
  return { id, cell, seen: null };
}

const BLANK = { width: null, lack: 'missing', text: null, evidence: [], conflict: null } as const;

/** Replaces slashes, because a slash separates system and action in the keys of cells. */
export function fileKey(key: string): string {
  return key.replaceAll('/', ' ');
}
