import { Drawer } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useClient } from '../session.tsx';
import { useMedia } from '../ui/measure.ts';
import { useActs } from './acts.ts';
import { HelpDialog } from './help-dialog.tsx';
import type { CountKey } from './navigation.ts';
import { Palette, type SearchProvider } from './palette.tsx';
import type { Preferences } from './preferences.ts';
import classes from './shell.module.css';
import { ShellKeys } from './shell-keys.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

/** Only the sandbox has a tour. */
const Tour = lazy(async () => ({ default: (await import('./tour.tsx')).Tour }));

export type Counts = {
  readonly [Key in CountKey]?: { readonly open: number; readonly late: boolean } | undefined;
};

interface ShellProps {
  /** Counters of open work beside menu entries; red if there is a deadline. */
  counts: Counts;
  /** Searches by id, name or email address for the palette. */
  search: SearchProvider;
  /** Whether to offer the tour of the sandbox. */
  tour: Preferences['tour'];
  onSignOut: () => void;
  /** The person changed the color scheme or shortcuts in the frame. */
  onPreference: (change: Partial<Preferences>) => void;
  children: ReactNode;
}

/** The frame around every page: menu, bar, palette, shortcuts. */
export function Shell({ counts, search, tour, onSignOut, onPreference, children }: ShellProps) {
  useActs();
  const sandbox = useClient()?.sandbox === true;
  const narrow = useMedia('(max-width: 56.24rem)');
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [drawnAt, setDrawnAt] = useState(path);
  if (drawnAt !== path) {
    setDrawnAt(path);
    setDrawer(false);
  }
  const sidebar = <Sidebar counts={counts} onSignOut={onSignOut} onHelp={() => setHelp(true)} />;
  return (
    <div className={classes.root}>
      <a href="#main" className={classes.skip}>
        Skip to main content
      </a>
      {narrow ? (
        <Drawer.Root opened={drawer} onClose={() => setDrawer(false)} size="17rem">
          <Drawer.Overlay backgroundOpacity={0.4} />
          <Drawer.Content aria-label="Menu" className={classes.drawer}>
            {sidebar}
          </Drawer.Content>
        </Drawer.Root>
      ) : (
        <div className={classes.sidebar}>{sidebar}</div>
      )}
      <div className={classes.side}>
        <TopBar
          onMenu={narrow ? () => setDrawer(true) : null}
          onScheme={(theme) => onPreference({ theme })}
        />
        {sandbox ? (
          <Suspense fallback={null}>
            <Tour
              offered={tour === 'offered'}
              home={/^\/c\/[^/]+\/?$/.test(path)}
              onOver={() => onPreference({ tour: 'over' })}
            />
          </Suspense>
        ) : null}
        <main id="main" tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </div>
      <ShellKeys onHelp={() => setHelp(true)} />
      <HelpDialog
        opened={help}
        onClose={() => setHelp(false)}
        onSingleKeys={(singleLetterKeys) => onPreference({ singleLetterKeys })}
      />
      <Palette search={search} onSignOut={onSignOut} onHelp={() => setHelp(true)} />
    </div>
  );
}
