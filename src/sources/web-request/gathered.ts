/** Content of a request before its files are read. */
export interface Gathered {
  readonly texts: string[];
  /** Values under one name: someone may have split a number or key among them. */
  readonly rows: (readonly string[])[];
  readonly files: { readonly name: string; readonly bytes: Uint8Array }[];
  /** false: some part may contain text but could not be read or did not arrive. */
  isRead: boolean;
}

/** A name that may be a value itself, such as a key in place of the name of a field. */
export const isTelling = (name: string) => name.length >= 8 && /\d|\s/u.test(name);

/** Prefixes a short value with its name, as in a form, because the name may show what a number is. */
export const named = (name: string, value: string) =>
  name === '' || value.length > 200 ? value : `${name.replace(/[_-]/gu, ' ')}: ${value}`;

/** A name without the number by which fields of a form are told apart: `ssn2`, `ssn_3`. */
export const plainName = (name: string) => name.replace(/[_-]?\d{1,2}$/u, '');

/** Collects values by their name, in order. */
export class Rows {
  readonly #rows = new Map<string, string[]>();

  add(name: string, value: string): void {
    const plain = plainName(name);
    const row = this.#rows.get(plain);
    if (row === undefined) this.#rows.set(plain, [`${plain}: `, value]);
    else row.push(value);
  }

  /** Names with several values. The name is the first entry. */
  several(): readonly (readonly string[])[] {
    return [...this.#rows.values()].filter((row) => row.length > 2);
  }
}
