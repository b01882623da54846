import { ownValue } from '#domain/model/own-value.ts';
import { fieldsIn, hasMoreValues, valuesThatFit } from '../json-values.ts';
import { type Gathered, isTelling, named, Rows } from './gathered.ts';

/** Far more than a conversation has. Parsing more would exceed the time limit. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 60;

/** Collects the texts of a JSON value, short ones with their names; false: not JSON, or too large. */
export function jsonTexts(text: string, gathered: Gathered): boolean {
  if (hasMoreValues(text, Math.min(MAX_VALUES, valuesThatFit()))) {
    gathered.isRead = false;
    return false;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  // Short values are joined as lines, because the context of a number may be the value before it.
  const lines: string[] = [];
  const rows = new Rows();
  let fields = 0;
  const take = (one: unknown, name: string, depth: number): void => {
    if (typeof one === 'string') {
      rows.add(name, one);
      const line = named(name, one);
      if (one.length > 200) gathered.texts.push(line);
      else lines.push(line);
    } else if (typeof one === 'number') lines.push(named(name, String(one)));
    else if (typeof one !== 'object' || one === null) return;
    else if (depth > MAX_DEPTH) gathered.isRead = false;
    else if (Array.isArray(one)) for (const item of one) take(item, name, depth + 1);
    else {
      const file = isFile(one) ? one.data : null;
      if (file !== null) gathered.files.push({ name: '', bytes: Buffer.from(file, 'base64') });
      for (const [key, item] of Object.entries(one)) {
        fields += 1;
        if (isTelling(key)) lines.push(key);
        if (file === null || key !== 'data') take(item, key, depth + 1);
      }
    }
  };
  take(value, '', 0);
  gathered.rows.push(...rows.several());
  // Of two fields with one name, only the last is in the value. Another parser may take the first.
  if (fieldsIn(text) > fields) gathered.texts.push(unescaped(text));
  if (lines.length > 0) gathered.texts.push(lines.join('\n'));
  return true;
}

/** A file within a prompt, in the format of Claude's API. */
function isFile(value: object): value is { readonly data: string } {
  return 'type' in value && value.type === 'base64' && 'data' in value && typeof value.data === 'string';
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/gu;
const ESCAPES: Readonly<Record<string, string>> = { b: ' ', f: ' ', n: '\n', r: '\n', t: '\t' };

/** Text of unparsable JSON, with escapes resolved. */
export const unescaped = (text: string) =>
  text.replace(ESCAPE, (one) =>
    one.charAt(1) === 'u'
      ? String.fromCharCode(Number.parseInt(one.slice(2), 16))
      : (ownValue(ESCAPES, one.charAt(1)) ?? one.charAt(1)),
  );
