import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Permission, useClient, useSession } from '../session.tsx';
import { type PaletteAction, usePaletteActions } from './palette.tsx';

interface Act {
  readonly label: string;
  readonly keywords: readonly string[];
  readonly permission: Permission;
  /** URL where the act starts, with its form open; `$client` is replaced. */
  readonly href: string;
}

/** Acts that can be started anywhere in a client. */
const OF_CLIENT: readonly Act[] = [
  {
    label: 'Import files',
    keywords: ['upload', 'drop', 'bring'],
    permission: 'imports.write',
    href: '/c/$client/imports',
  },
  {
    label: 'Create a report',
    keywords: ['board', 'pdf'],
    permission: 'reports.make',
    href: '/c/$client/reports?new=yes',
  },
  {
    label: 'Request an exception',
    keywords: ['accept', 'until'],
    permission: 'exceptions.request',
    href: '/c/$client/exceptions?new=choose',
  },
  {
    label: 'Record what you saw',
    keywords: ['attest', 'statement', 'attestation'],
    permission: 'attestations.write',
    href: '/c/$client/attestations?new=choose',
  },
  {
    label: 'Hand over the deployment',
    keywords: ['holder', 'msp', 'client'],
    permission: 'deployment.work',
    href: '/c/$client/deployment?open=hand-over',
  },
  {
    label: 'Create the deployment record',
    keywords: ['pdf', 'signed', 'proof'],
    permission: 'deployment.work',
    href: '/c/$client/deployment?open=record',
  },
  {
    label: 'Compare purchases',
    keywords: ['planner', 'license', 'upgrade', 'budget', 'quote', 'price'],
    permission: 'planner.read',
    href: '/c/$client/planner?edit=new',
  },
];

/** Offers in the palette the acts that the person may start here. */
export function useActs(): void {
  const client = useClient();
  const session = useSession();
  const router = useRouter();
  const actions = useMemo(() => {
    const offer = (acts: readonly Act[], slug: string | null): PaletteAction[] =>
      acts
        .filter(({ permission }) => session.may(permission, slug))
        .map(({ label, keywords, href }) => ({
          id: href,
          label,
          keywords,
          ...(slug === null || client === null ? {} : { description: client.name }),
          run: () => router.history.push(href.replace('$client', slug ?? '')),
        }));
    return client === null ? [] : offer(OF_CLIENT, client.slug);
  }, [client, session, router]);
  usePaletteActions(actions);
}
