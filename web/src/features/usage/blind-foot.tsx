import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import classes from './usage.module.css';
import type { Usage } from './words.ts';

/** What cannot be seen, said where it would have been shown; undefined: nothing is to be said. */
export function blindFoot(usage: Usage, about: Usage['blind'][number]['about']): ReactNode {
  const own = usage.blind.filter((one) => one.about === about);
  if (own.length === 0) return undefined;
  return own.map(({ words, page }) => (
    <p key={words} className={classes.blind}>
      <Icon name="info" />
      <span>
        {words}{' '}
        <a href={page.url} target="_blank" rel="noreferrer">
          {page.title}
        </a>
      </span>
    </p>
  ));
}

/** What stands below a card, of several parts; undefined: none has anything to say. */
export function feet(...parts: readonly ReactNode[]): ReactNode {
  return parts.every((part) => part === undefined) ? undefined : parts;
}
