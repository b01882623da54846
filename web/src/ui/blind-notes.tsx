import type { ReactNode } from 'react';
import classes from './blind-notes.module.css';
import { Icon } from './icon.tsx';

interface Props {
  notes: readonly {
    readonly words: string;
    readonly page: { readonly title: string; readonly url: string };
  }[];
}

/** Limitations of the sources, shown where the data would have been, each with a link to the vendor's documentation. */
export function BlindNotes({ notes }: Props) {
  return notes.map(({ words, page }) => (
    <SmallNote key={words}>
      {words}{' '}
      <a href={page.url} target="_blank" rel="noreferrer">
        {page.title}
      </a>
    </SmallNote>
  ));
}

/** A remark below figures. */
export function SmallNote({ children }: { children: ReactNode }) {
  return (
    <p className={classes.note}>
      <Icon name="info" />
      <span>{children}</span>
    </p>
  );
}
