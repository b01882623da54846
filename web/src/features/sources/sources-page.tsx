import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { ConnectionTabs } from '../connections/connection-tabs.tsx';
import { CompletenessNote } from './completeness.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { KeyDialog } from './key-dialog.tsx';
import { sourcesRoute } from './routes.tsx';
import classes from './sources.module.css';
import type { Sources } from './words.ts';

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
      meta="What Bylaw reads automatically, with which key, and what it cannot see."
      actions={
        sources?.can.edit ? (
          <Button variant="filled" onClick={() => show('connect')}>
            Connect with a key…
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
          {data.plan.offered ? null : <WithoutCard data={data} slug={slug} />}
          {data.connections.length === 0 && data.plan.offered ? <NothingCard data={data} /> : null}
          {data.connections.length === 0 ? null : (
            <Card title="Which of the last 30 days is complete">
              <CompletenessNote days={30} />
            </Card>
          )}
          {data.connections.map((one) => (
            <ConnectionCard key={one.connection} one={one} sources={data} />
          ))}
          <KeyDialog
            opened={open === 'connect' && data.can.edit}
            onClose={() => show(undefined)}
            title="Connect with a key"
            submit="Test and connect"
            keys={data.keys}
            send={(key) => client.sources.connect({ client: slug, key })}
            done="The source is connected. Reading begins within a minute."
          />
        </>
      )}
    </Page>
  );
}

/** What a plan without programmatic access cannot have, and what is used in its place. */
function WithoutCard({ data: { plan, asOf }, slug }: { data: Sources; slug: string }) {
  return (
    <Card title={`What ${plan.name} does not offer`}>
      <ul className={classes.bullets}>
        {plan.cannot.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p>In its place:</p>
      <ul className={classes.bullets}>
        {plan.instead.map(({ title, says, page }) => (
          <li key={title}>
            {page === null ? <strong>{title}</strong> : <a href={page.replace('$client', slug)}>{title}</a>}:{' '}
            {says}
          </li>
        ))}
      </ul>
      <p className="muted">According to the vendor’s pages on {dayWords(asOf)}.</p>
    </Card>
  );
}

function NothingCard({ data }: { data: Sources }) {
  const { slug } = useClientHere();
  return (
    <Card title="Nothing is connected yet">
      <p>
        With a key of Claude Enterprise, Bylaw reads what happens within a minute and keeps it. Until then
        Bylaw knows only what someone imports under{' '}
        <Link to="/c/$client/imports" params={{ client: slug }}>
          Imports
        </Link>
        . A primary owner makes the key with these scopes:
      </p>
      <ul className={classes.bullets}>
        {data.scopes.map(({ scope, reads, blinds }) => (
          <li key={scope}>
            <code>{scope}</code>: {reads} <span className="muted">Without it: {blinds}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
