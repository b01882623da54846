type Settled<T> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * What several readings of one transaction give, by name. Their statements go out together, so that the database is
 * waited for once and not once for each.
 */
export async function atOnce<T extends Readonly<Record<string, unknown>>>(readings: T): Promise<Settled<T>> {
  const answers = await Promise.all(
    Object.entries(readings).map(async ([name, reading]) => [name, await reading] as const),
  );
  return Object.fromEntries(answers) as Settled<T>;
}
