import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './tab-links.module.css';

interface TabLinksProps {
  label: string;
  /** The open tab; the first one has no name in the address. */
  value: string;
  items: readonly { readonly value: string; readonly label: string; readonly count?: number }[];
  /** Name in the query string. */
  param?: string;
}

/** Tabs of a page. Each is a link: the open one stands in the address. */
export function TabLinks({ label, value, items, param = 'tab' }: TabLinksProps) {
  return (
    <nav aria-label={label} className={classes.root}>
      {items.map((item, at) => (
        <Link
          key={item.value}
          to="."
          search={withTab(param, at === 0 ? undefined : item.value)}
          activeOptions={{ includeSearch: true, exact: true }}
          activeProps={{}}
          aria-current={item.value === value ? 'page' : undefined}
          className={classes.tab}
        >
          {item.label}
          {item.count === undefined ? null : <span className={classes.count}>{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The router cannot know here which page's address it is; each page's `validateSearch` reads it again. */
function withTab(param: string, value: string | undefined): never {
  const change = (before: Record<string, unknown>) => ({ ...before, [param]: value, panel: undefined });
  return change as never;
}

interface PageLinksProps {
  readonly label: string;
  /** `count`: open work there; nothing is shown where there is none. */
  readonly items: readonly {
    readonly to: string;
    readonly label: string;
    readonly count?: number | undefined;
  }[];
  /** What stands in the addresses, as `$client`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Pages that belong together, as tabs; each has an address of its own. The first one is open only at its own address. */
export function PageLinks({ label, items, params }: PageLinksProps) {
  const root = useRef<HTMLElement>(null);
  // On a phone the row of tabs is wider than the screen; the open one is not to be looked for.
  useEffect(() => {
    const open = root.current?.querySelector('[aria-current="page"]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <nav ref={root} aria-label={label} className={classes.root}>
      {items.map(({ to, label: words, count }) => (
        <Link
          key={to}
          to={to as '.'}
          params={params as never}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className={classes.tab}
        >
          {words}
          {count ? <span className={classes.count}>{count}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
