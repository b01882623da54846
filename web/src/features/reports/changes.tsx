import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';

/** Compares two reports: the figures in sentences, then each control whose state differs. */
export function Changes({ report, since }: { report: string; since: string }) {
  const { slug } = useClientHere();
  const load = useQuery(api.reports.compare.queryOptions({ input: { client: slug, report, since } }));
  if (load.data === undefined)
    return <LoadFailed load={load} what="The two reports could not be compared." />;
  const { from, to, lines, controls } = load.data;
  return (
    <>
      <Stack as="ul" gap="xs" bullets>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </Stack>
      {controls.length === 0 ? (
        <p>No control has changed since then.</p>
      ) : (
        <PlainTable
          label="Controls that changed"
          framed
          rows={controls}
          rowId={({ control }) => control}
          columns={[
            {
              head: 'Control',
              cell: ({ control, title, detail }) => (
                <>
                  <Link
                    to="/c/$client/controls/$control"
                    params={{ client: slug, control: control.replace('CLA-', '') }}
                  >
                    {title}
                  </Link>
                  <span className="second">
                    <code>{control.replace('CLA-', '')}</code> {detail}
                  </span>
                </>
              ),
            },
            { head: `As of ${dayWords(from.asOf)}`, className: 'nowrap', cell: (one) => state(one.from) },
            { head: `As of ${dayWords(to.asOf)}`, className: 'nowrap', cell: (one) => state(one.to) },
          ]}
        />
      )}
    </>
  );
}

function state(value: Parameters<typeof VerdictMark>[0]['state'] | null) {
  return value === null ? <span className="muted">Not there</span> : <VerdictMark state={value} />;
}
