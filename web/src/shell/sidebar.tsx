import { Menu } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useClient, useSession } from '../session.tsx';
import { Icon } from '../ui/icon.tsx';
import { ClientSwitcher } from './client-switcher.tsx';
import { useDocumentation } from './documentation.ts';
import { initials, type ShownEntry, useEntries } from './entries.ts';
import type { Counts } from './shell.tsx';
import classes from './sidebar.module.css';

interface SidebarProps {
  counts: Counts;
  onSignOut: () => void;
  onHelp: () => void;
}

/** Brand, client, menu, person. */
export function Sidebar({ counts, onSignOut, onHelp }: SidebarProps) {
  const client = useClient();
  const groups = useEntries();
  const menu = useEntryInSight();
  return (
    <nav className={classes.root} aria-label={client === null ? 'Workspace' : client.name}>
      <p className={classes.brand}>
        <span className={classes.sign} aria-hidden="true">
          §
        </span>
        Bylaw
      </p>
      <ClientSwitcher />
      <div className={classes.menu} ref={menu}>
        {groups.map((group) => (
          <div key={group.label ?? ''} className={classes.group}>
            {group.label === null ? null : <p className={classes.label}>{group.label}</p>}
            <ul>
              {group.entries.filter(scrolls).map((entry) => (
                <Entry key={entry.to} entry={entry} counts={counts} />
              ))}
            </ul>
          </div>
        ))}
      </div>
      <ul className={classes.foot}>
        {groups
          .flatMap(({ entries }) => entries)
          .filter((entry) => !scrolls(entry))
          .map((entry) => (
            <Entry key={entry.to} entry={entry} counts={counts} />
          ))}
      </ul>
      <PersonMenu onSignOut={onSignOut} onHelp={onHelp} />
    </nav>
  );
}

/** The menu scrolls on a low screen; scroll the current entry into view without moving the page. */
function useEntryInSight() {
  const menu = useRef<HTMLDivElement>(null);
  const router = useRouter();
  // Entries change with the client, after the URL does, and its name may take more or less space.
  const client = useClient()?.slug;
  useEffect(() => {
    const list = menu.current;
    if (list === null) return;
    const bring = () => {
      const entry = list.querySelector('[aria-current="page"]');
      if (!entry || list.scrollHeight <= list.clientHeight) return;
      const [place, frame] = [entry.getBoundingClientRect(), list.getBoundingClientRect()];
      if (place.top < frame.top || place.bottom > frame.bottom)
        list.scrollTop += place.top - frame.top - frame.height / 3;
    };
    bring();
    const size = new ResizeObserver(bring);
    size.observe(list);
    // Once a page is rendered, the router scrolls every list back to where it was on the page before.
    const leave = router.subscribe('onRendered', bring);
    return () => {
      size.disconnect();
      leave();
    };
  }, [client, router]);
  return menu;
}

/** Settings stay visible below the menu, however many entries it has. */
function scrolls({ icon }: ShownEntry): boolean {
  return icon !== 'settings';
}

function Entry({ entry, counts }: { entry: ShownEntry; counts: Counts }) {
  const count = entry.count === undefined ? undefined : counts[entry.count];
  return (
    <li>
      <Link
        to={entry.href}
        className={classes.entry}
        activeOptions={{ exact: entry.icon === 'home', includeSearch: false }}
      >
        <Icon name={entry.icon} />
        <span>{entry.label}</span>
        {count === undefined || count.open === 0 ? null : (
          <span className={classes.count} data-late={count.late || undefined}>
            {count.open}
            <span className="hidden-text">{count.late ? ' open, late' : ' open'}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

function PersonMenu({ onSignOut, onHelp }: Omit<SidebarProps, 'counts'>) {
  const { person } = useSession();
  const documentation = useDocumentation();
  return (
    <Menu position="top-start" width={208}>
      <Menu.Target>
        <button type="button" className={classes.person}>
          <span className={classes.avatar} aria-hidden="true">
            {initials(person.name)}
          </span>
          <span>
            <span className={classes.personName}>{person.name}</span>
            <span className={classes.role}>{person.role}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="person" />} component={Link} to="/me">
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="help" />} component={Link} to={documentation}>
          Help for this page
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="sign-out" />} onClick={onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
