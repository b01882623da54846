import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { CompletenessNote } from './completeness.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import { sourcesRoute } from './routes.tsx';
import { type Sources, streamWords, type Vendor } from './words.ts';

/** What Bylaw reads automatically for this client, with which credentials, and what remains unseen. */
export function SourcesPage() {
  const { slug } = useClientHere();
  const { open } = sourcesRoute.useSearch();
  const navigate = sourcesRoute.useNavigate();
  const show = (next: 'connect' | undefined) => void navigate({ search: { open: next }, replace: true });
  const load = useQuery(api.sources.show.queryOptions({ input: { client: slug } }));
  const sources = load.data;
  return (
    <OverviewPage<Sources>
      title="Sources"
      permission="connections.read"
      load={load}
      meta={(data) => metaOf(data)}
      tabs={<ConnectionTabs />}
      actions={
        sources?.can.edit ? (
          <Button
            variant={sources.connections.length === 0 ? 'filled' : 'default'}
            onClick={() => show('connect')}
          >
            Connect a source…
          </Button>
        ) : undefined
      }
      main={(data) => (
        <>
          {data.findings.map((one) => (
            <Notice key={one.key} mark={one.urgent ? 'fail' : 'cannot_read'}>
              <strong>{one.title}.</strong> {one.says}
            </Notice>
          ))}
          {data.connections.length === 0 ? <NothingCard vendors={data.vendors} /> : null}
          {data.connections.map((one) => {
            const vendor = data.vendors.find((known) => known.vendor === one.vendor);
            return vendor === undefined ? null : (
              <ConnectionCard key={one.connection} one={one} vendor={vendor} mayEdit={data.can.edit} />
            );
          })}
          {data.connections.length === 0 ? null : (
            <CompletenessNote
              days={30}
              frame={(note) => <Card title="Which of the last 30 days is complete">{note}</Card>}
            />
          )}
          {data.vendors.map((one) =>
            one.plan.offered ? null : <WithoutCard key={one.vendor} vendor={one} slug={slug} />,
          )}
          <CredentialDialog
            opened={open === 'connect' && data.can.edit}
            onClose={() => show(undefined)}
            title="Connect a source"
            submit="Test and connect"
            vendors={data.vendors}
            send={(vendor, credential) => client.sources.connect({ client: slug, vendor, credential })}
            done="The source is connected. What it reads appears within a minute."
          />
        </>
      )}
    />
  );
}

function metaOf({ connections }: Sources): string {
  if (connections.length === 0)
    return 'Nothing is read automatically. Bylaw knows only what someone imports.';
  const streams = connections.flatMap((one) => one.streams);
  const read = streams.filter((one) => streamWords(one).state === 'pass').length;
  return `${count(connections.length, 'source')} connected; ${read} of ${count(streams.length, 'reading')} up to date.`;
}

/** What a plan without API access cannot provide, and what is used instead. */
function WithoutCard({ vendor: { plan, asOf }, slug }: { vendor: Vendor; slug: string }) {
  return (
    <Card
      title={`What ${plan.name} does not offer`}
      foot={`According to the vendor’s pages on ${dayWords(asOf)}.`}
    >
      <Columns min="22rem" gap="xl">
        <Stack as="ul" gap="sm" bullets>
          {plan.cannot.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </Stack>
        <Stack gap="sm">
          <h3>Instead</h3>
          <Stack as="ul" gap="sm" bullets>
            {plan.instead.map(({ title, says, page }) => (
              <li key={title}>
                {page === null ? (
                  <strong>{title}</strong>
                ) : (
                  <a href={page.replace('$client', slug)}>{title}</a>
                )}
                : {says}
              </li>
            ))}
          </Stack>
        </Stack>
      </Columns>
    </Card>
  );
}

/** Sources that could be connected; renders nothing if the client's plan includes none. */
function NothingCard({ vendors }: { vendors: readonly Vendor[] }) {
  const { slug } = useClientHere();
  const offered = vendors.filter(({ plan }) => plan.offered);
  if (offered.length === 0) return null;
  return (
    <Card title="Nothing is connected yet" flush>
      <p className="pad">
        Until a source is connected, Bylaw knows only what someone imports under{' '}
        <Link to="/c/$client/imports" params={{ client: slug }}>
          Imports
        </Link>
        .
      </p>
      <Lines label="What can be connected">
        {offered.map(({ vendor, name, offers, scopes, keys: [first] }) => (
          <Line key={vendor} head={<h3>{name}</h3>}>
            <p>{offers}</p>
            <Fold summary="What it reads, and what stays unseen without it">
              <Stack as="ul" gap="sm" bullets>
                {scopes.map((one) =>
                  first !== undefined && one.keys?.includes(first.kind) === false ? null : (
                    <li key={one.scope}>
                      <code>{one.scope}</code>: {one.reads}{' '}
                      <span className="muted">Without it: {one.blinds}</span>
                    </li>
                  ),
                )}
              </Stack>
            </Fold>
          </Line>
        ))}
      </Lines>
    </Card>
  );
}
