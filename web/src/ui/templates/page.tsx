import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { serverNow } from '../../clock.ts';
import { type Permission, useClient, useMay, useSession } from '../../session.tsx';
import { explainError } from '../explain-error.ts';
import { useDelayed } from '../measure.ts';
import { EmptyState, ErrorState, Notice } from '../states.tsx';
import { exactAsOf, exactWords, ownZone } from '../time.ts';
import type { Load } from './load.ts';
import classes from './page.module.css';
import { useTitle } from './title.ts';

export interface PageProps<T> {
  /** Title of the page and of the browser tab, where the client's name is added. */
  title: string | ((data: T) => string);
  /** Data that the page waits for; left out: none. */
  load?: Load<T>;
  /** Required permission; without it, the page says that it is not available to the person. */
  permission?: Permission;
  /** One line below the title. */
  meta?: ReactNode | ((data: T) => ReactNode);
  /** Above the title: state, severity, id. */
  mark?: ReactNode | ((data: T) => ReactNode);
  /** At the right of the title. At most one of them is filled: the primary action. */
  actions?: ReactNode | ((data: T) => ReactNode);
  children: ReactNode | ((data: T) => ReactNode);
}

function filled<T>(
  part: ReactNode | ((data: T) => ReactNode),
  data: T | undefined,
  waits: boolean,
): ReactNode {
  if (typeof part !== 'function') return part;
  return data === undefined && waits ? null : part(data as T);
}

/**
 * What all templates share: title, permission, loading, empty and error states, and the header in print. Old data
 * stays visible while it is refetched, and if that fails.
 */
export function Page<T>(props: PageProps<T> & { className?: string | undefined }) {
  const allowed = usePermission(props.permission);
  const { load } = props;
  const data = load?.data;
  const waits = load !== undefined;
  const title =
    typeof props.title === 'string' ? props.title : data === undefined && waits ? '' : props.title(data as T);
  useTitle(allowed ? title : 'Not found');
  const slow = useDelayed(waits && data === undefined && load.error === null, 200);
  if (!allowed) return <NotYours />;
  if (waits && data === undefined && load.error !== null && load.error !== undefined) {
    if (explainError(load.error).status === 404) return <NotYours />;
    return (
      <div className={classes.page}>
        <ErrorState
          whole
          what={title === '' ? 'This page could not be loaded.' : `${title} could not be loaded.`}
          still="Nothing was changed."
          error={load.error}
          at={load.errorUpdatedAt}
          onRetry={() => void load.refetch()}
        />
      </div>
    );
  }
  // The same heading element throughout, so that it keeps the focus while the page loads.
  const ready = !waits || data !== undefined;
  const stale = waits && load.error !== null && load.error !== undefined;
  return (
    <div className={classes.page} aria-busy={!ready}>
      {ready ? <PaperHead title={title} /> : null}
      <header className={classes.head}>
        <div>
          {ready && props.mark !== undefined ? (
            <div className={classes.mark}>{filled(props.mark, data, waits)}</div>
          ) : null}
          <h1 tabIndex={-1}>{title === '' ? <Untitled /> : title}</h1>
          {props.meta === undefined ? null : (
            <p className={classes.meta}>{ready ? filled(props.meta, data, waits) : ' '}</p>
          )}
        </div>
        {ready && props.actions !== undefined ? (
          <div className={classes.actions}>{filled(props.actions, data, waits)}</div>
        ) : null}
      </header>
      {stale ? (
        <div className={classes.stale}>
          <Notice mark="cannot_read">This is what was last loaded. {explainError(load.error).text}</Notice>
        </div>
      ) : null}
      {ready ? <div className={props.className}>{filled(props.children, data, waits)}</div> : null}
      {slow ? <Bones /> : null}
    </div>
  );
}

function Untitled() {
  return (
    <>
      <span className="hidden-text">Loading</span>
      <span className={classes.bone} />
    </>
  );
}

function usePermission(permission: Permission | undefined): boolean {
  const may = useMay(permission ?? 'client.read');
  return permission === undefined || may;
}

/** The same words for what does not exist and for what belongs to others. */
export function NotYours() {
  useTitle('Not found');
  return (
    <div className={classes.page}>
      <EmptyState
        whole
        title="This page is not available to you"
        action={<Link to="/">Go to the start page</Link>}
      >
        The address is wrong, the page no longer exists, or your role does not include it. Ask your
        administrator.
      </EmptyState>
    </div>
  );
}

function Bones() {
  return (
    <div className={classes.bones}>
      <span className="hidden-text" role="status">
        Loading
      </span>
      <span className={classes.bone} />
      <span className={classes.bone} />
      <span className={classes.bone} />
    </div>
  );
}

function PaperHead({ title }: { title: string }) {
  const client = useClient();
  const session = useSession();
  const zone = client?.timezone ?? ownZone();
  const asOf = client?.asOf ?? null;
  return (
    <div className={`paper-only ${classes.paperHead}`}>
      <p>
        <strong>{client?.name ?? session.workspace}</strong> · {title}
      </p>
      <p className={classes.paper}>
        {asOf === null ? '' : `Data as of ${exactAsOf(zone, asOf)} · `}
        Printed {exactWords(zone, serverNow())} by {session.person.name}
      </p>
    </div>
  );
}
