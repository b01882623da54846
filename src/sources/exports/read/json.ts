import { hasMoreValues, valuesThatFit } from '../../json-values.ts';
import { ImportProblem } from '../file-kind.ts';
import { pasted } from '../kinds/json-values.ts';
import { LIMITS } from './limits.ts';

const DANGEROUS = ['__proto__', 'constructor', 'prototype'];

/**
 * Parses JSON, or several JSON values (one per line, or concatenated), which become an array. Throws an ImportProblem
 * that names the line, or says that there are more than `max` values.
 */
export function readJson(text: string, max = valuesThatFit()): unknown {
  if (hasMoreValues(text, max))
    throw new ImportProblem(
      `The file has more than ${max.toLocaleString('en-US')} values, more than there is memory for. Split it into smaller files.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const several = pasted(text) ?? jsonLines(text);
    if (!several) throw explain(error, text);
    value = several;
  }
  return removeUnsafeKeys(value);
}

/** An array from one JSON value per line; null: a line is not JSON. */
function jsonLines(text: string): unknown[] | null {
  const values: unknown[] = [];
  let row = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    row += 1;
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch {
      // The first lines decide whether the file has one value per line.
      if (values.length === 0) return null;
      throw new ImportProblem(
        'This line is not JSON, though the lines above it are. The file is damaged or breaks off.',
        { row },
      );
    }
  }
  return values.length > 0 ? values : null;
}

function explain(error: unknown, text: string): ImportProblem {
  const message = error instanceof Error ? error.message : '';
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
  if (/unexpected end|unterminated/i.test(message) || position >= text.trimEnd().length) {
    return new ImportProblem('The JSON ends early. Save the whole answer.', {
      row: lineAt(text, text.trimEnd().length),
    });
  }
  return new ImportProblem('This is not JSON from here on. Save the answer again without changing it.', {
    row: lineOf(message, text),
  });
}

/** Line of a syntax error. V8 reports either its position or ten characters on each side. */
function lineOf(message: string, text: string): number | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  const around = /\.\.\."([\s\S]+?)"?(?:\.\.\. |" )is not valid JSON$/.exec(message)?.[1]?.replace(/"$/, '');
  if (around === undefined) return text.trim().includes('\n') ? null : 1;
  const at = text.indexOf(around);
  return at < 0 || text.indexOf(around, at + 1) >= 0 ? null : lineAt(text, at + 10);
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/**
 * Removes keys that could change how objects behave, and rejects excessive nesting. Iterative, so that depth cannot
 * overflow the stack.
 */
export function removeUnsafeKeys(value: unknown): unknown {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: here, depth } = next;
    if (typeof here !== 'object' || here === null) continue;
    if (depth > LIMITS.jsonDepth)
      throw new ImportProblem(
        `The content is nested more than ${LIMITS.jsonDepth} levels deep, which no export is.`,
      );
    if (Array.isArray(here)) {
      for (const item of here)
        if (typeof item === 'object' && item !== null) open.push({ value: item, depth: depth + 1 });
      continue;
    }
    for (const key of DANGEROUS) if (Object.hasOwn(here, key)) Reflect.deleteProperty(here, key);
    for (const item of Object.values(here))
      if (typeof item === 'object' && item !== null) open.push({ value: item, depth: depth + 1 });
  }
  return value;
}
