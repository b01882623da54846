import { useNavigate } from '@tanstack/react-router';

/** How a list changes its URL: filters and order replace the history entry, opening a panel adds one. */
export function useListSearch<S extends object>(_search: S) {
  const navigate = useNavigate();
  return {
    /** Sets some search parameters and keeps the rest; `undefined` removes one. */
    set: (next: Partial<S>) =>
      void navigate({ to: '.', search: ((was: S) => ({ ...was, ...next })) as never, replace: true }),
    closePanel: () =>
      void navigate({ to: '.', search: (({ panel: _gone, ...was }: { panel?: unknown }) => was) as never }),
  };
}

/**
 * A filter for `FilterChips` with known values; the URL has the chosen one under its `id`. `words` are the values'
 * labels, `counts` the number of matching rows, if known.
 */
export function choiceFilter<
  S extends { readonly [key in K]?: string | undefined },
  K extends keyof S & string,
>(
  search: S,
  set: (next: Partial<S>) => void,
  id: K,
  label: string,
  values: readonly NonNullable<S[K]>[],
  words: Readonly<Record<NonNullable<S[K]>, string>> | ((value: NonNullable<S[K]>) => string),
  counts?: (value: NonNullable<S[K]>) => number,
) {
  return {
    id,
    label,
    options: values.map((value) => ({
      value,
      label: typeof words === 'function' ? words(value) : words[value],
      ...(counts === undefined ? {} : { count: counts(value) }),
    })),
    value: search[id],
    onChange: (value: string | undefined) => set({ [id]: values.find((one) => one === value) } as Partial<S>),
  };
}

/** The message of a `DataTable` if filters match nothing; undefined: nothing is filtered. */
export function filteredBy<S extends object>(
  parts: { readonly [key in keyof S]?: string | undefined },
  set: (next: { [key in keyof S]?: undefined }) => void,
): { words: string; onClear: () => void } | undefined {
  const words = Object.values<string | undefined>(parts).filter((part) => part !== undefined);
  if (words.length === 0) return undefined;
  const none = Object.fromEntries(Object.keys(parts).map((key) => [key, undefined]));
  return { words: words.join(', '), onClear: () => set(none as { [key in keyof S]?: undefined }) };
}
