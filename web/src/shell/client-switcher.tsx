import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useRef, useState } from 'react';
import { useClient, useSession } from '../session.tsx';
import { Icon } from '../ui/icon.tsx';
import classes from './client-switcher.module.css';
import { initials } from './entries.ts';
import { useSwitch } from './use-switch.ts';

const ALL = '/clients';
const NEW = '/clients/new';

/** Shows the client, and switches it while keeping the page. */
export function ClientSwitcher() {
  const client = useClient();
  const session = useSession();
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setQuery('');
    },
    onDropdownOpen: () => {
      setTimeout(() => field.current?.focus(), 0);
      combobox.selectFirstOption();
    },
  });
  const go = useSwitch();
  const mayAdd = session.may('clients.create', null);
  // This is the only way to the pages of the workspace, even for someone with a single client.
  const many = session.clients.length > 1 || mayAdd;
  const words = query.trim().toLowerCase();
  const found = session.clients.filter((one) =>
    `${one.name} ${one.domain ?? ''}`.toLowerCase().includes(words),
  );
  const name = client?.name ?? session.workspace;
  const below =
    client === null
      ? `${session.clients.length} ${session.clients.length === 1 ? 'client' : 'clients'}`
      : (client.domain ?? 'No domain yet');
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={288}
      withinPortal
      onOptionSubmit={(slug) => {
        combobox.closeDropdown();
        go(slug);
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={classes.button}
          aria-label={`${name} ${client?.sandbox === true ? 'Sandbox ' : ''}${below}, change the client`}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes.tile} aria-hidden="true">
            {initials(name)}
          </span>
          <span className={classes.text}>
            <span className={classes.name}>{name}</span>
            <span className={classes.below}>
              {client?.sandbox === true ? <span className={classes.sandbox}>Sandbox</span> : null}
              {below}
            </span>
          </span>
          <Icon name="up-down" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.EventsTarget>
          <TextInput
            ref={field}
            size="xs"
            aria-label="Find a client"
            placeholder="Find a client"
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              combobox.updateSelectedOptionIndex();
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={classes.options} aria-label="Clients">
          {many && words === '' ? (
            <Combobox.Option value={ALL} active={client === null}>
              All clients
            </Combobox.Option>
          ) : null}
          {found.map((one) => (
            <Combobox.Option key={one.slug} value={one.slug} active={one.slug === client?.slug}>
              {one.name}
            </Combobox.Option>
          ))}
          {mayAdd && words === '' ? <Combobox.Option value={NEW}>Add a client</Combobox.Option> : null}
          {found.length === 0 ? <Combobox.Empty>No client has “{query}” in its name.</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
