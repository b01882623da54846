import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { StateBar } from '../../ui/state-bar.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Changes } from './changes.tsx';
import { reportFile } from './download-menu.tsx';
import { LinksCard } from './links-card.tsx';
import classes from './reports.module.css';
import { reportRoute } from './routes.tsx';
import { FILES, type Report, type ReportDetail } from './words.ts';

/** One report: its summary, its files, and the changes since another one. */
export function ReportPage() {
  const { slug } = useClientHere();
  const { report } = reportRoute.useParams();
  const { since } = reportRoute.useSearch();
  const load = useQuery(api.reports.get.queryOptions({ input: { client: slug, report } }));
  const list = useQuery(api.reports.list.queryOptions({ input: { client: slug } }));
  return (
    <DetailPage
      title={(detail: ReportDetail) => detail.title}
      permission="reports.read"
      load={load}
      meta={(detail) => (
        <>
          As of {dayWords(detail.asOf)} ·{' '}
          {detail.scheduled ? 'created by schedule' : `created by ${detail.madeBy}`}{' '}
          <When at={detail.madeAt} inline />
        </>
      )}
      actions={
        <Button
          component="a"
          variant="filled"
          href={reportFile(slug, report, { format: 'pdf', part: 'board' })}
          download
          leftSection={<Icon name="download" />}
        >
          Download board report
        </Button>
      }
      reason={(detail) => detail.headline}
      work={(detail) => (
        <>
          <Points points={detail.points} />
          <Compare detail={detail} reports={list.data?.items ?? []} since={since} />
        </>
      )}
      evidence={(detail) => (
        <>
          <Card title="Status over time" aside={`${detail.total} controls`}>
            <StateBar counts={detail.counts} look="legend" />
          </Card>
          <Files report={detail.id} />
          <LinksCard report={detail.id} />
          <Card title="Check this report">
            <Stack gap="lg">
              <p className="muted">
                SHA-256 of the JSON file. Both readable files and the audit log show the same hash.
              </p>
              <CopyValue value={detail.sha256} name="the SHA-256" />
              <Facts
                facts={[
                  ['Created', <When key="made" at={detail.madeAt} />],
                  ['By', detail.madeBy],
                  ['Paper', detail.paper === 'letter' ? 'Letter' : 'A4'],
                ]}
              />
            </Stack>
          </Card>
        </>
      )}
    />
  );
}

function Points({ points }: Pick<ReportDetail, 'points'>) {
  const { slug } = useClientHere();
  if (points.length === 0) return null;
  return (
    <Card title="What the board should know" flush>
      <ul>
        {points.map((point) => (
          <li key={`${point.control}:${point.bold}`} className={classes.point}>
            <VerdictMark state={point.state} look="icon" />
            <span>
              <strong>{point.bold}</strong> {point.rest}
            </span>
            {point.control === null ? null : (
              <Link
                to="/c/$client/controls/$control"
                params={{ client: slug, control: point.control.replace('CLA-', '') }}
                className="mono"
              >
                {point.control.replace('CLA-', '')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Files({ report }: { report: string }) {
  const { slug } = useClientHere();
  return (
    <Card title="Files" foot="All files come from one record and are identical every time." flush>
      <ul>
        {FILES.map((file) => (
          <li key={file.label} className={classes.file}>
            <a href={reportFile(slug, report, file)} download>
              {file.label}
            </a>
            <span className="muted">{file.for}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface CompareProps {
  detail: ReportDetail;
  reports: readonly Report[];
  since: string | undefined;
}

/** The changes since another report of the same client: the one in the URL, otherwise the one before it. */
function Compare({ detail, reports, since }: CompareProps) {
  const navigate = reportRoute.useNavigate();
  const own = reports.findIndex(({ id }) => id === detail.id);
  const before = own === -1 ? undefined : reports.slice(own + 1).find(({ asOf }) => asOf <= detail.asOf);
  const shown = since ?? before?.id;
  const others = reports.filter(({ id }) => id !== detail.id);
  if (others.length === 0)
    return (
      <Card title="What changed">
        <p className="muted">This is the only report. A second one can be compared with it.</p>
      </Card>
    );
  return (
    <Card title="What changed">
      <Stack gap="lg">
        <NativeSelect
          label="Compare with"
          value={shown ?? ''}
          data={[
            ...(before === undefined ? [{ value: '', label: 'Choose a report' }] : []),
            ...others.map(({ id, title, asOf }) => ({
              value: id,
              label: `${title}, as of ${dayWords(asOf)}`,
            })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: value === '' ? {} : { since: value }, replace: true })
          }
        />
        {shown === undefined ? null : <Changes report={detail.id} since={shown} />}
      </Stack>
    </Card>
  );
}
