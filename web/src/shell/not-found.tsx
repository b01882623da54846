import { Button } from '@mantine/core';
import { Link, useRouter, useRouterState } from '@tanstack/react-router';
import { useClient, useSession } from '../session.tsx';
import { Icon } from '../ui/icon.tsx';
import { Row, Stack } from '../ui/layout.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useTitle } from '../ui/templates/title.ts';
import { useEntries } from './entries.ts';
import { MORE_OF_CLIENT, MORE_OF_WORKSPACE } from './more-pages.ts';
import { openPalette } from './palette.tsx';
import { SignedIn } from './signed-in.tsx';

/** A URL without a page, inside the frame; visitors who are not signed in go to sign-in first. */
export function NotFoundPage() {
  return (
    <SignedIn>
      <NotFound />
    </SignedIn>
  );
}

/** The same within a client, where the frame already exists. */
export function NotFound() {
  useTitle('Not found');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const similar = useSimilar(path);
  return (
    <EmptyState
      whole
      title="There is no page at this address"
      action={
        <Stack gap="md">
          <WaysOn />
          {similar.length === 0 ? null : (
            <p>
              Did you mean{' '}
              {similar.map(({ label, href }, at) => (
                <span key={href}>
                  {at === 0 ? '' : ' or '}
                  <Link to={href}>{label}</Link>
                </span>
              ))}
              ?
            </p>
          )}
        </Stack>
      }
    >
      <code className="wraps">{path}</code> is wrong, or the page has moved.
    </EmptyState>
  );
}

/** Options on a page that does not exist: home, or search. */
function WaysOn() {
  const client = useClient();
  return (
    <Row gap="sm">
      <Button
        component={Link}
        to={client === null ? '/' : `/c/${client.slug}`}
        leftSection={<Icon name="home" />}
      >
        {client === null ? 'Go to the start page' : 'Go to Home'}
      </Button>
      <Button leftSection={<Icon name="search" />} onClick={openPalette}>
        Search
      </Button>
    </Row>
  );
}

/** Minimum similarity of a page's URL to be suggested; 1 is identity. */
const SIMILAR = 0.4;

/** At most two pages whose URLs are similar to the requested one. */
function useSimilar(path: string): readonly { readonly label: string; readonly href: string }[] {
  const client = useClient();
  const session = useSession();
  const router = useRouter();
  const entries = useEntries().flatMap((group) => group.entries);
  const more = (client === null ? MORE_OF_WORKSPACE : MORE_OF_CLIENT)
    .filter(({ permission, to }) => session.may(permission, client?.slug ?? null) && !to.includes('?'))
    .map(({ label, to }) => ({ label, href: to.replace('$client', client?.slug ?? '') }));
  const asked = pairsOf(lastOf(path));
  return (
    [...entries, ...more]
      .map(({ label, href }) => ({ label, href, like: likeness(asked, pairsOf(lastOf(href))) }))
      .filter(({ like, href }) => like >= SIMILAR && href !== router.latestLocation.pathname)
      // A part of a page with its own name has the same URL.
      .filter(({ href }, at, all) => all.findIndex((one) => one.href === href) === at)
      .sort((a, b) => b.like - a.like)
      .slice(0, 2)
  );
}

function lastOf(path: string): string {
  return path.split('/').filter(Boolean).at(-1)?.toLowerCase() ?? '';
}

/** Bigrams. */
function pairsOf(word: string): ReadonlySet<string> {
  return new Set([...word].slice(1).map((_, at) => word.slice(at, at + 2)));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = a.union(b).size;
  return all === 0 ? 0 : a.intersection(b).size / all;
}
