import { NativeSelect, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Row } from '../../ui/layout.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { FilesCard } from './files-card.tsx';
import { LintCard } from './lint-card.tsx';
import { OrganizationForm } from './organization-form.tsx';
import { BeyondCard, KeysCard } from './product-cards.tsx';
import { devicesRoute } from './routes.tsx';
import { type Devices, PLATFORM_WORDS, PLATFORMS, type Platform } from './words.ts';

/** Device settings that enforce the charter, as files; what no setting can enforce; and a check of an existing file. */
export function DevicesPage() {
  const { slug } = useClientHere();
  const search = devicesRoute.useSearch();
  const navigate = devicesRoute.useNavigate();
  const mayEdit = useMay('client.edit');
  const { draft, organization } = search;
  const set = (part: Partial<typeof search>) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: true });
  const load = useQuery({
    ...api.devices.show.queryOptions({
      input: {
        client: slug,
        ...(draft === undefined ? {} : { draft }),
        ...(organization === undefined ? {} : { organization }),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const platform: Platform = search.platform ?? 'windows';
  return (
    <OverviewPage<Devices>
      title="Device lockdown"
      permission="charter.read"
      load={load}
      meta={(data) => metaOf(data)}
      tabs={<ConnectorTabs />}
      main={(data) => (
        <>
          <Row gap="lg" align="end">
            <Which data={data} onDraft={(id) => set({ draft: id })} />
            {data.products.length === 0 ? null : (
              <SegmentedControl
                aria-label="Platform"
                value={platform}
                onChange={(value) => set({ platform: value as Platform })}
                data={PLATFORMS.map((value) => ({ value, label: PLATFORM_WORDS[value] }))}
              />
            )}
          </Row>
          {data.products.length === 0 ? (
            <EmptyState
              title="No charter in force."
              action={
                <LinkButton href={`/c/${slug}/charter`} variant="filled">
                  Open the charter
                </LinkButton>
              }
            >
              The settings come from the charter: which servers, extensions and sign-ins it allows. Start a
              charter and have it approved.{' '}
              {data.drafts.length === 0
                ? 'Once there is a draft, this page also shows the settings it would produce.'
                : 'Choose a draft above to see the settings it would produce.'}
            </EmptyState>
          ) : (
            <>
              {data.organization.question === null && organization === undefined ? null : (
                <OrganizationForm
                  known={data.organization.value !== null}
                  asked={organization ?? ''}
                  onAsk={(id) => set({ organization: id })}
                />
              )}
              <Delivery slug={slug} delivery={data.delivery} mayEdit={mayEdit} />
              <FilesCard slug={slug} data={data} platform={platform} draft={draft} />
              <LintCard slug={slug} draft={draft} organization={data.organization.value ?? undefined} />
              {data.products.map((product) =>
                product.files.some(({ platforms }) => platforms.includes(platform)) ? (
                  <Fragment key={product.id}>
                    <KeysCard product={product} />
                    <BeyondCard product={product} />
                  </Fragment>
                ) : null,
              )}
              {data.telemetry === null ? null : <p className="muted measure">{data.telemetry}</p>}
            </>
          )}
        </>
      )}
    />
  );
}

/** How the files get to the computers. Without device management, nothing enforces them there. */
function Delivery({
  slug,
  delivery: { has, words, isStated },
  mayEdit,
}: {
  slug: string;
  delivery: Devices['delivery'];
  mayEdit: boolean;
}) {
  const answer = (title: string) =>
    mayEdit ? <LinkButton href={`/c/${slug}/settings`}>{title}</LinkButton> : undefined;
  if (has === 'yes')
    return <Notice action={isStated ? undefined : answer('Say whether it is used')}>{words}</Notice>;
  if (has === 'unknown')
    return (
      <Notice mark="cannot_read" action={answer('Name the device management')}>
        It is not known how these files reach the computers. {words}
      </Notice>
    );
  return (
    <Notice mark="cannot_read">
      {words} Until then, they have to be installed manually on each computer, and nothing enforces them.
    </Notice>
  );
}

function metaOf({ charter, draft }: Devices): string {
  if (draft !== null) return `What the draft “${draft.title}” would require on devices. It is not in force.`;
  if (charter === null) return 'What the charter requires on devices. There is no charter yet.';
  const since = charter.since === null ? '' : `, in force since ${dayWords(charter.since)}`;
  return `What the charter requires on devices. Version ${charter.number}${since}.`;
}

/** The charter version that the page uses; shown only if there is a choice. */
function Which({ data, onDraft }: { data: Devices; onDraft: (id: string | undefined) => void }) {
  if (data.drafts.length === 0) return null;
  const force = data.charter === null ? 'No charter in force' : `Version ${data.charter.number}, in force`;
  return (
    <NativeSelect
      label="Charter"
      value={data.draft?.id ?? ''}
      onChange={(event) => onDraft(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: force },
        ...data.drafts.map(({ id, title }) => ({ value: id, label: `Draft: ${title}` })),
      ]}
    />
  );
}
