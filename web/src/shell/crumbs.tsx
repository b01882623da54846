import { Link, useMatches, useRouterState } from '@tanstack/react-router';
import { useClient, useSession } from '../session.tsx';
import { useCurrentTitle } from '../ui/templates/title.ts';
import classes from './crumbs.module.css';
import { useEntries } from './entries.ts';

/** Client, section, thing. A section of a client is the menu entry with a prefix of the URL. */
export function Crumbs() {
  const client = useClient();
  const session = useSession();
  const matches = useMatches();
  // Also for a URL without a page, of which only the existing part matches.
  const path = useRouterState({
    select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname.replace(/\/$/, ''),
  });
  const home = client === null ? '/' : `/c/${client.slug}`;
  const entry = useEntries()
    .flatMap((group) => group.entries)
    .filter(({ href }) => path === href.replace(/\/$/, '') || path.startsWith(`${href.replace(/\/$/, '')}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
  const title = useCurrentTitle();
  const here = matches.at(-1);
  const section = entry !== undefined && path !== entry.href.replace(/\/$/, '') ? entry : undefined;
  const last =
    section === undefined && entry !== undefined
      ? entry.label
      : (here?.staticData.crumb?.(here.params) ?? title);
  return (
    <nav aria-label="Where you are" className={classes.root}>
      <ol>
        <li>
          <Link to={home}>{client?.name ?? session.workspace}</Link>
        </li>
        {section === undefined ? null : (
          <li>
            <Link to={section.href}>{section.label}</Link>
          </li>
        )}
        {last === '' ? null : (
          <li aria-current="page">
            <strong>{last}</strong>
          </li>
        )}
      </ol>
    </nav>
  );
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Last crumb of a page about one thing whose title is too long: `(params) => params.control`. */
    crumb?: (params: Readonly<Record<string, string>>) => string | undefined;
  }
}
