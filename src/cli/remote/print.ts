import { inertJson } from '#domain/text/unsafe-text.ts';
import { safe, type Terminal } from '../terminal.ts';

/** Prints an answer for people: a list as lines, an object as names and values. `--json` has everything. */
export function print(data: unknown, terminal: Terminal): void {
  if (isRecord(data) && Array.isArray(data.items)) {
    const { items, ...rest } = data;
    table(items, terminal);
    thing(plainOnly(rest), terminal, 0);
    return;
  }
  if (Array.isArray(data)) table(data, terminal);
  else if (isRecord(data)) thing(data, terminal, 0);
  else terminal.out(words(data));
}

/** Prints everything, for programs. */
export function json(data: unknown): string {
  return inertJson(JSON.stringify(data, null, 2));
}

/** Columns of a list: fields that are short in every row, in the order of the answer. */
const COLUMNS = 7;
const WIDTH = 46;

function table(items: readonly unknown[], terminal: Terminal): void {
  const rows = items.filter(isRecord);
  if (rows.length === 0) {
    terminal.out(items.length === 0 ? 'None.' : items.map(words).join('\n'));
    return;
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(plainOnly(row))))].slice(0, COLUMNS);
  const cells = rows.map((row) => names.map((name) => cut(words(row[name]))));
  const widths = names.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  terminal.out(terminal.bold(line(names.map(safe))));
  for (const row of cells) terminal.out(line(row));
}

function thing(record: Readonly<Record<string, unknown>>, terminal: Terminal, depth: number): void {
  const indent = '  '.repeat(depth);
  for (const [key, value] of Object.entries(record)) {
    const name = safe(key);
    if (isRecord(value) && Object.keys(value).length > 0) {
      terminal.out(`${indent}${name}:`);
      thing(value, terminal, depth + 1);
    } else if (Array.isArray(value) && value.some(isRecord)) {
      terminal.out(`${indent}${name}: ${value.length}`);
      for (const one of value.filter(isRecord)) {
        terminal.out(`${indent}  -`);
        thing(one, terminal, depth + 2);
      }
    } else terminal.out(`${indent}${name}: ${words(value)}`);
  }
}

function plainOnly(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value === null || typeof value !== 'object'),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(words).join(', ');
  return safe(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function cut(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
