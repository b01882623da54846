import { useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { ExclusionsCard } from './exclusions-card.tsx';
import { PoliciesCard } from './policies-card.tsx';
import { conditionalAccessRoute } from './routes.tsx';
import { SignInsTab } from './sign-ins-tab.tsx';
import { TemplateCard } from './template-card.tsx';
import { WhatIfTab } from './what-if-tab.tsx';
import type { Access } from './words.ts';

/** What Conditional Access does for Claude: the guide's policies, those in Entra, and their effect on a sign-in. */
export function ConditionalAccessPage() {
  const { slug } = useClientHere();
  const mayImport = useMay('imports.any_kind');
  const { tab, policy, state } = conditionalAccessRoute.useSearch();
  const people = useMay('people.read');
  const load = useQuery(api.conditionalAccess.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Access>
      title="Conditional Access"
      permission="charter.read"
      load={load}
      meta={metaOf}
      actions={mayImport ? <LinkButton href={`/c/${slug}/imports`}>Import Graph files</LinkButton> : null}
      tabs={
        <TabLinks
          label="Parts of Conditional Access"
          value={tab ?? ''}
          items={[
            { value: '', label: 'Policies of the guide' },
            { value: 'policies', label: 'Policies in Entra' },
            ...(people
              ? [
                  { value: 'what-if', label: 'What If' },
                  { value: 'sign-ins', label: 'Sign-ins' },
                ]
              : []),
          ]}
        />
      }
      main={(data) => (
        <>
          <Sight data={data} />
          <Writing slug={slug} writing={data.writing} />
          {tab === 'what-if' && people ? (
            <WhatIfTab slug={slug} />
          ) : tab === 'sign-ins' && people ? (
            <SignInsTab slug={slug} />
          ) : tab === 'policies' ? (
            <PoliciesCard data={data} />
          ) : (
            <>
              {data.templates.map((template) => (
                <TemplateCard
                  key={template.id}
                  slug={slug}
                  data={data}
                  template={template}
                  open={policy === template.id}
                  state={state}
                />
              ))}
              {data.observed.on === null ? null : <ExclusionsCard slug={slug} />}
              <LocationCard location={data.location} />
            </>
          )}
        </>
      )}
    />
  );
}

function metaOf({ templates, observed }: Access): string {
  if (observed.on === null) return 'Conditional Access policies have not been read.';
  const held = templates.filter(({ control }) => control.state === 'pass').length;
  return `${held} of the guide’s ${count(templates.length, 'policy', 'policies')} in force. Entra as read on ${dayWords(observed.on)}.`;
}

/** Whether any policy sees sign-ins to Claude at all. Shown first, since everything else depends on it. */
function Sight({ data: { signIn, observed, unread } }: { data: Access }) {
  if (observed.why !== null)
    return (
      <Notice mark="cannot_read">
        {observed.why} {observed.howToGet}
      </Notice>
    );
  return (
    <>
      {signIn?.is === 'absent' ? (
        <Notice mark="fail">
          No Entra sign-in, so no policy can see claude.ai. {signIn.why} Policies below reach the Microsoft
          365 connector at most.
        </Notice>
      ) : null}
      {signIn?.is === 'unknown' ? <Notice mark="cannot_read">{signIn.why}</Notice> : null}
      {signIn?.around == null ? null : <Notice mark="fail">{signIn.around}</Notice>}
      {unread.map((words) => (
        <Notice key={words} mark="cannot_read">
          {words}
        </Notice>
      ))}
    </>
  );
}

/** Who carries out approved changes: Bylaw or a person. */
function Writing({ slug, writing: { is, missing } }: { slug: string; writing: Access['writing'] }) {
  const where = <AppLink href={`/c/${slug}/connections`}>Sources</AppLink>;
  if (is === 'ready') return <p>Bylaw carries approved changes out in Entra with its own application.</p>;
  if (is === 'none')
    return (
      <p className="muted">
        People carry out approved changes by following the steps. To have Bylaw do it, connect an application
        for changing Conditional Access under {where}.
      </p>
    );
  return (
    <Notice mark="cannot_read">
      {is === 'missing'
        ? `The application that changes Conditional Access lacks ${missing.join(', ')}. `
        : 'Microsoft is refusing the application that changes Conditional Access. '}
      Until that is settled under {where}, people follow the steps.
    </Notice>
  );
}

function LocationCard({ location }: { location: Access['location'] }) {
  return (
    <Card title="Location of the connector">
      <Stack gap="sm">
        <p className="measure">{location.why}</p>
        <p>
          {location.name !== null
            ? `In Entra as “${location.name}”, not trusted.`
            : location.read
              ? `Not in Entra yet. The steps above make it as “${location.offered}” if a policy needs it.`
              : 'Whether it is in Entra has not been read.'}
        </p>
        {location.ranges.map((range) => (
          <CopyValue key={range} value={range} name="the range" />
        ))}
      </Stack>
    </Card>
  );
}
