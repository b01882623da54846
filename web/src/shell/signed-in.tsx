import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { onSignedOut, client as operations, queries } from '../api.ts';
import { useLive } from '../features/home/use-live.ts';
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

/** Every page behind sign-in: asks who it is, sends whoever is nobody to `/sign-in`, and draws the frame. */
export function SignedIn() {
  const me = useQuery(meQuery);
  const router = useRouter();
  const nobody = me.error !== null && explainError(me.error).code === 'UNAUTHORIZED';
  useEffect(() => {
    const leave = () => {
      const { pathname, href } = router.latestLocation;
      if (pathname === '/sign-in') return;
      void router
        .navigate({ to: '/sign-in' as string, search: { next: href }, replace: true })
        // Only what no page shows: the sign-in page has begun to ask by then.
        .then(() => queries.removeQueries({ type: 'inactive' }));
    };
    if (nobody) leave();
    return onSignedOut(leave);
  }, [router, nobody]);
  usePreferences(me.data?.preferences);
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
          onRetry={() => void me.refetch()}
        />
      </main>
    );
  }
  return (
    <SessionProvider value={session}>
      <Frame />
    </SessionProvider>
  );
}

/** The frame, with the client of the address where the page has one. */
function Frame() {
  useLive();
  const session = useSession();
  const { client: slug } = useParams({ strict: false });
  const named = session.clients.find((one) => one.slug === slug);
  const frame = useQuery({ ...frameQuery(slug ?? ''), enabled: named !== undefined });
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
    try {
      await operations.account.signOut({});
      cache.clear();
      await navigate({ to: '/sign-in' as string });
    } catch (error) {
      toast({ kind: 'failed', text: `You are still signed in. ${explainError(error).text}` });
    }
  };
  return (
    <ClientProvider value={client}>
      <ZoneProvider value={client?.timezone ?? null}>
        <Shell
          counts={frame.data?.counts ?? {}}
          search={search}
          onSignOut={() => void signOut()}
          onPreference={(change) => void keepPreference(change).catch(() => undefined)}
        >
          <Outlet />
        </Shell>
      </ZoneProvider>
    </ClientProvider>
  );
}

/** Pages of one client. A name that is not among the person's clients is answered like one that does not exist. */
export function OfClient() {
  return useClient() === null ? <NotYours /> : <Outlet />;
}

/** `/`: whoever has one client starts at its Home, whoever has many at the list of them, whoever has none adds one. */
export function Start() {
  const { clients, may } = useSession();
  const [only, second] = clients;
  const none = may('clients.create', null) ? '/start/client' : '/clients';
  const to: string = only === undefined ? none : second === undefined ? `/c/${only.slug}` : '/clients';
  return <Navigate to={to} replace />;
}
