import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { CompletenessNote } from './completeness.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import { sourcesRoute } from './routes.tsx';
import classes from './sources.module.css';
import type { Sources, Vendor } from './words.ts';

/** What Bylaw reads by itself for this client, with which keys, and what stays unseen. */
export function SourcesPage() {
  const { slug } = useClientHere();
  const { open } = sourcesRoute.useSearch();
  const navigate = sourcesRoute.useNavigate();
  const show = (next: 'connect' | undefined) => void navigate({ search: { open: next }, replace: true });
  const load = useQuery(api.sources.show.queryOptions({ input: { client: slug } }));
  const sources = load.data;
  return (
    <Page<Sources>
      title="Sources"
      permission="connections.read"
      load={load}
      className={classes.body}
      meta="What Bylaw reads automatically, with which credentials, and what it cannot see."
      actions={
        sources?.can.edit ? (
          <Button variant="filled" onClick={() => show('connect')}>
            Connect a source…
          </Button>
        ) : undefined
      }
    >
      {(data) => (
        <>
          <ConnectionTabs />
          {data.findings.map((one) => (
            <Notice key={one.key} mark={one.urgent ? 'fail' : 'cannot_read'}>
              <strong>{one.title}.</strong> {one.says}
            </Notice>
          ))}
          {data.vendors.map((one) =>
            one.plan.offered ? null : <WithoutCard key={one.vendor} vendor={one} slug={slug} />,
          )}
          {data.connections.length === 0 ? <NothingCard vendors={data.vendors} /> : null}
          {data.connections.length === 0 ? null : (
            <Card title="Which of the last 30 days is complete">
              <CompletenessNote days={30} />
            </Card>
          )}
          {data.connections.map((one) => {
            const vendor = data.vendors.find((known) => known.vendor === one.vendor);
            return vendor === undefined ? null : (
              <ConnectionCard key={one.connection} one={one} vendor={vendor} mayEdit={data.can.edit} />
            );
          })}
          <CredentialDialog
            opened={open === 'connect' && data.can.edit}
            onClose={() => show(undefined)}
            title="Connect a source"
            submit="Test and connect"
            vendors={data.vendors}
            send={(vendor, credential) => client.sources.connect({ client: slug, vendor, credential })}
            done="The source is connected. Reading begins within a minute."
          />
        </>
      )}
    </Page>
  );
}

/** What a plan without programmatic access cannot have, and what is used in its place. */
function WithoutCard({ vendor: { plan, asOf }, slug }: { vendor: Vendor; slug: string }) {
  return (
    <Card title={`What ${plan.name} does not offer`}>
      <Stack as="ul" gap="sm" above="sm" bullets>
        {plan.cannot.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </Stack>
      <p>In its place:</p>
      <Stack as="ul" gap="sm" above="sm" bullets>
        {plan.instead.map(({ title, says, page }) => (
          <li key={title}>
            {page === null ? <strong>{title}</strong> : <a href={page.replace('$client', slug)}>{title}</a>}:{' '}
            {says}
          </li>
        ))}
      </Stack>
      <p className="muted">According to the vendor’s pages on {dayWords(asOf)}.</p>
    </Card>
  );
}

/** What could be connected; nothing where no plan of the client has it. */
function NothingCard({ vendors }: { vendors: readonly Vendor[] }) {
  const { slug } = useClientHere();
  const offered = vendors.filter(({ plan }) => plan.offered);
  if (offered.length === 0) return null;
  return (
    <Card title="Nothing is connected yet">
      <p>
        Until a source is connected, Bylaw knows only what someone imports under{' '}
        <Link to="/c/$client/imports" params={{ client: slug }}>
          Imports
        </Link>
        .
      </p>
      {offered.map(({ vendor, name, offers, scopes }) => (
        <section key={vendor} aria-label={name}>
          <p>
            <strong>{name}</strong>: {offers}
          </p>
          <Stack as="ul" gap="sm" above="sm" bullets>
            {scopes.map(({ scope, reads, blinds }) => (
              <li key={scope}>
                <code>{scope}</code>: {reads} <span className="muted">Without it: {blinds}</span>
              </li>
            ))}
          </Stack>
        </section>
      ))}
    </Card>
  );
}
