import { z } from 'zod';

/** A group under names that people choose, with at most so many of them. JSON Schema hears of the bound too. */
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
