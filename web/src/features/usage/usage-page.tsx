import { Button, Menu } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { zoneWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import type { ExportFormat } from '../../ui/export-menu.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Columns } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { AdoptionCard, CostCard, GrowthCard, ModelsCard, VolumeCard } from './cards.tsx';
import { ConnectorsCard } from './connectors-card.tsx';
import { ImportedCard } from './imported-card.tsx';
import { usageRoute } from './routes.tsx';
import { SourcesCard } from './sources-card.tsx';
import classes from './usage.module.css';
import { VendorAdoption, VendorMessages, VendorModels } from './vendor-figures.tsx';
import { dayLabel, RANGE_WORDS, type Range, type Usage } from './words.ts';

// The other tabs are loaded separately, so that the overview does not wait for them.
const PeopleTab = lazy(async () => ({ default: (await import('./people-tab.tsx')).PeopleTab }));
const WeeklyTab = lazy(async () => ({ default: (await import('./weekly-tab.tsx')).WeeklyTab }));

/** How much Claude is used, by whom, with what, and the sources of these figures. */
export function UsagePage() {
  const { slug } = useClientHere();
  const { range = '12w', tab, by = 'week' } = usageRoute.useSearch();
  const load = useQuery({
    ...api.usage.show.queryOptions({ input: { client: slug, range } }),
    placeholderData: keepPreviousData,
  });
  const vendor = useQuery({
    ...api.usage.vendor.queryOptions({ input: { client: slug, range } }),
    placeholderData: keepPreviousData,
  }).data;
  return (
    <Page
      title="Usage"
      permission="activity.read"
      load={load}
      meta={(usage: Usage) => (
        <span>
          {dayLabel(usage.from)} to {dayLabel(usage.to)}. Weeks start on Monday, {zoneWords(usage.zone)}.
          {usage.countedIn === usage.zone
            ? null
            : ` Days are still counted in ${usage.countedIn}; they will be recounted within the hour.`}
        </span>
      )}
      actions={
        <>
          <Ranges range={range} />
          <Exports slug={slug} range={range} />
        </>
      }
    >
      {(usage: Usage) =>
        usage.log.first === null && vendor?.readAt == null && usage.imported.items.length === 0 ? (
          <NothingYet slug={slug} />
        ) : (
          <div className={classes.page}>
            <TabLinks
              label="Parts of usage"
              value={tab ?? 'overview'}
              items={[
                { value: 'overview', label: 'Overview' },
                { value: 'people', label: 'People' },
                { value: 'weekly', label: 'Weekly file' },
              ]}
            />
            {tab === 'weekly' ? (
              <Suspense fallback={null}>
                <WeeklyTab slug={slug} />
              </Suspense>
            ) : tab === 'people' ? (
              <Suspense fallback={null}>
                <PeopleTab slug={slug} range={range} vendor={vendor} />
              </Suspense>
            ) : (
              <Columns min="30rem" gap="lg">
                <GrowthCard
                  usage={usage}
                  by={by}
                  vendor={<VendorMessages slug={slug} vendor={vendor} by={by} />}
                />
                <VolumeCard usage={usage} />
                <ConnectorsCard slug={slug} usage={usage} range={range} vendor={vendor} />
                {usage.log.first === null ? null : <SourcesCard usage={usage} />}
                <ModelsCard usage={usage} vendor={<VendorModels slug={slug} vendor={vendor} />} />
                <AdoptionCard usage={usage} vendor={<VendorAdoption slug={slug} vendor={vendor} />} />
                <CostCard usage={usage} />
                <ImportedCard slug={slug} usage={usage} />
              </Columns>
            )}
          </div>
        )
      }
    </Page>
  );
}

function Ranges({ range }: { range: Range }) {
  return (
    <nav aria-label="How far back" className={classes.ranges}>
      {RANGE_WORDS.map(({ value, label }) => (
        <Link
          key={value}
          from="/c/$client/usage"
          to="."
          search={(was) => ({ ...was, range: value })}
          aria-current={value === range ? 'true' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

const LISTS = [
  ['weeks', 'Messages by week'],
  ['days', 'Messages by day'],
  ['months', 'Messages by month'],
  ['people', 'People'],
  ['connectors', 'Connectors'],
  ['connectors_by_person', 'Connectors by person'],
  ['models', 'Models'],
  ['models_by_person', 'Models by person'],
  ['adoption', 'Adoption'],
  ['everything', 'All counts by day'],
  ['imported', 'Imported usage files by person'],
  ['vendor_weeks', 'Anthropic’s own count by week'],
  ['vendor_days', 'Anthropic’s own count by day'],
  ['vendor_people', 'Anthropic’s own count by person'],
  ['vendor_connectors', 'Anthropic’s own count by connector'],
  ['vendor_models', 'Anthropic’s own count by model'],
] as const;

function Exports({ slug, range }: { slug: string; range: Range }) {
  const take = async (list: (typeof LISTS)[number][0], format: ExportFormat) => {
    try {
      await fetchFile(routes.usage.table, { client: slug, list, range, format });
    } catch (error) {
      toast({ kind: 'failed', text: `Nothing was exported. ${explainError(error).text}` });
    }
  };
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<Icon name="download" />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LISTS.map(([list, label]) => (
          <Menu.Sub key={list}>
            <Menu.Sub.Target>
              <Menu.Sub.Item>{label}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {(['xlsx', 'csv', 'json'] as const).map((format) => (
                <Menu.Item key={format} onClick={() => void take(list, format)}>
                  {format === 'xlsx' ? 'Excel workbook' : format.toUpperCase()}
                </Menu.Item>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function NothingYet({ slug }: { slug: string }) {
  return (
    <EmptyState
      title="Nothing has been counted yet."
      action={
        <LinkButton href={`/c/${slug}/connections/telemetry`} variant="filled">
          Connect telemetry
        </LinkButton>
      }
    >
      This page shows messages, people, connectors, models, adoption and cost over time. It is empty because
      no source has sent anything for this client. Connect telemetry from Cowork and Claude Code, which every
      plan has, or on Enterprise the Compliance API; imported logs and usage files count too.
    </EmptyState>
  );
}
