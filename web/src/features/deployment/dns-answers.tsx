import { Card } from '../../ui/card.tsx';
import { Row } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import classes from './deployment.module.css';
import type { CheckAnswer } from './words.ts';

type Answer = CheckAnswer['domains'][number]['answers'][number];

const OUTCOME_WORDS: Readonly<Record<Answer['outcome'], string>> = {
  answer: 'Answered',
  no_record: 'No TXT record',
  nxdomain: 'The name does not exist',
  servfail: 'The server failed',
  refused: 'Refused to answer',
  timeout: 'No answer in time',
};

/** The answers that each server just gave. Only a record that was found is green. */
export function DnsAnswers({ answer }: { answer: CheckAnswer }) {
  return (
    <Card title="What DNS answered" aside={<When at={answer.at} />}>
      <div className={classes.answers}>
        {answer.domains.map((one) => (
          <div key={one.domain}>
            <Row as="p" gap="md">
              <VerdictMark state={one.found === null ? 'cannot_read' : one.found ? 'pass' : 'fail'}>
                {one.found === null ? 'Cannot read' : one.found ? 'Found' : 'Not found'}
              </VerdictMark>
              <strong>{one.domain}</strong>
            </Row>
            <p>{one.words}</p>
            {one.host === null ? null : <p className="muted">{one.host}</p>}
            {one.answers.length === 0 ? null : (
              <PlainTable
                label={`Answers for ${one.domain}`}
                framed
                rows={one.answers}
                rowId={(server) => `${server.kind} ${server.server}`}
                columns={[
                  {
                    head: 'Server',
                    cell: (server) => (
                      <>
                        {server.name ?? server.server}{' '}
                        <span className="muted">
                          {server.kind === 'resolver' ? 'resolver' : 'name server'}
                        </span>
                      </>
                    ),
                  },
                  { head: 'Outcome', cell: (server) => OUTCOME_WORDS[server.outcome] },
                  { head: 'TXT records', className: 'mono', cell: (server) => server.txt.join(' · ') },
                ]}
              />
            )}
          </div>
        ))}
      </div>
    </Card>
  );
}
