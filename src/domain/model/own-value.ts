/** What a table holds for a key that a file or a stranger may have brought; not what every object has, like "constructor". */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
