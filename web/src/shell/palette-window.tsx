import '@mantine/spotlight/styles.css';
import docs from 'virtual:docs';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { visible } from '../../../src/domain/text/unsafe-text.ts';
import { type Permission, useClient, useSession } from '../session.tsx';
import { explainError } from '../ui/explain-error.ts';
import { Icon } from '../ui/icon.tsx';
import { useEntries } from './entries.ts';
import { MORE_OF_CLIENT, MORE_OF_WORKSPACE, type MorePage } from './more-pages.ts';
import { WORKSPACE_NAVIGATION } from './navigation.ts';
import {
  closePalette,
  PALETTE_NAME,
  type PaletteProps,
  type SearchHit,
  setPaletteQuery,
  usePaletteState,
} from './palette.tsx';
import classes from './palette-window.module.css';
import { useTour } from './tour.tsx';
import { useSwitch } from './use-switch.ts';

const [store, spotlight] = createSpotlight();

/** Id of the list of results, which the search field controls: the focus remains in the field. */
const LIST = 'palette-offers';
const idOf = (index: number) => `${LIST}-${index}`;

/** A result; `run` navigates or acts. */
interface Offer {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly words: string;
  readonly run: () => void;
}

/** The palette: navigates to pages and clients, runs acts, and searches the server while typing. */
export default function PaletteWindow({ search, onSignOut, onHelp }: PaletteProps) {
  const { opened, query } = usePaletteState();
  const { hits, failure } = useHits(search, query);
  const navigate = useNavigate();
  const offers = useOffers(onSignOut, onHelp);
  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);
  const words = query.trim().toLowerCase().split(/\s+/);
  const found: readonly Offer[] = [
    ...offers.filter((offer) => words.every((word) => offer.words.includes(word))),
    ...hits.map((hit) => ({ ...hit, words: '', run: () => void navigate({ to: hit.href }) })),
  ];
  const groups = [...new Set(found.map((offer) => offer.group))];
  const shown = groups.flatMap((group) => found.filter((offer) => offer.group === group));
  const { selected } = useSpotlight(store);
  // The library marks the selected item in the DOM and keeps its index. Results from the server shift the items, so
  // the index is recomputed, and if nothing is selected, the first item is, so that Enter always works.
  useEffect(() => {
    const offer = (index: number) => document.getElementById(idOf(index));
    const marked = shown.findIndex((_, index) => offer(index)?.hasAttribute('data-selected'));
    const now = marked === -1 && query.trim() !== '' && offer(0) !== null ? 0 : marked;
    if (now !== marked) offer(0)?.setAttribute('data-selected', 'true');
    if (now !== selected) store.setState({ ...store.getState(), selected: now });
  });
  // The list itself scrolls: nothing else in it takes the focus, and only keys of the field move it.
  const list = shown.length === 0 ? {} : { id: LIST, role: 'listbox', 'aria-label': 'What was found' };
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setPaletteQuery}
      clearQueryOnClose={false}
      onSpotlightClose={closePalette}
      shortcut={null}
      scrollable
      maxHeight="min(30rem, 70dvh)"
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': PALETTE_NAME } }}
      classNames={{ search: classes.search ?? '', actionsGroup: classes.group ?? '' }}
    >
      <Spotlight.Search
        // Focus immediately, not after the transition: people keep typing, and no character may be lost.
        autoFocus
        placeholder="Page, action, control, alert, person or guide section"
        leftSection={<Icon name="search" />}
        // The library changes the selection without notifying the component.
        onKeyDown={() => queueMicrotask(() => store.setState({ ...store.getState() }))}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={LIST}
        {...(shown[selected] === undefined ? {} : { 'aria-activedescendant': idOf(selected) })}
      />
      <Spotlight.ActionsList {...{ viewportProps: list }}>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group} role="group" aria-label={group}>
            {shown.map((offer, index) =>
              offer.group !== group ? null : (
                <Spotlight.Action
                  key={offer.id}
                  // The library passes on all attributes except ids.
                  renderRoot={(props) => <button {...props} id={idOf(index)} />}
                  role="option"
                  aria-selected={index === selected}
                  label={visible(offer.label)}
                  {...(offer.description === undefined ? {} : { description: visible(offer.description) })}
                  onClick={offer.run}
                />
              ),
            )}
          </Spotlight.ActionsGroup>
        ))}
        {found.length === 0 ? (
          <Spotlight.Empty>{failure ?? `Nothing here is named “${query.trim()}”.`}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** All pages, other clients, acts of the current page, and general acts. */
function useOffers(onSignOut: () => void, onHelp: () => void): readonly Offer[] {
  const entries = useEntries().flatMap((group) => group.entries);
  const session = useSession();
  const client = useClient();
  const { actions } = usePaletteState();
  const navigate = useNavigate();
  const router = useRouter();
  const go = useSwitch();
  const tour = useTour();
  const anywhere = (permission: Permission) =>
    session.may(permission, null) || session.clients.some(({ slug }) => session.may(permission, slug));
  const more =
    client === null
      ? MORE_OF_WORKSPACE.filter(({ permission }) => anywhere(permission)).map(at(''))
      : MORE_OF_CLIENT.filter(({ permission }) => session.may(permission, client.slug)).map(at(client.slug));
  const offer = (
    group: string,
    id: string,
    label: string,
    run: () => void,
    description?: string,
    more = '',
  ) => ({
    group,
    id: `${group}:${id}`,
    label,
    description,
    run,
    words: `${label} ${description ?? ''} ${more}`.toLowerCase(),
  });
  return [
    ...actions.map((action) =>
      offer('Action', action.id, action.label, action.run, action.description, action.keywords?.join(' ')),
    ),
    ...entries.map(({ href, label }) =>
      offer('Go', href, label, () => void navigate({ to: href }), undefined, otherWords(href, more)),
    ),
    ...more
      .filter(({ href }) => !entries.some((entry) => entry.href === href))
      .map(({ href, label, words }) =>
        offer('Go', href, label, () => router.history.push(href), undefined, words),
      ),
    ...(client === null
      ? []
      : workspacePages(anywhere).map(({ label, to, words }) =>
          offer('Workspace', to, label, () => router.history.push(to), session.workspace, words),
        )),
    offer(
      'Go',
      '/me',
      'Your account',
      () => void navigate({ to: '/me' as string }),
      undefined,
      'password passkey sessions',
    ),
    ...(session.clients.length > 1 ? [offer('Go', 'all', 'All clients', () => go('/clients'))] : []),
    ...session.clients
      .filter((one) => one.slug !== client?.slug)
      .map((one) => offer('Clients', one.slug, one.name, () => go(one.slug), one.domain ?? undefined)),
    ...docs.map(({ name, title }) =>
      offer('Documentation', name, title, () => router.history.push(`/docs/${name}`), undefined, 'help how'),
    ),
    ...(tour === null
      ? []
      : [offer('Action', 'tour', 'Take the tour', tour, 'Five minutes through the sandbox', 'help start')]),
    offer('Action', 'help', 'Show keyboard shortcuts', onHelp, undefined, 'keys help'),
    offer('Action', 'print', 'Print this page', () => setTimeout(() => window.print(), 100)),
    offer('Action', 'sign-out', 'Sign out', onSignOut),
  ];
}

const at = (slug: string) => (page: MorePage) => ({ ...page, href: page.to.replace('$client', slug) });

/**
 * Pages of the workspace that someone at a client may open. Without duplicates, because items with equal ids would
 * accumulate while typing.
 */
function workspacePages(may: (permission: Permission) => boolean): readonly MorePage[] {
  const menu = WORKSPACE_NAVIGATION.flatMap(({ entries }) => entries);
  const more = MORE_OF_WORKSPACE.map(at(''));
  return [
    ...menu.map((entry) => ({ ...entry, words: otherWords(entry.to, more) })),
    ...MORE_OF_WORKSPACE.filter(({ to }) => !menu.some((entry) => entry.to === to)),
  ].filter(({ permission }) => may(permission));
}

/** Search terms of a menu page: the names and words of the parts at the same URL. */
function otherWords(address: string, more: readonly ReturnType<ReturnType<typeof at>>[]): string {
  return more
    .filter(({ href }) => href === address)
    .map(({ label, words = '' }) => `${label} ${words}`)
    .join(' ');
}

/** Searches the server shortly after the last keystroke. */
function useHits(search: PaletteProps['search'], query: string) {
  const [state, setState] = useState<{ hits: readonly SearchHit[]; failure: string | null }>({
    hits: [],
    failure: null,
  });
  useEffect(() => {
    const asked = query.trim();
    if (asked.length < 2) {
      setState({ hits: [], failure: null });
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      search(asked, control.signal).then(
        (hits) => {
          if (!control.signal.aborted) setState({ hits, failure: null });
        },
        (error: unknown) => {
          if (!control.signal.aborted)
            setState({ hits: [], failure: `The search failed. ${explainError(error).text}` });
        },
      );
    }, 180);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [search, query]);
  return state;
}
