import { Menu, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMatches, useRouter, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { done, failed, undoable } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClient, useSession } from '../../session.tsx';
import { needed, useFields } from '../fields.ts';
import { FormDialog } from '../form-dialog.tsx';
import { Icon } from '../icon.tsx';
import classes from './saved-views.module.css';

/** Search parameters that say what is open rather than filter. */
const OPENED = ['panel', 'open', 'new', 'edit', 'answer', 'shown', 'draft'];

interface View {
  readonly id: string;
  readonly page: string;
  readonly name: string;
  readonly search: string;
}

/**
 * Filters of this list that the person saved under a name, and those shared at the client. Hidden until a filter is
 * set or a view is saved.
 */
export function SavedViews() {
  const page =
    useMatches()
      .at(-1)
      ?.fullPath.replace(/(.)\/$/, '$1') ?? '';
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location });
  const router = useRouter();
  const session = useSession();
  const client = useClient();
  const search = filtersIn(searchStr);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const own = useQuery(api.shell.views.list.queryOptions({ input: {}, staleTime: 300_000 }));
  const atClient = useQuery({
    ...api.shell.views.shared.queryOptions({ input: { client: client?.slug ?? '' }, staleTime: 300_000 }),
    enabled: client !== null && page.startsWith('/c/$client'),
  });
  const views = own.data?.items.filter((one) => one.page === page) ?? [];
  const shared = atClient.data?.items.filter((one) => one.page === page) ?? [];
  // A view that the person also has is not listed twice.
  const others = shared.filter(
    (one) => !views.some(({ name, search: own }) => name === one.name && own === one.search),
  );
  const here = views.find((one) => one.search === search);
  const sharedHere = shared.find((one) => one.search === search);
  const mayShare = client !== null && session.may('work.edit', client.slug);
  const remove = useMutation({
    mutationFn: (view: View) => calls.shell.views.remove({ view: view.id }),
    onSuccess: (_, view) =>
      undoable('The view is removed.', () => calls.shell.views.save(partsOf(view)), api.shell.views.key()),
    onError: failed,
  });
  const share = useMutation({
    mutationFn: (view: View) => calls.shell.views.share({ client: client?.slug ?? '', ...partsOf(view) }),
    onSuccess: () => done(`Everyone who can see ${client?.name} now has the view.`, api.shell.views.key()),
    onError: failed,
  });
  const unshare = useMutation({
    mutationFn: ({ name }: View) => calls.shell.views.unshare({ client: client?.slug ?? '', page, name }),
    onSuccess: (_, view) =>
      undoable(
        'The view is no longer shared.',
        () => calls.shell.views.share({ client: client?.slug ?? '', ...partsOf(view) }),
        api.shell.views.key(),
      ),
    onError: failed,
  });
  if (views.length + shared.length === 0 && search === '') return null;
  const shown = here ?? sharedHere;
  const item = (one: View) => (
    <Menu.Item
      key={one.id}
      leftSection={one === shown ? <Icon name="tick" /> : <span className={classes.blank} />}
      onClick={() => router.history.push(`${pathname}?${one.search}`)}
    >
      {one.name}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className={classes.button}>
            {shown === undefined ? 'Saved views' : `View: ${shown.name}`}
            <Icon name="chevron-down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {views.map(item)}
          {others.length === 0 ? null : <Menu.Label>Shared here</Menu.Label>}
          {others.map(item)}
          {views.length + others.length === 0 ? null : <Menu.Divider />}
          {here === undefined ? (
            <Menu.Item
              leftSection={<Icon name="plus" />}
              disabled={search === ''}
              onClick={() => setNaming('new')}
            >
              Save these filters…
            </Menu.Item>
          ) : (
            <>
              <Menu.Item leftSection={<Icon name="pencil" />} onClick={() => setNaming('rename')}>
                Rename this view…
              </Menu.Item>
              {mayShare && sharedHere === undefined ? (
                <Menu.Item leftSection={<Icon name="people" />} onClick={() => share.mutate(here)}>
                  Share this view with everyone who can see the client
                </Menu.Item>
              ) : null}
              <Menu.Item leftSection={<Icon name="trash" />} onClick={() => remove.mutate(here)}>
                Remove this view
              </Menu.Item>
            </>
          )}
          {mayShare && sharedHere !== undefined ? (
            <Menu.Item leftSection={<Icon name="close" />} onClick={() => unshare.mutate(sharedHere)}>
              Stop sharing this view
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {naming === null ? null : (
        <NameDialog
          page={page}
          search={search}
          renamed={naming === 'rename' ? here : undefined}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}

const partsOf = ({ page, name, search }: View) => ({ page, name, search });

interface NameDialogProps {
  page: string;
  search: string;
  /** The view to rename; undefined: saves the filters as a new view. */
  renamed: View | undefined;
  onClose: () => void;
}

function NameDialog({ page, search, renamed, onClose }: NameDialogProps) {
  const fields = useFields({ name: renamed?.name ?? '' }, { name: needed('Give the view a name.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={renamed === undefined ? 'Save these filters as a view' : `Rename “${renamed.name}”`}
      submit={renamed === undefined ? 'Save view' : 'Rename'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const name = fields.values.name.trim();
        if (renamed === undefined) await calls.shell.views.save({ page, search, name });
        else await calls.shell.views.rename({ view: renamed.id, name });
        await done(
          renamed === undefined ? 'The view is saved.' : 'The view is renamed.',
          api.shell.views.key(),
        );
        return true;
      }}
    >
      <TextInput
        label="Name"
        description="Only you see it, on this page for every client."
        maxLength={80}
        data-autofocus
        {...fields.text('name')}
      />
    </FormDialog>
  );
}

/** Filters, tab and order of a URL in canonical form. */
function filtersIn(text: string): string {
  const search = new URLSearchParams(text);
  for (const name of OPENED) search.delete(name);
  search.sort();
  return search.toString();
}
