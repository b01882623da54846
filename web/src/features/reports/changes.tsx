import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './reports.module.css';

/** Two reports side by side: the figures in sentences, then each control that stands otherwise. */
export function Changes({ report, since }: { report: string; since: string }) {
  const { slug } = useClientHere();
  const load = useQuery(api.reports.compare.queryOptions({ input: { client: slug, report, since } }));
  if (load.data === undefined)
    return load.error === null ? null : (
      <ErrorState
        what="The two reports could not be compared."
        error={load.error}
        onRetry={() => void load.refetch()}
      />
    );
  const { from, to, lines, controls } = load.data;
  const heads = [`As of ${dayWords(from.asOf)}`, `As of ${dayWords(to.asOf)}`] as const;
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
        <section className={classes.scroll} tabIndex={0} aria-label="Controls that changed">
          <table className={classes.changes}>
            <thead>
              <tr>
                <th scope="col">Control</th>
                {heads.map((head, at) => (
                  <th key={at === 0 ? 'from' : 'to'} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {controls.map((change) => (
                <tr key={change.control}>
                  <th scope="row">
                    <Link
                      to="/c/$client/controls/$control"
                      params={{ client: slug, control: change.control.replace('CLA-', '') }}
                    >
                      {change.title}
                    </Link>
                    <span className="muted line">
                      <code>{change.control.replace('CLA-', '')}</code> {change.detail}
                    </span>
                  </th>
                  <td>{state(change.from)}</td>
                  <td>{state(change.to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function state(value: Parameters<typeof VerdictMark>[0]['state'] | null) {
  return value === null ? <span className="muted">Not there</span> : <VerdictMark state={value} />;
}
