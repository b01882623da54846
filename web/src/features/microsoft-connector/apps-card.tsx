import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { AppChanges } from './app-changes.tsx';
import type { Connector } from './microsoft-connector-page.tsx';

const ROLES = {
  sign_in: 'Signs people in to Claude',
  server: 'Holds the scopes of Microsoft Graph',
  client: 'Signs people in',
} as const;

function actsOf(app: Connector['apps'][number], removals: Connector['removals']) {
  return [
    ...(app.there === false ? (['add'] as const) : []),
    ...(app.assignmentRequired === false ? (['require_assignment'] as const) : []),
    ...(app.role === 'server' && removals.length > 0 ? (['remove_scopes'] as const) : []),
  ];
}

/**
 * The applications of the connector and of the sign-in, by id: whether they exist, are enabled, and are limited to
 * assigned people; and the consent link.
 */
export function AppsCard({ slug, data }: { slug: string; data: Connector }) {
  const { apps, removals } = data;
  const connector = apps.filter(({ role }) => role !== 'sign_in');
  const toMend = apps.find((app) => actsOf(app, removals).length > 0);
  const [tenant, setTenant] = useState('');
  // Only a value that can be an id or a domain is put into the URL.
  const place = /^[A-Za-z0-9.-]{3,255}$/.test(tenant.trim()) ? tenant.trim() : '{tenant id}';
  return (
    <Card title="Claude’s applications" flush>
      <Lines label="Applications of the connector" head="40%">
        {apps.map((app) => (
          <Line
            key={app.appId}
            head={
              <>
                <h3>{app.name}</h3>
                <p className="muted">{ROLES[app.role]}</p>
                <CopyValue value={app.appId} name={`${app.name}’s application ID`} />
              </>
            }
          >
            <Presence app={app} />
            {app.there !== true ? null : (
              <>
                {app.called === null || app.called === app.name ? null : (
                  <p>In Entra it is called {app.called}.</p>
                )}
                <p>
                  <Answer
                    value={app.assignmentRequired}
                    yes="Assigned people only"
                    no="Anyone in the tenant, including guests"
                    unknown="The file does not say whether assignment is required"
                  />
                </p>
              </>
            )}
            <AppChanges slug={slug} app={app} acts={actsOf(app, removals)} first={app === toMend} />
          </Line>
        ))}
      </Lines>
      <Gallery slug={slug} />
      <div className="pad">
        <Fold
          summary="Give consent, as Global Administrator"
          open={connector.some(({ there }) => there === false)}
        >
          <TextInput
            label="Tenant ID or domain for the links"
            description="It is used in the links below and not stored."
            value={tenant}
            onChange={(event) => setTenant(event.currentTarget.value)}
            maw="30rem"
          />
          {connector.map((app) => (
            <div key={app.appId}>
              <p>{app.name}</p>
              <CopyValue
                value={`https://login.microsoftonline.com/${place}/adminconsent?client_id=${app.appId}`}
                name={`the consent link of ${app.name}`}
              />
            </div>
          ))}
        </Fold>
      </div>
    </Card>
  );
}

/** Whether Microsoft's gallery currently lists Claude; looked up on request only. */
function Gallery({ slug }: { slug: string }) {
  const load = useQuery({
    ...api.microsoftConnector.gallery.queryOptions({ input: { client: slug } }),
    enabled: false,
    retry: false,
  });
  return (
    <Stack gap="sm" className="pad">
      <Row>
        <Button loading={load.isFetching} onClick={() => void load.refetch()}>
          Look Claude up in the gallery
        </Button>
        <a
          href="https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AppGalleryBladeV2"
          target="_blank"
          rel="noreferrer"
        >
          New application in Entra
        </a>
      </Row>
      <LoadFailed load={load} what="The gallery could not be queried." />
      {load.data === undefined ? null : (
        <p aria-live="polite">
          {load.data.listed
            ? `Listed on ${dayWords(load.data.at.slice(0, 10))}: ${load.data.templates.map(({ name, publisher }) => (publisher === null ? name : `${name}, by ${publisher}`)).join('; ')}.`
            : `Not listed on ${dayWords(load.data.at.slice(0, 10))}.`}
        </p>
      )}
      {load.data === undefined || load.data.listed ? null : (
        <>
          <p>In that case, people sign in to Claude through an application of your own:</p>
          <ol>
            <li>In Entra, choose New application, then Create your own application (non-gallery).</li>
            <li>
              In Claude, open Organization settings, Organization and access, Authentication, Setup SSO, and
              copy the values into Single sign-on, SAML.
            </li>
            <li>
              Assign the people, test it with one of them, and only then require single sign-on in Claude.
            </li>
            <li>Name the application in the charter so that policies are planned for it.</li>
          </ol>
          <p>
            A session policy on the address claude.ai does not take its place: Defender for Cloud Apps routes
            only sign-ins that go through Entra.{' '}
            <AppLink href={`/c/${slug}/controls/M365-02`}>M365-02</AppLink>
          </p>
        </>
      )}
    </Stack>
  );
}

function Presence({ app }: { app: Connector['apps'][number] }) {
  if (app.there === null) return <VerdictMark state="cannot_read">Not read</VerdictMark>;
  if (!app.there) return <VerdictMark state="fail">Not in Entra</VerdictMark>;
  return (
    <p>
      <Answer
        value={app.enabled}
        yes="In Entra, sign-in on"
        no="In Entra, sign-in turned off"
        unknown="In Entra; the file does not say whether sign-in is on"
      />
    </p>
  );
}

function Answer({
  value,
  yes,
  no,
  unknown,
}: {
  value: boolean | null;
  yes: string;
  no: string;
  unknown: string;
}) {
  if (value === null) return <VerdictMark state="cannot_read">{unknown}</VerdictMark>;
  return <VerdictMark state={value ? 'pass' : 'fail'}>{value ? yes : no}</VerdictMark>;
}
