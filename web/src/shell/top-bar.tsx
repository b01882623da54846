import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useClient, useSession } from '../session.tsx';
import { Icon } from '../ui/icon.tsx';
import { When } from '../ui/when.tsx';
import { Bell } from './bell.tsx';
import { Crumbs } from './crumbs.tsx';

import { useDocumentation } from './documentation.ts';
import { openPalette } from './palette.tsx';
import classes from './top-bar.module.css';

const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

interface TopBarProps {
  /** Null: the menu is visible beside the page. */
  onMenu: (() => void) | null;
  onScheme: (scheme: 'light' | 'dark') => void;
}

/** Location, age of the data, search, help, notifications, color scheme. */
export function TopBar({ onMenu, onScheme }: TopBarProps) {
  const client = useClient();
  const session = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const documentation = useDocumentation();
  const size = onMenu === null ? 32 : 44;
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
          <span className={classes.where}>
            <span className={classes.name}>{client?.name ?? session.workspace}</span>
            {client?.sandbox === true ? <span className={classes.sandbox}>Sandbox</span> : null}
          </span>
        </>
      )}
      <div className={classes.right}>
        {client?.asOf === undefined || onMenu !== null ? null : (
          <span className={classes.asOf}>
            <Icon name="clock" size={14} />
            <span>
              {client.asOf === null ? (
                'No data yet'
              ) : (
                <>
                  Data as of <When at={client.asOf} inline />
                </>
              )}
            </span>
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
          <kbd>{APPLE ? '⌘ K' : 'Ctrl K'}</kbd>
        </button>
        {onMenu === null ? (
          <ActionIcon
            component={Link}
            to={documentation}
            variant="subtle"
            color="gray"
            size={32}
            aria-label="Help for this page"
            title="Help for this page"
          >
            <Icon name="help" />
          </ActionIcon>
        ) : null}
        <Bell size={size} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={size}
          aria-label={`Change to ${other} colors`}
          onClick={() => {
            setColorScheme(other);
            onScheme(other);
          }}
        >
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
        </ActionIcon>
      </div>
    </header>
  );
}
