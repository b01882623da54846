import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { type Change, Diff } from '../../ui/diff.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { exactWords } from '../../ui/time.ts';
import { useZone } from '../../ui/when.tsx';
import classes from './audit.module.css';
import { kindWords } from './audit-filters.tsx';
import type { Chain, FullRecord } from './chain.ts';
import { valueText } from './value-text.ts';

interface RecordPanelProps {
  chain: Chain;
  seq: number;
  onClose: () => void;
}

/** One record: who, when, why, the values before and after, and its place in the chain. */
export function RecordPanel({ chain, seq, onClose }: RecordPanelProps) {
  const load = useQuery({
    queryKey: ['audit', chain.slug, 'record', seq],
    queryFn: () => chain.record(seq),
    // Records are immutable.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const record = load.data;
  return (
    <SidePanel title={record?.what ?? `Record ${seq}`} code={`Record ${seq}`} onClose={onClose}>
      {record === undefined ? (
        <LoadFailed load={load} what="The record could not be loaded." />
      ) : (
        <Contents record={record} />
      )}
    </SidePanel>
  );
}

const ACTOR_WORDS: Readonly<Record<FullRecord['actor']['kind'], string>> = {
  user: '',
  token: ', through a token',
  system: ', automatically',
  unreadable: '',
};

function Contents({ record }: { record: FullRecord }) {
  const zone = useZone();
  const { actor, subject, reason, differences } = record;
  const changed = differences.filter(({ is }) => is !== 'unchanged');
  const same = differences.filter(({ is, path }) => is === 'unchanged' && path.length > 0);
  const [all, setAll] = useState(false);
  return (
    <div className={classes.record}>
      {record.whole ? null : (
        <Notice mark="fail">
          This record was changed after it was written: its text does not match its hash. Do not rely on what
          it says.
        </Notice>
      )}
      <Facts
        facts={[
          ['Happened', exactWords(zone, new Date(record.at))],
          ['Who', `${actor.name}${ACTOR_WORDS[actor.kind]}`],
          ['About', `${kindWords(subject.kind)}${subject.name === null ? '' : `: ${subject.name}`}`],
          ['Reason', reason ?? <span className="muted">None was given</span>],
          ['Action', <code key="action">{record.action}</code>],
        ]}
      />
      {changed.length === 0 ? (
        <p className="muted">This action changed no values.</p>
      ) : (
        <Diff label="Before and after" changes={changed.map(changeOf)} />
      )}
      {same.length === 0 ? null : all ? (
        <Diff label="What stayed the same" changes={same.map(changeOf)} />
      ) : (
        <div>
          <Button size="xs" onClick={() => setAll(true)}>
            Show what stayed the same ({same.length})
          </Button>
        </div>
      )}
      <Facts
        facts={[
          ['Hash', <CopyValue key="hash" value={record.hash} name="the hash of this record" />],
          [
            'Hash of the previous record',
            <CopyValue key="prev" value={record.prev} name="the hash of the previous record" />,
          ],
        ]}
      />
    </div>
  );
}

function changeOf({ path, is, before, after }: FullRecord['differences'][number]): Change {
  return {
    name: placeOf(path, is),
    before: is === 'added' ? null : <span className="pre">{valueText(before)}</span>,
    after: is === 'removed' ? null : <span className="pre">{valueText(after)}</span>,
    same: is === 'unchanged',
  };
}

/** "domains › entry 2"; a removed entry has its number before the change. */
function placeOf(path: readonly (string | number)[], is: string): string {
  if (path.length === 0) return 'Everything';
  return path
    .map((part) =>
      typeof part === 'number'
        ? `entry ${part + 1}${is === 'removed' ? ' before' : ''}`
        : part.replace(/^id=/, ''),
    )
    .join(' › ');
}
