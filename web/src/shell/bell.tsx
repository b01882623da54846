import { ActionIcon, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api.ts';
import { Icon } from '../ui/icon.tsx';
import { LoadFailed } from '../ui/states.tsx';
import classes from './bell.module.css';

const REFETCH_MS = 60_000;

/** Only the bell is in the first script: the list is loaded on hover or focus, before it is opened. */
const loadList = async () => ({ default: (await import('./bell-list.tsx')).BellList });
const List = lazy(loadList);

/** What waits for the person at all of their clients: a bell with the number of new entries, and the list behind it. */
export function Bell({ size }: { size: number }) {
  const [opened, setOpened] = useState(false);
  const load = useQuery(
    api.shell.notifications.list.queryOptions({
      input: {},
      refetchInterval: REFETCH_MS,
      staleTime: REFETCH_MS / 2,
    }),
  );
  const unread = load.data?.unread ?? 0;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(26rem, calc(100vw - 1rem))"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={size}
          className={classes.bell}
          aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
          onPointerEnter={() => void loadList()}
          onFocus={() => void loadList()}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="alerts" />
          {unread === 0 ? null : (
            <span className={classes.number} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Notifications">
        {load.data === undefined ? (
          <LoadFailed load={load} what="The notifications could not be loaded." />
        ) : (
          <Suspense fallback={null}>
            <List
              items={load.data.items}
              total={load.data.total}
              unread={unread}
              onClose={() => setOpened(false)}
            />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
