import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { sizeWords } from '../imports/words.ts';
import { type EvidenceFile, type EvidenceRow, howWords, unusedWords } from './words.ts';

export function FileFacts({ file }: { file: EvidenceRow }) {
  return (
    <Facts
      facts={[
        ['How it was added', howWords(file.how)],
        ['Added by', file.by ?? 'Someone'],
        ['Added', <When key="at" at={file.at} />],
        ['Size', sizeWords(file.bytes)],
        ['SHA-256', <CopyValue key="sha" name="SHA-256" value={file.sha256} />],
      ]}
    />
  );
}

/** A plain link, so that a large file goes to disk without passing through the page. */
export function DownloadLink({ sha256 }: { sha256: string }) {
  const { slug } = useClientHere();
  return (
    <Button
      component="a"
      href={addressOf(routes.evidence.download, { client: slug, sha: sha256 })}
      download
      leftSection={<Icon name="download" />}
    >
      Download
    </Button>
  );
}

/** Everything that is based on a file. */
export function UsedBy({ file }: { file: EvidenceFile }) {
  const { slug } = useClientHere();
  const mayIncidents = useMay('incidents.read');
  if (file.usedBy.length === 0)
    return (
      <Card title="Used by">
        <p className="muted">
          {unusedWords(file.how) === null
            ? `${howWords(file.how)}. No reading, statement, record or incident is based on it.`
            : 'Nothing is based on it. It is kept exactly as received.'}
        </p>
      </Card>
    );
  return (
    <Card title="Used by" aside={`${file.usedBy.length}`} flush>
      <ul>
        {file.usedBy.map((use) => (
          <li key={use.id}>
            {use.what === 'attestation' ? (
              <Link
                to="/c/$client/controls/$control"
                params={{ client: slug, control: use.of.replace('CLA-', '') }}
              >
                {use.ofName}
              </Link>
            ) : use.what === 'record' ? (
              <Link
                to="/c/$client/work"
                params={{ client: slug }}
                search={{ tab: 'recurring', task: use.of }}
              >
                {use.ofName}
              </Link>
            ) : use.what === 'incident' && mayIncidents ? (
              <Link to="/c/$client/incidents/$incident" params={{ client: slug, incident: use.id }}>
                {use.ofName}
              </Link>
            ) : (
              <strong>{use.ofName}</strong>
            )}
            <span className="second">
              {USED[use.what]} {dayWords(use.on)} · {use.detail}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const USED = {
  reading: 'observed',
  document: 'stored',
  attestation: 'seen',
  record: 'done',
  incident: 'opened',
} as const;

const STATES = { whole: 'pass', damaged: 'fail', missing: 'cannot_read' } as const;

/** Has the server read the whole file again and reports whether it is unchanged. */
export function Verify({ sha256 }: { sha256: string }) {
  const { slug } = useClientHere();
  const check = useQuery({
    ...api.evidence.verify.queryOptions({ input: { client: slug, sha: sha256 } }),
    enabled: false,
    gcTime: 0,
  });
  return (
    <Row gap="md">
      <Button loading={check.isFetching} onClick={() => void check.refetch()}>
        Check now
      </Button>
      <div role="status">
        {check.data === undefined ? (
          <span className="muted">Reads every byte again and compares it with its SHA-256.</span>
        ) : (
          <>
            <VerdictMark state={STATES[check.data.state]}>{check.data.says}</VerdictMark>{' '}
            <When at={check.data.checkedAt} />
          </>
        )}
      </div>
      {check.error === null ? null : <Notice mark="cannot_read">{explainError(check.error).text}</Notice>}
    </Row>
  );
}
