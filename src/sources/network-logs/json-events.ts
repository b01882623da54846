import type { Content, Table } from '../exports/file-kind.ts';
import { isObject, type JsonObject, jsonValues } from '../exports/kinds/json-values.ts';
import { ofAdguard } from './adguard.ts';
import type { OtherEvent } from './hit.ts';
import {
  isMerakiEvent,
  ofMeraki,
  ofPihole,
  ofPihole5,
  ofSuricata,
  ofZeek,
  type SensorEvent,
} from './sensors.ts';

/** A log as JSON: its uses as a table, and events about something else. */
export interface JsonLog {
  readonly table: Table;
  readonly others: readonly OtherEvent[];
  /** Whether a product was recognized by what its events say. */
  readonly isKnown: boolean;
  /** Whether it lists only what a product blocked or warned of, not all traffic. */
  readonly isOfAlerts: boolean;
}

/** Lists in which an API gives its events. */
const LISTS = ['value', 'data', 'queries', 'events'] as const;

function eventsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [value];
  const list = LISTS.map((key) => value[key]).find(Array.isArray);
  return list ?? [value];
}

/** JSON events as a table, so that fields are found by name as in CSV; null: no events. */
export function jsonLog(content: Content): JsonLog | null {
  const values = jsonValues(content)
    .flatMap(eventsOf)
    // Collectors such as Splunk's wrap what a gateway sends.
    .map((value) => (isObject(value) && isObject(value.event) ? value.event : value))
    .filter((value): value is JsonObject | unknown[] => isObject(value) || Array.isArray(value));
  if (values.length === 0) return null;
  let isKnown = false;
  let isOfAlerts = false;
  const others: OtherEvent[] = [];
  const rows: { row: number; value: JsonObject }[] = [];
  for (const [index, value] of values.entries()) {
    const sensed = sensedIn(value);
    isKnown ||= sensed !== null;
    isOfAlerts ||= isObject(value) && isMerakiEvent(value);
    if (sensed === null && !isObject(value)) continue;
    if (sensed?.is === 'other') others.push(sensed.event);
    else rows.push({ row: index + 1, value: sensed === null ? ofAdguard(value as JsonObject) : sensed.row });
  }
  const columns = [...new Set(rows.slice(0, 100).flatMap(({ value }) => Object.keys(value)))].slice(0, 200);
  const table = {
    sheet: null,
    headingRow: 0,
    columns,
    rows: rows.map(({ row, value }) => ({ row, cells: columns.map((column) => cellOf(value[column])) })),
  };
  return { table, others, isKnown, isOfAlerts };
}

function sensedIn(value: JsonObject | readonly unknown[]): SensorEvent | null {
  if (!isObject(value)) return ofPihole5(value);
  return ofSuricata(value) ?? ofZeek(value) ?? ofPihole(value) ?? ofMeraki(value);
}

function cellOf(cell: unknown): string | number | boolean | null {
  if (Array.isArray(cell)) return cell.filter((one) => typeof one === 'string').join(', ');
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? cell : null;
}
