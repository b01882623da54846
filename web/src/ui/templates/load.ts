/** Data that a template waits for, such as the result of `useQuery`. */
export interface Load<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  /** Time of the last error, in milliseconds; 0: none. */
  readonly errorUpdatedAt?: number;
  refetch(): unknown;
}

type LoadsOf<T> = { readonly [Key in keyof T]: Load<T[Key]> };

/** Combines several queries that a page needs into one. */
export function together<T extends Record<string, unknown>>(loads: LoadsOf<T>): Load<T> {
  const entries = Object.entries<Load<unknown>>(loads);
  const complete = entries.every(([, load]) => load.data !== undefined);
  return {
    data: complete ? (Object.fromEntries(entries.map(([key, load]) => [key, load.data])) as T) : undefined,
    error:
      entries.map(([, load]) => load.error).find((error) => error !== null && error !== undefined) ?? null,
    errorUpdatedAt: Math.max(0, ...entries.map(([, load]) => load.errorUpdatedAt ?? 0)),
    isPending: entries.some(([, load]) => load.isPending),
    refetch: () => Promise.all(entries.map(([, load]) => load.refetch())),
  };
}
