import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  ALERT_STATE_WORDS,
  ALERT_STATES,
  OPEN_ALERT_STATES,
} from '../../../../src/domain/detections/alert-words.ts';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Row } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { RowTitle } from '../../ui/row-title.tsx';
import { Severity } from '../../ui/severity.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { activityLink, personOfGroup } from './activity-link.ts';
import { Moment } from './moment.tsx';
import { PlaybookCard } from './playbook-card.tsx';
import { alertGroupRoute } from './routes.tsx';
import { rereadAlerts, settledToast } from './settle.ts';
import { SettleManyDialog } from './settle-many-dialog.tsx';
import { SettleMenu } from './settle-menu.tsx';
import { StepDialog, stepName } from './step-dialog.tsx';
import {
  type AlertLine,
  type Group,
  groupSums,
  groupTitle,
  OUTCOME_WORDS,
  OUTCOMES,
  STATE_SHAPES,
} from './words.ts';

const columns: readonly Column<AlertLine>[] = [
  {
    id: 'words',
    header: 'What happened',
    cell: (row) => (
      <RowTitle code={row.code}>
        <Link from="/c/$client/alerts/groups/$group" to="../../$alert" params={{ alert: row.id }}>
          {row.words}
        </Link>
      </RowTitle>
    ),
  },
  {
    id: 'state',
    header: 'State',
    evident: true,
    width: '10rem',
    sort: (row) => ALERT_STATES.indexOf(row.state),
    cell: (row) => <VerdictMark state={STATE_SHAPES[row.state]}>{ALERT_STATE_WORDS[row.state]}</VerdictMark>,
  },
  {
    id: 'last',
    header: 'Last',
    width: '9.5rem',
    sort: (row) => row.last,
    // `last` of a whole day is its end, later than most of its activity, so only the day is shown.
    cell: (row) => (row.day === null ? <Moment at={row.last} /> : dayWords(row.day)),
  },
];

/** Alerts of one detection about the same connector or person: who, how often, each alert, and one decision for all. */
export function AlertGroupPage() {
  const { slug } = useClientHere();
  const { group } = alertGroupRoute.useParams();
  const search = alertGroupRoute.useSearch();
  const { set } = useListSearch(search);
  const load = useQuery(api.alerts.group.queryOptions({ input: { client: slug, group } }));
  const list = useQuery(api.alerts.list.queryOptions({ input: { client: slug, group, state: 'all' } }));
  const { data } = load;
  const close = () => set({ open: undefined });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const as = OUTCOMES.find((one) => one === search.open);
  return (
    <>
      <DetailPage<Group>
        title={(one) => groupTitle(one)}
        permission="alerts.read"
        load={load}
        mark={(one) => (
          <VerdictMark state={STATE_SHAPES[one.state]} look="badge">
            {ALERT_STATE_WORDS[one.state]}
          </VerdictMark>
        )}
        meta={(one) => (
          <Row as="span" gap="lg" inline>
            <Severity level={one.level} />
            <span>
              {one.open} of {count(one.alerts, 'alert')} open
            </span>
          </Row>
        )}
        actions={(one) =>
          one.may.decide && one.open > 0 ? (
            <>
              <SettleMenu
                not={one.state === 'follow_up' ? 'follow_up' : undefined}
                onChoose={(act) => set({ open: OUTCOMES.find((outcome) => outcome === act) })}
              />
              {one.playbook[0] === undefined ? null : (
                <Button variant="filled" onClick={() => set({ open: 'step' })}>
                  {stepName(one.playbook[0])}…
                </Button>
              )}
            </>
          ) : null
        }
        reason={(one) => (
          <>
            {groupSums(one)}, first <When at={one.first} inline />, last <When at={one.last} inline />.
          </>
        )}
        work={(one) => (
          <>
            <Card title="Alerts" aside={count(one.alerts, 'alert')} flush>
              <DataTable
                label="Alerts"
                rows={list.data?.items}
                columns={columns}
                rowId={(row) => row.id}
                sort={search.sort}
                onSort={(sort) => set({ sort })}
                {...(one.may.decide
                  ? {
                      selection: {
                        noun: (n: number) => `${n} selected`,
                        explain: (rows: readonly AlertLine[]) =>
                          `${count(rows.length, 'alert')} will be settled with the same reason. The others stay open.`,
                        allowed: isOpen,
                        actions: (rows: readonly AlertLine[], clear: () => void) => (
                          <SettleMenu
                            size="xs"
                            onChoose={(act) => {
                              const to = OUTCOMES.find((outcome) => outcome === act);
                              if (to !== undefined) setChosen({ as: to, rows, clear });
                            }}
                          />
                        ),
                      },
                    }
                  : {})}
                empty={<EmptyState title="No alerts.">They were withdrawn or merged into others.</EmptyState>}
              />
            </Card>
            <Card
              title="Why these alerts"
              aside={
                <AppLink href={`/c/${slug}/alerts/detections?panel=${one.detection}`}>
                  Detection and tuning
                </AppLink>
              }
              foot={one.blind === '' ? undefined : `Not seen: ${one.blind}`}
            >
              <Facts
                long
                facts={[
                  ['Detection', `${one.purpose} (${one.detection})`],
                  ...(one.people.count === 0 ? [] : [['People', peopleWords(one)] as const]),
                  ['Known false positives', one.falsePositives.join(' ')],
                ]}
              />
            </Card>
          </>
        )}
        evidence={(one) => <PlaybookCard playbook={one.playbook} guide={one.guide} />}
      />
      {data?.may.decide !== true ? null : as !== undefined ? (
        <SettleManyDialog as={as} groups={[data]} onClose={close} onDone={() => undefined} />
      ) : search.open === 'step' ? (
        <FirstStep slug={slug} group={data} onClose={close} />
      ) : null}
      {chosen === null ? null : (
        <SettleManyDialog
          as={chosen.as}
          alerts={chosen.rows}
          onClose={() => setChosen(null)}
          onDone={chosen.clear}
        />
      )}
    </>
  );
}

interface Chosen {
  readonly as: (typeof OUTCOMES)[number];
  readonly rows: readonly AlertLine[];
  readonly clear: () => void;
}

function isOpen({ state }: AlertLine): boolean {
  return OPEN_ALERT_STATES.some((one) => one === state);
}

function peopleWords({ people }: Group): string {
  const more = people.count - people.first.length;
  return more > 0 ? `${people.first.join(', ')} and ${more} more` : names(people.first, people.first.length);
}

function FirstStep({ slug, group, onClose }: { slug: string; group: Group; onClose: () => void }) {
  const { timezone } = useClientHere();
  const [step] = group.playbook;
  if (step === undefined) return null;
  const begin = async (note: string) => {
    const { settled } = await calls.alerts.settleMany({
      client: slug,
      groups: [{ id: group.id, mark: group.mark }],
      as: 'follow_up',
      note,
    });
    await rereadAlerts();
    settledToast(slug, OUTCOME_WORDS.follow_up.done, settled);
  };
  return (
    <StepDialog
      step={step}
      about={`${groupTitle(group)} (${groupSums(group)}).`}
      activity={activityLink({
        slug,
        timezone,
        first: group.first,
        last: group.last,
        person: personOfGroup(group),
      })}
      onBegin={group.state === 'open' ? begin : null}
      onClose={onClose}
    />
  );
}
