/** The content that all three file formats show. */
export interface TextPaper {
  readonly client: string;
  readonly title: string;
  readonly note: string;
  readonly foot: string;
  readonly sections: readonly {
    readonly title: string;
    readonly items: readonly (readonly { readonly text: string; readonly open: boolean }[])[];
  }[];
}
