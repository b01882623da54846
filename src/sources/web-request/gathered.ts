/** What is gathered from a request before its files are read. */
export interface Gathered {
  readonly texts: string[];
  readonly files: { readonly name: string; readonly bytes: Uint8Array }[];
  /** false: some of it may hold a text and could not be read, or did not arrive. */
  isRead: boolean;
}

/** A short value with its name before it, as in a form: the name can say what a number is. */
export const named = (name: string, value: string) =>
  name === '' || value.length > 200 ? value : `${name.replace(/[_-]/gu, ' ')}: ${value}`;
