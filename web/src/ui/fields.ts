import { useRef, useState } from 'react';

/** Validates a value: the problem as a sentence, or null. */
export type Rule<Values, Name extends keyof Values> = (value: Values[Name], all: Values) => string | null;
export type Rules<Values> = { readonly [Name in keyof Values]?: Rule<Values, Name> };

type TextNames<Values> = { [Name in keyof Values]: Values[Name] extends string ? Name : never }[keyof Values];
type BooleanNames<Values> = {
  [Name in keyof Values]: Values[Name] extends boolean ? Name : never;
}[keyof Values];

/**
 * State of a form. An error is shown after its field was left or the form was submitted, and disappears once fixed.
 * Spread `text('name')` into TextInput, Textarea or NativeSelect, `box('name')` into Checkbox or Switch.
 */
export function useFields<Values extends Record<string, unknown>>(
  initial: Values,
  rules: Rules<Values> = {},
) {
  const [values, setValues] = useState(initial);
  const [shown, setShown] = useState<ReadonlySet<keyof Values>>(new Set());
  const [refused, setRefused] = useState<Partial<Record<keyof Values, string>>>({});
  const start = useRef(initial);

  const wrong = (name: keyof Values, all: Values): string | null => rules[name]?.(all[name], all) ?? null;
  const setMany = (change: Partial<Values>) => {
    const next = { ...values, ...change };
    const names = new Set<keyof Values>(Object.keys(change));
    setValues(next);
    setRefused(
      (was) => Object.fromEntries(Object.entries(was).filter(([name]) => !names.has(name))) as typeof was,
    );
    setShown(new Set([...shown].filter((name) => !names.has(name) || wrong(name, next) !== null)));
  };
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) =>
    setMany({ [name]: value } as unknown as Partial<Values>);
  const leave = (name: keyof Values) => {
    if (values[name] !== start.current[name] || shown.has(name)) setShown(new Set([...shown, name]));
  };
  const error = (name: keyof Values): string | null =>
    refused[name] ?? (shown.has(name) ? wrong(name, values) : null);

  return {
    values,
    set,
    /** Sets several at once: a choice that changes another field's default. */
    setMany,
    error,
    changed: Object.keys(values).some((name) => values[name] !== start.current[name]),
    text: (name: TextNames<Values>) => ({
      name: String(name),
      value: String(values[name]),
      error: error(name),
      onBlur: () => leave(name),
      onChange: (event: { currentTarget: { value: string } }) =>
        set(name, event.currentTarget.value as Values[typeof name]),
    }),
    box: (name: BooleanNames<Values>) => ({
      name: String(name),
      checked: values[name] === true,
      error: error(name),
      onChange: (event: { currentTarget: { checked: boolean } }) =>
        set(name, event.currentTarget.checked as Values[typeof name]),
    }),
    /** Before saving: shows all errors and focuses the first. True: valid. */
    check: (): boolean => {
      const bad = Object.keys(values).filter((name) => wrong(name, values) !== null);
      setShown(new Set(bad));
      const first = bad[0];
      if (first !== undefined)
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus(),
        );
      return bad.length === 0;
    },
    /** The server's errors about single fields. */
    refuse: (errors: Partial<Record<keyof Values, string>>) => setRefused(errors),
    reset: (to: Values = start.current) => {
      start.current = to;
      setValues(to);
      setShown(new Set());
      setRefused({});
    },
  };
}

/** Rule: required. `says` is the complete message. */
export function needed<Values>(says: string): (value: unknown, all: Values) => string | null {
  return (value) => (value === null || value === undefined || String(value).trim() === '' ? says : null);
}
