/** Ids that catalogue entries may refer to. */
export interface Known {
  readonly guide: ReadonlySet<string>;
  readonly controls: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
}

const WORDS = { guide: 'guide row', controls: 'control', capabilities: 'capability' } as const;

/** Reports every dangling id with its kind; `where` starts the sentence. */
export function noneMissing<K extends keyof Known>(
  known: Pick<Known, K>,
  named: Readonly<Partial<Record<K, readonly string[]>>>,
  say: (says: string, about: string) => void,
  where = '',
): void {
  for (const what of Object.keys(named) as K[])
    for (const id of named[what] ?? [])
      if (!known[what].has(id)) say(`${where}${WORDS[what]} ${id} does not exist`, id);
}
