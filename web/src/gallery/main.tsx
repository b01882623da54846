import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { ClientProvider, type Session, SessionProvider } from '../session.tsx';
import { Shell } from '../shell/shell.tsx';
import { ThemeProvider } from '../theme/provider.tsx';
import { Toasts } from '../ui/toast.tsx';
import { ZoneProvider } from '../ui/when.tsx';
import { GalleryDetail } from './detail.tsx';
import { GalleryForm } from './form.tsx';
import { GalleryHome } from './home.tsx';
import { GalleryList } from './list.tsx';
import { GalleryPeople } from './people.tsx';

/* Every component with fictional data, for review and for axe; `npm run dev:web`, then /gallery.html#/c/alder. */
const session: Session = {
  person: { name: 'Dana Whitlock', email: 'dana@kestrel.example.org', role: 'Technician, Kestrel Lane' },
  workspace: 'Kestrel Lane IT',
  clients: [
    {
      slug: 'alder',
      name: 'Alder Society of Landscape Surveyors',
      domain: 'alder.example.org',
      timezone: 'Europe/London',
    },
    {
      slug: 'harrow',
      name: 'Harrow Guild of Organ Builders',
      domain: 'harrow.example.org',
      timezone: 'Europe/London',
    },
  ],
  may: () => true,
};
const client = {
  slug: 'alder',
  name: 'Alder Society of Landscape Surveyors',
  domain: 'alder.example.org',
  timezone: 'Europe/London',
  asOf: '2026-11-24T08:40:00Z',
  sandbox: false,
};
const counts = {
  controls: { open: 6, late: false },
  people: { open: 6, late: false },
  exceptions: { open: 3, late: false },
  attestations: { open: 1, late: true },
};

const root = createRootRoute();
const page = (path: string, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component: () => <InShell>{component()}</InShell> });

function InShell({ children }: { children: React.ReactNode }) {
  return (
    <SessionProvider value={session}>
      <ClientProvider value={client}>
        <ZoneProvider value={client.timezone}>
          <Shell
            counts={counts}
            search={async () => []}
            tour="over"
            onSignOut={() => undefined}
            onPreference={() => undefined}
          >
            {children}
          </Shell>
          <Toasts />
        </ZoneProvider>
      </ClientProvider>
    </SessionProvider>
  );
}

const router = createRouter({
  routeTree: root.addChildren([
    page('/c/$client', () => <GalleryHome />),
    page('/c/$client/controls', () => <GalleryList />),
    page('/c/$client/controls/$control', () => <GalleryDetail />),
    page('/c/$client/people', () => <GalleryPeople />),
    page('/c/$client/imports', () => <GalleryForm />),
  ]),
  history: createMemoryHistory({ initialEntries: [location.hash.slice(1) || '/c/alder'] }),
});

const element = document.getElementById('root');
if (element !== null)
  createRoot(element).render(
    <ThemeProvider>
      <RouterProvider router={router as never} />
    </ThemeProvider>,
  );
