import '@mantine/spotlight/styles.css';
import docs from 'virtual:docs';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { visible } from '../../../src/domain/text/given.ts';
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

/** Of the list of offers, which the field of the search moves through: the focus stays in the field. */
const LIST = 'palette-offers';
const idOf = (index: number) => `${LIST}-${index}`;

/** Where a hit leads; `run` goes there or acts. */
interface Offer {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly words: string;
  readonly run: () => void;
}

/** The palette itself: goes to pages and clients, acts, and finds things on the server while one types. */
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
  // The library marks an offer in the document and counts which it is. What the server finds later moves the offers: then
  // the one that is marked is counted again, and the first is marked where none is, so that Enter leads somewhere.
  useEffect(() => {
    const offer = (index: number) => document.getElementById(idOf(index));
    const marked = shown.findIndex((_, index) => offer(index)?.hasAttribute('data-selected'));
    const now = marked === -1 && query.trim() !== '' && offer(0) !== null ? 0 : marked;
    if (now !== marked) offer(0)?.setAttribute('data-selected', 'true');
    if (now !== selected) store.setState({ ...store.getState(), selected: now });
  });
  // What scrolls is the list itself: nothing else in it takes the focus, and no key but those of the field moves it.
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
        // Focused as soon as it is there, not after its transition: people type on, and no letter may be lost.
        autoFocus
        placeholder="Page, action, control, alert, person or guide section"
        leftSection={<Icon name="search" />}
        // The library moves the mark without a word to who draws it.
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
                  // It passes on every attribute but an id.
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

/** All pages, other clients, what the open page can do, and the few acts of the frame. */
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
    offer('Action', 'help', 'Show the keys', onHelp, undefined, 'keyboard shortcuts help'),
    offer('Action', 'print', 'Print this page', () => setTimeout(() => window.print(), 100)),
    offer('Action', 'sign-out', 'Sign out', onSignOut),
  ];
}

const at = (slug: string) => (page: MorePage) => ({ ...page, href: page.to.replace('$client', slug) });

/** What someone at a client may open of the workspace. Each page once: rows of one id would pile up as someone types. */
function workspacePages(may: (permission: Permission) => boolean): readonly MorePage[] {
  const menu = WORKSPACE_NAVIGATION.flatMap(({ entries }) => entries);
  const more = MORE_OF_WORKSPACE.map(at(''));
  return [
    ...menu.map((entry) => ({ ...entry, words: otherWords(entry.to, more) })),
    ...MORE_OF_WORKSPACE.filter(({ to }) => !menu.some((entry) => entry.to === to)),
  ].filter(({ permission }) => may(permission));
}

/** What a page of the menu is called besides: the names and words of the parts that the same address shows. */
function otherWords(address: string, more: readonly ReturnType<ReturnType<typeof at>>[]): string {
  return more
    .filter(({ href }) => href === address)
    .map(({ label, words = '' }) => `${label} ${words}`)
    .join(' ');
}

/** What the server finds, a moment after the last key. */
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
