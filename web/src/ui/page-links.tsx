import { Link } from '@tanstack/react-router';
import classes from './tab-links.module.css';

interface PageLinksProps {
  readonly label: string;
  readonly items: readonly { readonly to: string; readonly label: string }[];
  /** What stands in the addresses, as `$client`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Pages that belong together, as tabs; each has an address of its own. The first one is open only at its own address. */
export function PageLinks({ label, items, params }: PageLinksProps) {
  return (
    <nav aria-label={label} className={classes.root}>
      {items.map(({ to, label: words }) => (
        <Link
          key={to}
          to={to as '.'}
          params={params as never}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className={classes.tab}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
