import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../src/domain/text/words.ts';
import { failed } from '../acts.ts';
import { api, client as calls, queries } from '../api.ts';
import { useSession } from '../session.tsx';
import { When } from '../ui/when.tsx';
import classes from './bell.module.css';

type Notification = Awaited<ReturnType<typeof calls.shell.notifications.list>>['items'][number];

/** Maximum number of entries; the rest is under Work. */
const SHOWN = 30;

interface BellListProps {
  items: readonly Notification[];
  total: number;
  unread: number;
  onClose: () => void;
}

/** The list behind the bell. */
export function BellList({ items, total, unread, onClose }: BellListProps) {
  const { clients } = useSession();
  const read = useMutation({
    mutationFn: (ids: string[]) => calls.shell.notifications.read({ ids }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.shell.notifications.key() }),
    onError: failed,
  });
  const shown = items.slice(0, SHOWN);
  return (
    <>
      <div className={classes.head}>
        <h2>Notifications</h2>
        {unread === 0 ? null : (
          <Button
            size="xs"
            loading={read.isPending}
            onClick={() => read.mutate(items.filter((one) => !one.read).map(({ id }) => id))}
          >
            Mark all as read
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <p className={classes.none}>
          Nothing is waiting for you. Your work, decisions you can make, critical alerts and failed deliveries
          are listed here.
        </p>
      ) : (
        <ul className={classes.list}>
          {shown.map((one) => (
            <li key={one.id} data-unread={!one.read || undefined}>
              <Link
                to={one.href}
                onClick={() => {
                  if (!one.read) read.mutate([one.id]);
                  onClose();
                }}
              >
                {one.read ? null : <span className="hidden-text">Unread: </span>}
                {one.title}
              </Link>
              <span className="second">
                {[clients.length > 1 ? one.name : null, one.kindName, dueText(one)]
                  .filter((part) => part !== null)
                  .join(' · ')}
                {one.reminded === null ? null : (
                  <>
                    {' · '}
                    {one.reminded.by} reminded you, <When at={one.reminded.at} inline />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={classes.foot}>
        <Link to="/work" search={{ owner: 'mine' }} onClick={onClose}>
          {total > SHOWN ? `${total - SHOWN} more under Work` : 'All your work'}
        </Link>
        <Link to="/me" onClick={onClose}>
          Reminders by email
        </Link>
      </p>
    </>
  );
}

function dueText({ due, when }: Notification): string | null {
  if (due === null) return null;
  return when === 'overdue' ? `overdue since ${dayWords(due)}` : `due ${dayWords(due)}`;
}
