/** Parses one search parameter; undefined: missing, or not valid. */
type Reader<T> = (value: unknown) => T | undefined;

/** Any text. */
export const text: Reader<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** A whole number. */
export const whole: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;

/** One of a few words; anything else is ignored. */
export function oneOf<const Words extends readonly string[]>(words: Words): Reader<Words[number]> {
  return (value) => words.find((word) => word === value);
}

/**
 * `validateSearch` of a route: `searchParams({ state: text, sort: text, panel: text })`. Pages read
 * `route.useSearch()`, links write `search={{ panel: id }}`, both typed.
 */
export function searchParams<Shape extends Record<string, Reader<unknown>>>(shape: Shape) {
  return (raw: Record<string, unknown>): { [Name in keyof Shape]?: ReturnType<Shape[Name]> } =>
    Object.fromEntries(
      Object.entries(shape).flatMap(([name, read]) => {
        const value = read(raw[name]);
        // Invalid ones are set to undefined: if left out, the router would pass on the original value.
        return value === undefined && raw[name] === undefined ? [] : [[name, value]];
      }),
    ) as { [Name in keyof Shape]?: ReturnType<Shape[Name]> };
}
