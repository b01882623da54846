/** Reads one value out of an address; undefined: not there, or not one of ours. */
type Reader<T> = (value: unknown) => T | undefined;

/** Any text. */
export const text: Reader<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** A whole number. */
export const whole: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;

/** One of a few words; anything else in the address is left out. */
export function oneOf<const Words extends readonly string[]>(words: Words): Reader<Words[number]> {
  return (value) => words.find((word) => word === value);
}

/**
 * `validateSearch` of a route: `searchParams({ state: text, sort: text, panel: text })`. The page reads
 * `route.useSearch()`, and links write `search={{ panel: id }}`, both typed.
 */
export function searchParams<Shape extends Record<string, Reader<unknown>>>(shape: Shape) {
  return (raw: Record<string, unknown>): { [Name in keyof Shape]?: ReturnType<Shape[Name]> } =>
    Object.fromEntries(
      Object.entries(shape).flatMap(([name, read]) => {
        const value = read(raw[name]);
        // One that is not ours is said to be undefined: left out, the router would pass on what the address has.
        return value === undefined && raw[name] === undefined ? [] : [[name, value]];
      }),
    ) as { [Name in keyof Shape]?: ReturnType<Shape[Name]> };
}
