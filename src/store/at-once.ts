type Settled<T> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Runs several reads of one transaction concurrently and returns their results by name. Their statements are sent
 * together, in one round trip.
 */
export async function atOnce<T extends Readonly<Record<string, unknown>>>(readings: T): Promise<Settled<T>> {
  const answers = await Promise.all(
    Object.entries(readings).map(async ([name, reading]) => [name, await reading] as const),
  );
  return Object.fromEntries(answers) as Settled<T>;
}
