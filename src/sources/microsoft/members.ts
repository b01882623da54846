import { ImportProblem } from '../exports/file-kind.ts';
import { isObject, type JsonObject, member } from '../exports/kinds/json-values.ts';

/** Readers for members with arrays and objects. An array that arrives as text was cut off by ConvertTo-Json. */

function cut(key: string, row: number): ImportProblem {
  return new ImportProblem(
    `“${key}” was cut off when the answer was converted. In PowerShell use ConvertTo-Json -Depth 20 and save it again.`,
    { row, column: key },
  );
}

/** An array member; missing and null are an empty array. */
export function listAt(object: JsonObject, key: string, row: number): readonly unknown[] {
  const value = member(object, key);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  if (isObject(value) && Object.keys(value).length === 0) return [];
  throw cut(key, row);
}

/** An array of strings. */
export function stringsAt(object: JsonObject, key: string, row: number): string[] {
  return listAt(object, key, row).map((item) => {
    if (typeof item !== 'string') throw cut(key, row);
    return item;
  });
}

/** An array of objects. */
export function objectsAt(object: JsonObject, key: string, row: number): JsonObject[] {
  return listAt(object, key, row).map((item) => {
    if (!isObject(item)) throw cut(key, row);
    return item;
  });
}

/** An object member; missing and null are an empty object. */
export function objectAt(object: JsonObject, key: string, row: number): JsonObject {
  const value = member(object, key);
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw cut(key, row);
  return value;
}
