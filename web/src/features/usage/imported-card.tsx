import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { blindFoot } from './blind-foot.tsx';
import { usageRoute } from './routes.tsx';
import classes from './usage.module.css';
import { count, dayLabel, money, type Sum, statedWords, type Usage, whole } from './words.ts';

type ImportedFile = Usage['imported']['items'][number];

const FIGURES = [
  ['messages', 'Messages', whole],
  ['requests', 'Requests', whole],
  ['inputTokens', 'Input tokens', whole],
  ['outputTokens', 'Output tokens', whole],
  ['netMicros', 'Net spend', money],
  ['grossMicros', 'Gross spend', money],
] as const;
const FIGURE_COLUMNS = FIGURES.map(([name, head, words]) => ({
  head,
  cell: (row: Record<typeof name, Sum>) => <Figure sum={row[name]} words={words} />,
}));

interface ImportedCardProps {
  slug: string;
  usage: Usage;
}

/** Figures of imported usage and spend files, each file separately, and by person once one is opened. */
export function ImportedCard({ slug, usage }: ImportedCardProps) {
  const { file } = usageRoute.useSearch();
  const { why, howToGet, items } = usage.imported;
  const open = items.find((one) => one.file === file);
  return (
    <div className={classes.across}>
      <Card
        title="Imported usage files"
        aside="Every current file, whatever the range"
        flush
        foot={blindFoot(usage, 'imported')}
      >
        {items.length === 0 ? (
          <p className={classes.inset}>
            {why} {howToGet} <LinkButton href={`/c/${slug}/imports`}>Open Imports</LinkButton>
          </p>
        ) : (
          <>
            <PlainTable
              label="Imported usage files"
              figures
              rows={items}
              rowId={(one) => one.file}
              columns={[
                {
                  head: 'File',
                  cell: (one) => <FileName slug={slug} file={one} isOpen={one.file === file} />,
                },
                { head: 'Period', cell: (one) => periodWords(one) },
                { head: 'Observed', cell: (one) => dayLabel(one.observedOn) },
                {
                  head: 'People',
                  cell: (one) => (one.people === null ? <NotReported /> : whole(one.people)),
                },
                ...FIGURE_COLUMNS,
              ]}
            />
            <p className={classes.inset}>
              <span className="muted">
                Files are never added together, and their figures appear on no other card.
              </span>
            </p>
            {open === undefined ? null : <FilePeople slug={slug} file={open} />}
          </>
        )}
      </Card>
    </div>
  );
}

function FileName({ slug, file, isOpen }: { slug: string; file: ImportedFile; isOpen: boolean }) {
  return (
    <span>
      <Link
        from="/c/$client/usage"
        to="."
        search={(was) => ({ ...was, file: isOpen ? undefined : file.file })}
        resetScroll={false}
        aria-expanded={isOpen}
      >
        {file.name}
      </Link>
      {file.contradicted ? (
        <span className="second">
          <VerdictMark state="cannot_read">
            Another file for the same period and day has different figures
          </VerdictMark>{' '}
          <LinkButton href={`/c/${slug}/imports`}>Keep the current one</LinkButton>
        </span>
      ) : null}
      {file.complete ? null : (
        <span className="second">One page of several; the others were not imported</span>
      )}
      {file.unnamed === 0 ? null : (
        <span className="second">{count(file.unnamed, 'row names', 'rows name')} no one</span>
      )}
      {file.replaces.length === 0 ? null : (
        <span className="second">Replaces {file.replaces.join(', ')}</span>
      )}
      {file.unknownColumns.length === 0 ? null : (
        <span className="second">
          Not read: {file.unknownColumns.map((column) => `“${column}”`).join(', ')}.{' '}
          <LinkButton href={`/c/${slug}/imports`}>Say what it contains</LinkButton>
        </span>
      )}
    </span>
  );
}

function FilePeople({ slug, file }: { slug: string; file: ImportedFile }) {
  const load = useQuery({
    ...api.usage.imported.queryOptions({ input: { client: slug, file: file.file } }),
    placeholderData: keepPreviousData,
  });
  const title = `People in ${file.name}, ${periodWords(file)}`;
  if (load.error !== null) return <LoadFailed load={load} what="The people could not be loaded." />;
  if (load.data === undefined) return <p className={classes.inset}>Loading …</p>;
  return (
    <section aria-label={title}>
      <h3 className={classes.inset}>{title}</h3>
      <PlainTable
        label={title}
        figures
        rows={load.data.items}
        rowId={(row) => row.key ?? ''}
        columns={[{ head: 'Person', cell: (row) => row.person }, ...FIGURE_COLUMNS]}
      />
    </section>
  );
}

function periodWords({ period }: Pick<ImportedFile, 'period'>): string {
  return period === null ? 'Not reported' : `${dayLabel(period.from)} to ${dayLabel(period.to)}`;
}

/** A figure that no row states is shown as not reported, not as 0. */
function Figure({ sum, words }: { sum: Sum; words: (value: number) => string }) {
  if (sum === null) return <NotReported />;
  const part = statedWords(sum);
  return (
    <span>
      {words(sum.sum)}
      {part === '' ? null : <span className="second">{part}</span>}
    </span>
  );
}

function NotReported() {
  return <span className="muted">Not reported</span>;
}
// Guide: G5.1-00 G5.2-01
