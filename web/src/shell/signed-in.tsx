import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import {
  type ComponentProps,
  type ComponentType,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { onSignedOut, client as operations, queries } from '../api.ts';
import { ProofProvider } from '../features/account/proof.tsx';
import { useLive } from '../features/home/use-live.ts';
import type { SessionEnded } from '../features/sign-in/session-ended.tsx';
import { lazyPage } from '../lazy-page.ts';
import { type ClientFrame, ClientProvider, SessionProvider, useClient, useSession } from '../session.tsx';
import { explainError } from '../ui/explain-error.ts';
import { ErrorState } from '../ui/states.tsx';
import { NotYours } from '../ui/templates/page.tsx';
import { toast } from '../ui/toast.tsx';
import { ZoneProvider } from '../ui/when.tsx';
import { asOfText, findThings, frameQuery, keepPreference, meQuery, sessionOf } from './frame-source.ts';
import type { SearchProvider } from './palette.tsx';
import { usePreferences } from './preferences.ts';
import { Shell } from './shell.tsx';

/** Loaded on demand, because few people see it. */
const SecondFactorFirst = lazyPage(
  () => import('../features/start/second-factor-first.tsx'),
  'SecondFactorFirst',
);

type EndedProps = ComponentProps<typeof SessionEnded>;

/** The person signed out deliberately, so do not ask them to sign in again. */
let signingOut = false;

/** The dialog to sign in again is open. */
let asking = false;

// Escape would close the dialogs behind it and lose what was typed. Registered before any of them.
window.addEventListener(
  'keydown',
  (event) => {
    if (asking && event.key === 'Escape') event.stopImmediatePropagation();
  },
  { capture: true },
);

/**
 * Every page behind sign-in: fetches the session, redirects to `/sign-in` if there is none, and renders the frame
 * around the page (or around `children`). If the session ends while someone is working, the page stays with what was
 * typed, behind a dialog to sign in again.
 */
export function SignedIn({ children }: { children?: ReactNode }) {
  const me = useQuery(meQuery);
  const router = useRouter();
  const opened = useRef(me.data);
  opened.current ??= me.data;
  const [Dialog, setDialog] = useState<ComponentType<EndedProps> | null>(null);
  const nobody = me.error !== null && explainError(me.error).code === 'UNAUTHORIZED';
  useEffect(() => {
    const leave = () => {
      const { pathname, href } = router.latestLocation;
      if (pathname === '/sign-in' || signingOut) return;
      void router
        .navigate({ to: '/sign-in' as string, search: { next: href }, replace: true })
        // Only data that no page shows: by then, the sign-in page has started its requests.
        .then(() => queries.removeQueries({ type: 'inactive' }));
    };
    const ended = () => {
      if (opened.current === undefined) return leave();
      if (signingOut) return;
      // If it cannot be loaded, for example after an update, a page that needs no session is shown.
      import('../features/sign-in/session-ended.tsx').then(
        ({ SessionEnded: dialog }) => setDialog(() => dialog),
        leave,
      );
    };
    if (nobody) ended();
    return onSignedOut(ended);
  }, [router, nobody]);
  useEffect(() => {
    asking = Dialog !== null;
    return () => {
      asking = false;
    };
  }, [Dialog]);
  const id = me.data?.id;
  useEffect(() => {
    // Another person signed in in another tab: nothing on this page is theirs.
    if (id !== undefined && id !== opened.current?.id) location.reload();
  }, [id]);
  usePreferences(me.data?.preferences);
  const needed = me.data?.signIn.secondFactorNeeded === true;
  // It stays until the person continues, so that recovery codes are saved first.
  const [settingUp, setSettingUp] = useState(false);
  useEffect(() => {
    if (needed) setSettingUp(true);
  }, [needed]);
  const session = useMemo(() => (me.data === undefined ? null : sessionOf(me.data)), [me.data]);
  if (session === null) {
    if (me.error === null || nobody) return null;
    return (
      <main id="main">
        <ErrorState
          whole
          what="Bylaw could not be opened."
          still="Nothing was changed."
          error={me.error}
          at={me.errorUpdatedAt}
          onRetry={() => void me.refetch()}
        />
      </main>
    );
  }
  if (me.data !== undefined && (needed || settingUp))
    return (
      <Suspense fallback={null}>
        <SecondFactorFirst
          me={me.data}
          onDone={() => {
            setSettingUp(false);
            void queries.invalidateQueries();
          }}
        />
      </Suspense>
    );
  return (
    <SessionProvider value={session}>
      <ProofProvider>
        <Frame>{children ?? <Outlet />}</Frame>
        {Dialog === null || opened.current === undefined ? null : (
          <Dialog person={opened.current} onBack={() => setDialog(null)} />
        )}
      </ProofProvider>
    </SessionProvider>
  );
}

/** The frame, with the client in the URL if there is one. */
function Frame({ children }: { children: ReactNode }) {
  useLive();
  const session = useSession();
  const me = useQuery(meQuery);
  const { client: slug } = useParams({ strict: false });
  const named = session.clients.find((one) => one.slug === slug);
  const frame = useQuery({
    ...frameQuery(slug ?? ''),
    enabled: named !== undefined && session.may('client.read', named.slug),
  });
  const client = useMemo<ClientFrame | null>(
    () =>
      named === undefined
        ? null
        : {
            ...named,
            asOf: frame.data === undefined ? undefined : asOfText(frame.data, named.timezone),
            sandbox: frame.data?.sandbox ?? false,
          },
    [named, frame.data],
  );
  const search = useMemo<SearchProvider>(
    () => (query, signal) => findThings(query, slug ?? null, signal),
    [slug],
  );
  const cache = useQueryClient();
  const navigate = useNavigate();
  const signOut = async () => {
    signingOut = true;
    try {
      await operations.account.signOut({});
      cache.clear();
      await navigate({ to: '/sign-in' as string });
    } catch (error) {
      toast({ kind: 'failed', text: `You are still signed in. ${explainError(error).text}` });
    } finally {
      signingOut = false;
    }
  };
  return (
    <ClientProvider value={client}>
      <ZoneProvider value={client?.timezone ?? null}>
        <Shell
          counts={frame.data?.counts ?? {}}
          search={search}
          tour={me.data?.preferences.tour ?? 'over'}
          onSignOut={() => void signOut()}
          onPreference={(change) => void keepPreference(change).catch(() => undefined)}
        >
          {children}
        </Shell>
      </ZoneProvider>
    </ClientProvider>
  );
}

/** Pages of a client. A name that is not among the person's clients is treated like one that does not exist. */
export function OfClient() {
  return useClient() === null ? <NotYours /> : <Outlet />;
}

/** `/`: with one client, its Home; with several, the list of them; with none, the form to add one. */
export function Start() {
  const { clients, may } = useSession();
  const [only, second] = clients;
  const staffAt = clients.every(({ slug }) => !may('client.read', slug)) ? only : undefined;
  if (staffAt !== undefined) return <Navigate to={`/c/${staffAt.slug}/ask` as string} replace />;
  const none = may('clients.create', null) ? '/start/client' : '/clients';
  const to: string = only === undefined ? none : second === undefined ? `/c/${only.slug}` : '/clients';
  return <Navigate to={to} replace />;
}
