import { z } from 'zod';

/** A record with keys chosen by people and a maximum number of entries, which is also part of its JSON Schema. */
export function groupOf<K extends z.ZodType<string, string>, V extends z.ZodType>(
  key: K,
  value: V,
  max: number,
) {
  return z
    .record(key, value)
    .refine((group) => Object.keys(group).length <= max, `holds more than ${max} names`)
    .meta({ maxProperties: max });
}
