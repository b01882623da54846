/** A part of a line of documentation. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: readonly Inline[] }
  | { readonly emphasis: readonly Inline[] }
  | { readonly link: readonly Inline[]; readonly to: string };

/** What a page of documentation is made of, top to bottom. */
export type Block =
  | { readonly heading: readonly Inline[]; readonly level: number; readonly id: string }
  | { readonly text: readonly Inline[] }
  | { readonly list: readonly (readonly Block[])[]; readonly ordered: boolean }
  | { readonly table: readonly (readonly (readonly Inline[])[])[] }
  | { readonly code: string };

/** A page of documentation as data, so that the console draws it without any HTML of its own. */
export interface Doc {
  readonly title: string;
  readonly blocks: readonly Block[];
}
