import { type KeptKey, keptKey } from './attributes.ts';
import {
  cleanText,
  keepAttribute,
  MAX_ATTRIBUTES,
  TooManyAttributes,
  type Value,
  wordsOf,
} from './record.ts';
import type { WireReader } from './wire.ts';

/** Helpers to decode records of every signal. */

export function readAttributes(reader: WireReader, field: number): Map<string, Value> {
  const into = new Map<string, Value>();
  let count = 0;
  while (reader.next()) {
    if (reader.field !== field) reader.skip();
    else {
      reader.expect(2);
      if (++count > MAX_ATTRIBUTES) throw new TooManyAttributes();
      readKeyValue(reader, into);
    }
  }
  return into;
}

/**
 * Decodes in place, since each record has about twenty of these. A value before its key is read again after the key.
 */
export function readKeyValue(reader: WireReader, into: Map<string, Value>): void {
  const outer = reader.enter();
  let kept: KeptKey | null = null;
  let keyed = false;
  let before = -1;
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(2);
      const end = reader.over();
      keyed = true;
      kept = keptKey(reader.bytes, reader.start, end);
    } else if (reader.field === 2) {
      reader.expect(2);
      if (!keyed) before = reader.at;
      if (kept === null) reader.skip();
      else keepValue(reader, kept, into);
    } else reader.skip();
  }
  if (before >= 0 && kept !== null) {
    reader.at = before;
    keepValue(reader, kept, into);
  }
  reader.leave(outer);
}

function keepValue(reader: WireReader, { key, kind, last }: KeptKey, into: Map<string, Value>): void {
  const outer = reader.enter();
  if (kind === 'value' && reader.onlyText()) {
    // The usual case. Remembered strings are already cleaned.
    const { bytes, start, end } = reader;
    let text = last.of(bytes, start, end);
    if (text === null) {
      text = cleanText(bytes.utf8Slice(start, end));
      last.remember(bytes, start, end, text);
    }
    into.set(key, text);
    reader.leave(outer);
    return;
  }
  if (kind === 'words' && !reader.onlyText()) {
    const words = readWords(reader);
    reader.leave(outer);
    if (words !== null) into.set(key, wordsOf(words));
    return;
  }
  const value = readAnyValue(reader);
  reader.leave(outer);
  if (value !== null) keepAttribute(into, key, value, kind);
}

/** The elements of an array; null: not an array. */
function readWords(reader: WireReader): unknown[] | null {
  let words: unknown[] | null = null;
  while (reader.next()) {
    if (reader.field === 5) {
      reader.expect(2);
      words = readMembers(reader);
    } else reader.skip();
  }
  return words;
}

function readMembers(reader: WireReader): unknown[] {
  const members: unknown[] = [];
  const list = reader.enter();
  while (reader.next()) {
    if (reader.field === 1) {
      reader.expect(2);
      const member = reader.enter();
      members.push(readAnyValue(reader));
      reader.leave(member);
    } else reader.skip();
  }
  reader.leave(list);
  return members;
}

/** A string, number or boolean; null: an array, map or bytes. */
function readAnyValue(reader: WireReader): Value | null {
  let value: Value | null = null;
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.expect(2);
        value = reader.text();
        break;
      case 2:
        reader.expect(0);
        value = reader.varint() !== 0;
        break;
      case 3:
        reader.expect(0);
        value = reader.int64();
        break;
      case 4:
        reader.expect(1);
        value = reader.double();
        break;
      default:
        reader.skip();
    }
  }
  return value;
}
