/** An inline element of the documentation. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: readonly Inline[] }
  | { readonly emphasis: readonly Inline[] }
  | { readonly link: readonly Inline[]; readonly to: string };

/** A block of a documentation page. */
export type Block =
  | { readonly heading: readonly Inline[]; readonly level: number; readonly id: string }
  | { readonly text: readonly Inline[] }
  | { readonly list: readonly (readonly Block[])[]; readonly ordered: boolean }
  | { readonly table: readonly (readonly (readonly Inline[])[])[] }
  | { readonly code: string };

/** A page of documentation as data, so that the console renders it without injecting HTML. */
export interface Doc {
  readonly title: string;
  readonly blocks: readonly Block[];
}
