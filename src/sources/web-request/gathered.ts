/** Content of a request before its files are read. */
export interface Gathered {
  readonly texts: string[];
  readonly files: { readonly name: string; readonly bytes: Uint8Array }[];
  /** false: some part may contain text but could not be read or did not arrive. */
  isRead: boolean;
}

/** Prefixes a short value with its name, as in a form, because the name may show what a number is. */
export const named = (name: string, value: string) =>
  name === '' || value.length > 200 ? value : `${name.replace(/[_-]/gu, ' ')}: ${value}`;
