import type { ReactNode } from 'react';
import { useMedia } from '../measure.ts';
import classes from './page.module.css';
import { Page, type PageProps } from './page.tsx';
import { SavedViews } from './saved-views.tsx';

interface ListPageProps<T> extends Omit<PageProps<T>, 'children' | 'load'> {
  /** Used only for its error: the table itself shows that it is loading. */
  load?: PageProps<T>['load'];
  /** TabLinks. */
  tabs?: ReactNode;
  /** FilterChips. */
  filters?: ReactNode;
  /** Below the list, always visible: a legend, a rule, shortcuts. */
  foot?: ReactNode;
  /** An open SidePanel, or null. */
  panel?: ReactNode;
  /** The DataTable. */
  children: ReactNode;
}

/** A list with filters, and beside it the panel of the open row. */
export function ListPage<T>({ load, tabs, filters, foot, panel, children, ...page }: ListPageProps<T>) {
  const covers = useMedia('(max-width: 74.99rem)');
  const open = panel !== undefined && panel !== null && panel !== false;
  const failed = load !== undefined && load.data === undefined && load.error !== null;
  return (
    <div className={classes.list}>
      <div inert={open && covers}>
        <Page {...page} {...(failed || load?.data !== undefined ? { load } : {})} className={classes.table}>
          {tabs === undefined ? null : <div className={classes.tabs}>{tabs}</div>}
          {filters === undefined ? null : (
            <div className={classes.filters}>
              {filters}
              <SavedViews />
            </div>
          )}
          {children}
        </Page>
        {foot === undefined ? null : <div className={classes.foot}>{foot}</div>}
      </div>
      {open ? panel : null}
    </div>
  );
}

/** The shortcuts of a list, for its footer. */
export function ListKeys({ selects = false }: { selects?: boolean }) {
  return (
    <div className={classes.keys}>
      <span>
        <kbd>J</kbd> <kbd>K</kbd> move
      </span>
      <span>
        <kbd>Enter</kbd> open
      </span>
      {selects ? (
        <span>
          <kbd>X</kbd> select
        </span>
      ) : null}
      <span>
        <kbd>F</kbd> filter
      </span>
    </div>
  );
}
