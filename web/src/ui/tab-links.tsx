import { Link, useMatches } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './tab-links.module.css';

interface TabLinksProps {
  label: string;
  /** The open tab; the first one is not in the URL. */
  value: string;
  items: readonly { readonly value: string; readonly label: string; readonly count?: number }[];
  /** Name in the query string. */
  param?: string;
}

/** Tabs of a page. Each is a link: the URL says which is open. */
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

/** The route is not known here; each page's `validateSearch` parses it again. */
function withTab(param: string, value: string | undefined): never {
  const change = (before: Record<string, unknown>) => ({ ...before, [param]: value, panel: undefined });
  return change as never;
}

interface PageItem {
  readonly to: string;
  readonly label: string;
  /** Open work there; hidden if none. */
  readonly count?: number | undefined;
}

interface PageLinksProps {
  readonly label: string;
  readonly items: readonly PageItem[];
  /** URL parameters, such as `$client`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Related pages as tabs, each with its own URL. The first one is active only at exactly its own URL. */
export function PageLinks({ label, items, params }: PageLinksProps) {
  const root = useOpenInSight<HTMLElement>();
  return (
    <nav ref={root} aria-label={label} className={classes.root}>
      {items.map((item) => (
        <PageTab key={item.to} item={item} params={params} />
      ))}
    </nav>
  );
}

interface PageGroupsProps extends Omit<PageLinksProps, 'items'> {
  readonly groups: readonly { readonly label: string; readonly items: readonly PageItem[] }[];
}

/** More pages than fit a row of tabs: their groups, each with its open work, and the pages of the open group. */
export function PageGroups({ label, groups, params }: PageGroupsProps) {
  const root = useOpenInSight<HTMLElement>();
  const route = useMatches({ select: (matches) => matches.at(-1)?.fullPath });
  const offered = groups.filter(({ items }) => items.length > 0);
  const open = offered.find(({ items }) => items.some(({ to }) => to === route));
  return (
    <nav ref={root} aria-label={label} className={classes.groups}>
      <div className={classes.root}>
        {offered.map(({ label: words, items: [first, ...rest] }) => {
          if (first === undefined) return null;
          const count = [first, ...rest].reduce((sum, one) => sum + (one.count ?? 0), 0);
          return (
            <Link
              key={words}
              to={first.to as '.'}
              params={params as never}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{}}
              aria-current={words === open?.label ? 'true' : undefined}
              className={classes.tab}
            >
              {words}
              {count > 0 ? <span className={classes.count}>{count}</span> : null}
            </Link>
          );
        })}
      </div>
      <div className={classes.pages}>
        {open?.items.map((item) => (
          <PageTab key={item.to} item={item} params={params} />
        ))}
      </div>
    </nav>
  );
}

function PageTab({
  item: { to, label, count },
  params,
}: { item: PageItem } & Pick<PageLinksProps, 'params'>) {
  return (
    <Link
      to={to as '.'}
      params={params as never}
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
      className={classes.tab}
    >
      {label}
      {count ? <span className={classes.count}>{count}</span> : null}
    </Link>
  );
}

/** On a phone a row of tabs may be wider than the screen; scroll the active one into view. */
function useOpenInSight<Root extends HTMLElement>() {
  const root = useRef<Root>(null);
  useEffect(() => {
    for (const open of root.current?.querySelectorAll('[aria-current]') ?? [])
      open.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return root;
}
