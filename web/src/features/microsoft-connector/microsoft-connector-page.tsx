import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { AppsCard } from './apps-card.tsx';
import classes from './microsoft-connector.module.css';
import { microsoftConnectorRoute } from './routes.tsx';
import { RemovalsCard, ScopesCard } from './scopes-cards.tsx';

export type Connector = Awaited<ReturnType<typeof client.microsoftConnector.show>>;

/** The Microsoft 365 connector: what it needs and how that stands, its applications, and what it may read and do. */
export function MicrosoftConnectorPage() {
  const { slug } = useClientHere();
  const { draft } = microsoftConnectorRoute.useSearch();
  const load = useQuery(
    api.microsoftConnector.show.queryOptions({
      input: { client: slug, ...(draft === undefined ? {} : { draft }) },
    }),
  );
  return (
    <Page<Connector>
      title="Microsoft 365 connector"
      permission="charter.read"
      load={load}
      className={classes.body}
      meta={(data) =>
        `What it needs, and what Entra holds for it${data.observed.on === null ? '' : `, read on ${dayWords(data.observed.on)}`}. ${data.charter}.`
      }
      actions={<LinkButton href={`/c/${slug}/imports`}>Import Graph files</LinkButton>}
    >
      {(data) => (
        <>
          <ConnectorTabs />
          {data.observed.why === null ? null : (
            <Notice mark="cannot_read">
              {data.observed.why} {data.observed.howToGet}
            </Notice>
          )}
          <Requirements slug={slug} data={data} />
          <AppsCard apps={data.apps} />
          <ScopesCard data={data} />
          <RemovalsCard data={data} />
          <Card title="Addresses that the connector calls from">
            <p className="measure">
              Leave this range out of policies on location and sign-in frequency, and do not mark it as
              trusted. Keep it inside policies on devices.
            </p>
            <CopyValue value={data.egress} name="the range" />
          </Card>
        </>
      )}
    </Page>
  );
}

function Requirements({ slug, data }: { slug: string; data: Connector }) {
  return (
    <Card title="What it needs" flush>
      <ol className={classes.list} aria-label="What the connector needs">
        {data.requirements.map((one) => (
          <li key={one.id} className={classes.row}>
            <div>
              <h3>{one.title}</h3>
              <p className="muted">{one.what}</p>
            </div>
            <Stack as="ul">
              {one.controls.map((control) => (
                <li key={control.id}>
                  {control.state === null ? (
                    <span className="muted">Not decided</span>
                  ) : (
                    <VerdictMark state={control.state} />
                  )}
                  <p>{control.reason ?? control.title}</p>
                  <p>
                    <AppLink href={`/c/${slug}/controls/${control.id.replace(/^CLA-/, '')}`}>
                      {control.id}
                    </AppLink>
                  </p>
                </li>
              ))}
            </Stack>
          </li>
        ))}
      </ol>
    </Card>
  );
}
