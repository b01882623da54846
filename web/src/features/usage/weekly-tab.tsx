import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { done, failed } from '../../acts.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import classes from './usage.module.css';
import { WeeklyDialog } from './weekly-dialog.tsx';
import { count, dayLabel, known, money, type Weekly, whole } from './words.ts';

/** The weekly file: whether it is created, who gets it, and the files so far. */
export function WeeklyTab({ slug }: { slug: string }) {
  const load = useQuery(api.usage.weekly.show.queryOptions({ input: { client: slug } }));
  const [editing, setEditing] = useState(false);
  const named = useMay('people.read');
  const data = load.data;
  if (data === undefined) return <LoadFailed load={load} what="The weekly file could not be loaded." />;
  return (
    <Stack gap="lg">
      <Card
        title="A weekly file"
        aside={
          data.can.change ? (
            <Button size="xs" onClick={() => setEditing(true)}>
              {data.on ? 'Change…' : 'Switch on…'}
            </Button>
          ) : undefined
        }
      >
        <p className={classes.finding}>
          {data.on
            ? `The next file covers the week of ${dayLabel(data.next)}. It is created on the following Monday, from 6 a.m.`
            : 'No files are created. When turned on, Bylaw creates one every Monday for the previous week: a workbook and a flat list of the counts, for a person to review.'}
        </p>
        <Stack gap="md">
          <Facts
            facts={[
              ['By mail to', recipientWords(data, named)],
              ['In the email', data.attach ? 'Both files' : 'A link to this page'],
              ['In a folder', data.folder ? <code key="folder">{data.folderName}</code> : 'No'],
              ['In SharePoint', data.site ?? 'No'],
            ]}
          />
          {data.on && data.recipients.length > 0 && !data.mail ? (
            <Notice mark="cannot_read">
              Mail is not set up, so no one is notified. An Owner can set it up under Settings.
            </Notice>
          ) : null}
          {data.on && data.site !== null && data.writer !== 'ready' ? (
            <Notice mark="cannot_read">
              {WRITER_WORDS[data.writer]} Until then, nothing is written to the site.
            </Notice>
          ) : null}
        </Stack>
      </Card>
      <Card title="Files so far" flush>
        {data.files.length === 0 ? (
          <p className={classes.inset}>
            None has been created yet. The first one comes on the Monday after it is turned on.
          </p>
        ) : (
          <PlainTable
            label="Files so far"
            figures
            rows={data.files}
            rowId={(file) => file.week}
            columns={[
              {
                head: 'Week of',
                cell: (file) => (
                  <>
                    {dayLabel(file.week)}
                    <span className="second">
                      made <When at={file.madeAt} inline />
                    </span>
                  </>
                ),
              },
              { head: 'Messages', cell: (file) => known(file.summary.messages) },
              {
                head: 'People',
                cell: (file) => (
                  <>
                    {known(file.summary.people)}
                    {file.summary.unusual === null || file.summary.unusual === 0 ? null : (
                      <span className="second">{whole(file.summary.unusual)} above usual</span>
                    )}
                  </>
                ),
              },
              { head: 'Calls that write', cell: (file) => known(file.summary.writes) },
              {
                head: 'Not in charter',
                cell: (file) =>
                  file.summary.notInCharter === null ? 'Not known' : whole(file.summary.notInCharter),
              },
              {
                head: 'Cost',
                cell: (file) =>
                  file.summary.costMicros === null ? 'Not stated' : money(file.summary.costMicros),
              },
              { head: 'Delivered', cell: (file) => <Deliveries deliveries={file.deliveries} /> },
              {
                head: 'Reviewed',
                cell: (file) => <Reviewed slug={slug} file={file} may={data.can.review} />,
              },
              {
                head: 'Files',
                cell: (file) =>
                  named ? <Files key="files" slug={slug} week={file.week} /> : 'Not for your role',
              },
            ]}
          />
        )}
      </Card>
      {editing ? <WeeklyDialog slug={slug} weekly={data} onClose={() => setEditing(false)} /> : null}
    </Stack>
  );
}

const WRITER_WORDS = {
  none: 'The application that writes the weekly file is not connected. Connect it under Connections > Sources.',
  missing:
    'The application that writes the weekly file lacks the permission Sites.Selected. Add it and give consent again.',
  refused:
    'Microsoft is refusing the application that writes the weekly file. Connect it again under Connections > Sources.',
} as const;

function recipientWords(data: Weekly, named: boolean): string {
  if (!named) return 'Not shown to your role';
  return data.recipients.length === 0 ? 'No one' : data.recipients.join(', ');
}

function Deliveries({ deliveries }: { deliveries: Weekly['files'][number]['deliveries'] }) {
  if (deliveries.length === 0) return <span className="muted">Kept here</span>;
  const failed = deliveries.filter(({ at }) => at === null);
  return (
    <span>
      {deliveries.length - failed.length} of {count(deliveries.length, 'place')}
      {failed.map(({ to, problem }) => (
        <span key={to} className="second">
          {to === 'sharepoint' ? 'SharePoint' : to}: {problem ?? 'not yet'}
        </span>
      ))}
    </span>
  );
}

/** Who reviewed a file, or the button to record a review. */
function Reviewed({ slug, file, may }: { slug: string; file: Weekly['files'][number]; may: boolean }) {
  const review = useMutation(
    api.usage.weekly.review.mutationOptions({
      onSuccess: () => done('Noted as reviewed.', api.usage.weekly.key(), api.work.key()),
      onError: failed,
    }),
  );
  if (file.reviewed !== null)
    return (
      <>
        {file.reviewed.by}
        <span className="second">
          <When at={file.reviewed.at} inline />
        </span>
      </>
    );
  return may ? (
    <Button
      size="xs"
      loading={review.isPending}
      onClick={() => review.mutate({ client: slug, week: file.week })}
      aria-label={`Mark the week of ${dayLabel(file.week)} as reviewed`}
    >
      Mark as reviewed
    </Button>
  ) : (
    <span className="muted">Not yet</span>
  );
}

function Files({ slug, week }: { slug: string; week: string }) {
  const take = (format: 'xlsx' | 'csv') =>
    fetchFile(routes.usage.weekly.file, { client: slug, week, format }).catch((error: unknown) =>
      toast({ kind: 'failed', text: `The file was not downloaded. ${explainError(error).text}` }),
    );
  return (
    <Row as="span" gap="xs" align="stretch" nowrap inline>
      <ActButton size="xs" act={() => take('xlsx')} aria-label={`Workbook of the week of ${week}`}>
        XLSX
      </ActButton>
      <ActButton size="xs" act={() => take('csv')} aria-label={`CSV of the week of ${week}`}>
        CSV
      </ActButton>
    </Row>
  );
}
