import { Menu, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMatches, useRouter, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../fields.ts';
import { FormDialog } from '../form-dialog.tsx';
import { Icon } from '../icon.tsx';
import classes from './saved-views.module.css';

/** Of an address: what is open, which is no filter. */
const OPENED = ['panel', 'open', 'new', 'edit', 'answer', 'shown', 'draft'];

/** Filters of this list that the person kept by a name. Nothing is there until a filter is on or a view is saved. */
export function SavedViews() {
  const page =
    useMatches()
      .at(-1)
      ?.fullPath.replace(/(.)\/$/, '$1') ?? '';
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location });
  const router = useRouter();
  const search = filtersIn(searchStr);
  const [naming, setNaming] = useState(false);
  const load = useQuery(api.shell.views.list.queryOptions({ input: {}, staleTime: 300_000 }));
  const views = load.data?.items.filter((one) => one.page === page) ?? [];
  const here = views.find((one) => one.search === search);
  const remove = useMutation({
    mutationFn: (view: string) => calls.shell.views.remove({ view }),
    onSuccess: () => done('The view is removed.', api.shell.views.key()),
    onError: failed,
  });
  if (views.length === 0 && search === '') return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className={classes.button}>
            {here === undefined ? 'Saved views' : `View: ${here.name}`}
            <Icon name="chevron-down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((one) => (
            <Menu.Item
              key={one.id}
              leftSection={one === here ? <Icon name="tick" /> : <span className={classes.blank} />}
              onClick={() => router.history.push(`${pathname}?${one.search}`)}
            >
              {one.name}
            </Menu.Item>
          ))}
          {views.length === 0 ? null : <Menu.Divider />}
          {here === undefined ? (
            <Menu.Item
              leftSection={<Icon name="plus" />}
              disabled={search === ''}
              onClick={() => setNaming(true)}
            >
              Save these filters…
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Icon name="trash" />} onClick={() => remove.mutate(here.id)}>
              Remove “{here.name}”
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <NameDialog opened={naming} page={page} search={search} onClose={() => setNaming(false)} />
    </>
  );
}

interface NameDialogProps {
  opened: boolean;
  page: string;
  search: string;
  onClose: () => void;
}

function NameDialog({ opened, page, search, onClose }: NameDialogProps) {
  const fields = useFields({ name: '' }, { name: needed('Give the view a name.') });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title="Save these filters as a view"
      submit="Save view"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.shell.views.save({ page, search, name: fields.values.name.trim() });
        await done('The view is saved.', api.shell.views.key());
        fields.reset();
        return true;
      }}
    >
      <TextInput
        label="Name"
        description="Only you see it, on this page of every client."
        maxLength={80}
        data-autofocus
        {...fields.text('name')}
      />
    </FormDialog>
  );
}

/** The filters, tab and order of an address, always written the same way. */
function filtersIn(text: string): string {
  const search = new URLSearchParams(text);
  for (const name of OPENED) search.delete(name);
  search.sort();
  return search.toString();
}
