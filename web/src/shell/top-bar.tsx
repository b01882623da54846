import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useClient, useSession } from '../session.tsx';
import { Icon } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import { Crumbs } from './crumbs.tsx';
import { openPalette } from './palette.tsx';
import classes from './top-bar.module.css';

/** Where one is, how old the data is, search, scheme. `onMenu` null: the menu stands beside the page. */
export function TopBar({ onMenu }: { onMenu: (() => void) | null }) {
  const client = useClient();
  const session = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className={classes.root}>
      {onMenu === null ? (
        <Crumbs />
      ) : (
        <>
          <ActionIcon variant="subtle" color="gray" size={44} aria-label="Open the menu" onClick={onMenu}>
            <Icon name="menu" />
          </ActionIcon>
          <span className={classes.name}>{client?.name ?? session.workspace}</span>
        </>
      )}
      <div className={classes.right}>
        {client === null || onMenu !== null ? null : (
          <span className={classes.asOf}>
            <Icon name="clock" size={14} />
            {client.asOf === null ? (
              'No data yet'
            ) : (
              <>
                Data as of <When at={client.asOf} />
              </>
            )}
          </span>
        )}
        <button
          type="button"
          className={classes.search}
          data-small={onMenu !== null || undefined}
          onClick={openPalette}
        >
          <Icon name="search" />
          <span>Search or act</span>
          <kbd>Ctrl K</kbd>
        </button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={onMenu === null ? 32 : 44}
          aria-label={`Change to ${other} colours`}
          onClick={() => setColorScheme(other)}
        >
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
        </ActionIcon>
      </div>
    </header>
  );
}
